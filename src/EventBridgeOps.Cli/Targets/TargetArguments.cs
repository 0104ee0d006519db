using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Cli.Targets;

/// <summary>The options that select Batch targets.</summary>
internal sealed class TargetArguments
{
    private readonly RuleArguments _rules = new();
    private readonly RequestOptions<TargetQuery> _query = new(TargetQuery.Request);

    public IEnumerable<Option> All => [.. _rules.All, .. _query.All];

    public TargetQuery Bind(ParseResult parsed, Terminal terminal) => _query.Read(parsed, terminal.Environment, new TargetQuery { Rules = _rules.Bind(parsed, terminal) });
}
