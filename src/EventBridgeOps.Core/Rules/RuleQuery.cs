using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Rules;

/// <summary>Which rules to read.</summary>
public sealed record RuleQuery
{
    /// <summary>Event bus names or ARNs, with or without wildcards; <c>*</c> is every event bus of the account and Region.</summary>
    public IReadOnlyList<string> EventBusName { get; init; } = ["default"];

    /// <summary>Rule names, with or without wildcards.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = ["*"];

    /// <summary>The number of event buses or rules that are processed at a time.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Creates a query from the specified names, else from <c>EVENTBRIDGE_BUS_NAME</c> and <c>RULE_NAME</c>, else for every rule of the default event bus.</summary>
    /// <param name="eventBusName">Bus names; null or empty when none is given.</param>
    /// <param name="ruleName">Rule names; null or empty when none is given.</param>
    /// <param name="throttleLimit">How many are worked on at a time.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is not from 1 to 256.</exception>
    public static RuleQuery From(IReadOnlyList<string>? eventBusName, IReadOnlyList<string>? ruleName, int throttleLimit, Func<string, string?> environment) => new()
    {
        EventBusName = Choose(eventBusName, environment("EVENTBRIDGE_BUS_NAME"), "default"),
        RuleName = Choose(ruleName, environment("RULE_NAME"), "*"),
        ThrottleLimit = ThrottleLimits.Check(throttleLimit),
    };

    internal static IReadOnlyList<string> Choose(IReadOnlyList<string>? given, string? variable, string otherwise) =>
        given is { Count: > 0 } ? given : [string.IsNullOrEmpty(variable) ? otherwise : variable!];
}
