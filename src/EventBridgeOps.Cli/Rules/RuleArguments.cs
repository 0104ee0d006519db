using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Cli.Rules;

/// <summary>The options that select rules.</summary>
internal sealed class RuleArguments
{
    private readonly Option<string[]> _eventBusName = Options.List("--event-bus-name", "name", "The event buses. Supports wildcards; '*' selects all event buses (default: EVENTBRIDGE_BUS_NAME, or else default).").Naming(NameKind.EventBus);
    private readonly Option<string[]> _ruleName = Options.List("--rule-name", "name", "The rules. Supports wildcards (default: RULE_NAME, or else all rules).").Naming(NameKind.Rule);
    private readonly ThrottleArgument _throttle = new();

    public IEnumerable<Option> All => [_eventBusName, _ruleName, _throttle.Option];

    /// <summary>The event buses as specified; null or empty if none were.</summary>
    public string[]? EventBusName(ParseResult parsed) => parsed.GetValue(_eventBusName);

    /// <summary>The rules as specified; null or empty if none were.</summary>
    public string[]? RuleName(ParseResult parsed) => parsed.GetValue(_ruleName);

    public RuleQuery Bind(ParseResult parsed, Terminal terminal) =>
        RuleQuery.From(parsed.GetValue(_eventBusName), parsed.GetValue(_ruleName), _throttle.Bind(parsed), terminal.Environment);
}

/// <summary>The option that limits how many items are processed at the same time.</summary>
internal sealed class ThrottleArgument
{
    public Option<int> Option { get; } = new("--throttle-limit")
    {
        HelpName = "number",
        Description = "The maximum number of items to process at the same time.",
        DefaultValueFactory = _ => ThrottleLimits.Default,
    };

    public int Bind(ParseResult parsed) => parsed.GetValue(Option);
}
