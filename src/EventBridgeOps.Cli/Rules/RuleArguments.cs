using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Cli.Rules;

/// <summary>Which rules.</summary>
internal sealed class RuleArguments
{
    private readonly Option<string[]> _eventBusName = Options.List("--event-bus-name", "name", "Event buses, with or without wildcards, '*' for all (default: EVENTBRIDGE_BUS_NAME, else default).").Naming(NameKind.EventBus);
    private readonly Option<string[]> _ruleName = Options.List("--rule-name", "name", "Rules, with or without wildcards (default: RULE_NAME, else all).").Naming(NameKind.Rule);
    private readonly ThrottleArgument _throttle = new();

    public IEnumerable<Option> All => [_eventBusName, _ruleName, _throttle.Option];

    /// <summary>The buses as they were given; null or empty when none was.</summary>
    public string[]? EventBusName(ParseResult parsed) => parsed.GetValue(_eventBusName);

    /// <summary>The rules as they were given; null or empty when none was.</summary>
    public string[]? RuleName(ParseResult parsed) => parsed.GetValue(_ruleName);

    public RuleQuery Bind(ParseResult parsed, Terminal terminal) =>
        RuleQuery.From(parsed.GetValue(_eventBusName), parsed.GetValue(_ruleName), _throttle.Bind(parsed), terminal.Environment);
}

/// <summary>How many things are done at a time.</summary>
internal sealed class ThrottleArgument
{
    public Option<int> Option { get; } = new("--throttle-limit")
    {
        HelpName = "number",
        Description = "How many rules are worked on at a time.",
        DefaultValueFactory = _ => ThrottleLimits.Default,
    };

    public int Bind(ParseResult parsed) => parsed.GetValue(Option);
}
