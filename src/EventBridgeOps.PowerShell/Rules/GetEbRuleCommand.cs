using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Rules;

namespace EventBridgeOps.PowerShell.Rules;

/// <summary>Gets the rules of event buses: state, schedule or pattern, and targets.</summary>
[Performs("rule list")]
[Requires("events:ListEventBuses", "events:ListRules", "events:DescribeRule", "events:ListTargetsByRule")]
[Cmdlet(VerbsCommon.Get, "EbRule")]
[OutputType(typeof(RuleSummary))]
public sealed class GetEbRuleCommand : RuleQueryCmdlet
{
    private readonly List<(SessionOptions Session, RuleQuery Query)> _queries = [];

    /// <summary>An object that names a rule or an event bus.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Do not read the targets, which saves one call per rule.</summary>
    [Parameter]
    public SwitchParameter SkipTarget { get; set; }

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord()
    {
        if (TryRead(InputObject, out PipelineItem? item) && SessionFor(item) is { } session)
            _queries.Add((session, RulesOf(item)));
    }

    /// <summary>Reads the rules, and writes each as it arrives.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach ((SessionOptions options, RuleQuery query) in _queries)
            {
                OpsSession session = await OpenAsync(options);
                await WriteAllAsync(session.Get<RuleReader>().ReadAsync(query, !SkipTarget, Observer, StopToken), nothing: () => session.Get<RuleReader>().NothingFoundAsync(query, StopToken));
            }
        });
        base.EndProcessing();
    }
}
