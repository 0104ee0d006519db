namespace EventBridgeOps.Rules;

/// <summary>Which rules to look at.</summary>
public sealed record RuleQuery
{
    /// <summary>Bus names or ARNs, with or without wildcards; <c>*</c> is every bus of the account and region.</summary>
    public IReadOnlyList<string> EventBusName { get; init; } = ["default"];

    /// <summary>Rule names, with or without wildcards.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = ["*"];

    /// <summary>How many buses or rules are worked on at a time.</summary>
    public int ThrottleLimit { get; init; } = DefaultThrottleLimit;

    /// <summary>How many are worked on at a time when nothing else is said.</summary>
    public const int DefaultThrottleLimit = 16;
}
