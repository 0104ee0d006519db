using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Completion;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Cli.Targets;

/// <summary>The options that select Batch targets.</summary>
internal sealed class TargetArguments
{
    private readonly RuleArguments _rules = new();
    private readonly Option<string[]> _targetId = Options.List("--target-id", "id", "The target IDs. Supports wildcards (default: all).").Naming(NameKind.Target);
    private readonly Option<string[]> _jobDefinition = Options.List("--job-definition", "name", "The job definitions. Supports wildcards (default: JOB_DEFINITION_NAME, or else all).").Naming(NameKind.JobDefinition);
    private readonly Option<bool> _thorough = Options.Flag("--thorough", "List the targets of every rule, including targets whose job queue no longer exists.");

    public IEnumerable<Option> All => [.. _rules.All, _targetId, _jobDefinition, _thorough];

    public TargetQuery Bind(ParseResult parsed, Terminal terminal) => TargetQuery.From(
        _rules.Bind(parsed, terminal), parsed.GetValue(_targetId), parsed.GetValue(_jobDefinition), parsed.GetValue(_thorough), terminal.Environment);
}
