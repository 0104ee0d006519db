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
}
