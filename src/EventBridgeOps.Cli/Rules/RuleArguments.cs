using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Cli.Rules;

/// <summary>The options that select rules.</summary>
internal sealed class RuleArguments
{
    private readonly RequestOptions<RuleQuery> _query = new(RuleQuery.Request);

    public IEnumerable<Option> All => _query.All;

    /// <summary>The rules as specified, without those of the environment; empty names if none were.</summary>
    public RuleQuery Given(ParseResult parsed) => _query.Read(parsed, _ => null, new RuleQuery { EventBusName = [], RuleName = [] });

    public RuleQuery Bind(ParseResult parsed, Terminal terminal)
    {
        RuleQuery query = _query.Read(parsed, terminal.Environment);
        query.Check();
        return query;
    }
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
