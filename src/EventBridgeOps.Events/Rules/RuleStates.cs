namespace EventBridgeOps.Events.Rules;

/// <summary>The states of a rule: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html.</summary>
public static class RuleStates
{
    /// <summary>The rule receives events.</summary>
    public const string Enabled = "ENABLED";

    /// <summary>The rule receives no events.</summary>
    public const string Disabled = "DISABLED";

    /// <summary>The rule also receives read-only management events that AWS CloudTrail delivers.</summary>
    public const string EnabledWithAll = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Enabled, Disabled, EnabledWithAll];
}
