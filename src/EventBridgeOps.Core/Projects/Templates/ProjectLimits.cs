namespace EventBridgeOps.Projects.Templates;

/// <summary>The quotas of AWS that a project is checked against, with their sources.</summary>
internal static class ProjectLimits
{
    /// <summary>Rules of an event bus, by default; can be raised. (100 in some Regions.) https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html</summary>
    public const int RulesPerBus = 300;

    /// <summary>Targets of a rule; cannot be raised. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html</summary>
    public const int TargetsPerRule = 5;

    /// <summary>Characters of an event pattern; 2,048 by default, of which the lint warns. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html</summary>
    public const int PatternLength = Patterns.Syntax.PatternReport.MaxLength;

    /// <summary>Characters of the policy of an event bus, by default; can be raised. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html</summary>
    public const int BusPolicyLength = 10_240;

    /// <summary>Resources of a template; cannot be raised. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</summary>
    public const int ResourcesPerTemplate = 500;

    /// <summary>Resources above which a template is split into nested stacks, so that there is room to add some.</summary>
    public const int ResourcesBeforeSplit = 450;

    /// <summary>Parameters of a template; cannot be raised. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</summary>
    public const int ParametersPerTemplate = 200;

    /// <summary>Outputs of a template; cannot be raised. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</summary>
    public const int OutputsPerTemplate = 200;

    /// <summary>Bytes of a template in a call; a larger one must be in a bucket. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</summary>
    public const int InlineTemplateBytes = 51_200;

    /// <summary>Bytes of a template in a bucket: 1 MB. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</summary>
    public const int TemplateBytes = 1_000_000;

    /// <summary>Characters of a managed policy, without whitespace; cannot be raised. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</summary>
    public const int ManagedPolicyLength = 6_144;

    /// <summary>Versions of a managed policy; cannot be raised. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html</summary>
    public const int VersionsPerPolicy = 5;

    // Quotas whose value in an account is asked for. The codes: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html.

    /// <summary>Event buses of an account in a Region; can be raised.</summary>
    public static AccountQuota EventBuses { get; } = new("events", "L-658A4FD9", "Event buses", 100);

    /// <summary>Rules of an event bus; can be raised.</summary>
    public static AccountQuota Rules { get; } = new("events", "L-244521F2", "Number of rules", RulesPerBus);

    /// <summary>Schema registries of an account in a Region; can be raised.</summary>
    public static AccountQuota Registries { get; } = new("schemas", "L-85663EFB", "Registries", 10);

    /// <summary>Schemas of a registry; can be raised.</summary>
    public static AccountQuota Schemas { get; } = new("schemas", "L-EE9E5FA9", "Schemas", 100);
}

/// <summary>A quota that Service Quotas knows.</summary>
/// <param name="Service">The code of the service.</param>
/// <param name="Code">The code of the quota.</param>
/// <param name="Name">The name of the quota.</param>
/// <param name="Default">What AWS gives an account at first. A Region can have less.</param>
internal sealed record AccountQuota(string Service, string Code, string Name, int Default);
