using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Rules;

/// <summary>Which rules to read.</summary>
[Request]
public sealed partial record RuleQuery
{
    private const string RuleSetting = "RULE_NAME";

    /// <summary>The event buses, by name or ARN. <c>*</c> selects all event buses.</summary>
    [Option("name", Wildcards = true, Setting = DefaultBus.Variable, Otherwise = "the default event bus", Names = nameof(NameKind.EventBus))]
    public IReadOnlyList<string> EventBusName { get; init; } = [BusName.Default];

    /// <summary>The rules.</summary>
    [Option("name", Wildcards = true, Setting = RuleSetting, Otherwise = "all rules", Names = nameof(NameKind.Rule))]
    public IReadOnlyList<string> RuleName { get; init; } = ["*"];

    /// <summary>The maximum number of items to process at the same time.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Creates a query from the specified names, else from <see cref="DefaultBus"/> and <c>RULE_NAME</c>, else for every rule.</summary>
    /// <param name="eventBusName">Bus names; null or empty when none is given.</param>
    /// <param name="ruleName">Rule names; null or empty when none is given.</param>
    /// <param name="throttleLimit">How many are worked on at a time.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is not from 1 to 256.</exception>
    public static RuleQuery From(IReadOnlyList<string>? eventBusName, IReadOnlyList<string>? ruleName, int throttleLimit, Func<string, string?> environment) => new()
    {
        EventBusName = Choose(eventBusName, environment(DefaultBus.Variable), BusName.Default),
        RuleName = Choose(ruleName, environment(RuleSetting), "*"),
        ThrottleLimit = ThrottleLimits.Check(throttleLimit),
    };

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is not from 1 to 256.</exception>
    public void Check() => RequestLimits.Check(this, Request);

    /// <summary>Whether only the default event bus is looked at.</summary>
    internal bool IsOfDefaultBus => NameLists.IsOnly(EventBusName, BusName.Default);

    /// <summary>Whether rules are named.</summary>
    internal bool NamesRules => !NameLists.IsOnly(RuleName, "*");

    /// <summary>Says that no rule was found, and what was looked at.</summary>
    internal Message NothingFound() => NamesRules ? RuleMessages.NothingFound(RuleName, EventBusName)
        : NameLists.IsOnly(EventBusName, "*") ? RuleMessages.NoRulesAnywhere()
        : RuleMessages.NoRules(EventBusName);

    internal static IReadOnlyList<string> Choose(IReadOnlyList<string>? given, string? variable, string otherwise) =>
        given is { Count: > 0 } ? given : [string.IsNullOrEmpty(variable) ? otherwise : variable!];
}
