using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Rules;
using EventBridgeOps.Reports;
using EventBridgeOps.Rules;
using EventBridgeOps.Targets;

namespace EventBridgeOps.PowerShell.Targets;

/// <summary>Gets the Batch targets of rules, and the state of their job definition references.</summary>
[Performs("target list")]
[Requires("events:ListEventBuses", "events:ListRules", "events:DescribeRule", "events:ListTargetsByRule", "events:ListRuleNamesByTarget")]
[Requires("batch:DescribeJobDefinitions", "batch:DescribeJobQueues")]
[Cmdlet(VerbsCommon.Get, "EbTargetRevision")]
[OutputType(typeof(TargetRevision))]
public sealed class GetEbTargetRevisionCommand : RuleQueryCmdlet
{
    private readonly List<(SessionOptions Session, TargetQuery Query)> _queries = [];
    private readonly DriftCount _drift = new();

    /// <summary>An object that names a rule, a target or an event bus.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc cref="TargetQuery.TargetId"/>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetPatternCompleter))]
    public string[]? TargetId { get; set; }

    /// <inheritdoc cref="TargetQuery.JobDefinition"/>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobDefinitionPatternCompleter))]
    public string[]? JobDefinition { get; set; }

    /// <inheritdoc cref="TargetQuery.Thorough"/>
    [Parameter]
    public SwitchParameter Thorough { get; set; }

    /// <inheritdoc cref="TargetQuery.ExpectedJobQueue"/>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedJobQueue { get; set; }

    /// <inheritdoc cref="TargetQuery.ExpectedRole"/>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedRole { get; set; }

    /// <inheritdoc cref="DriftScope.State"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Names(typeof(RevisionState))]
    public RevisionState[]? State { get; set; }

    /// <inheritdoc cref="DriftScope.IncludeDisabledRule"/>
    [Parameter]
    public SwitchParameter IncludeDisabledRule { get; set; }

    /// <inheritdoc cref="DriftScope.IncludeManaged"/>
    [Parameter]
    public SwitchParameter IncludeManaged { get; set; }

    /// <summary>After everything is written, fail with the error <c>DriftFound</c> if any target of an enabled rule of the account is Behind, Inactive or Missing.</summary>
    [Parameter]
    public SwitchParameter FailOnDrift { get; set; }

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord()
    {
        if (Query(out PipelineItem? item) is not { } found || SessionFor(item) is not { } session)
            return;
        TargetQuery query = found.Expecting(ExpectedJobQueue, ExpectedRole) with { Scope = new DriftScope { State = [.. (State ?? []).Select(state => $"{state}")], IncludeDisabledRule = IncludeDisabledRule, IncludeManaged = IncludeManaged } };
        if (_queries.Count > 0 && _queries[_queries.Count - 1] is { } last && last.Session == session && Together(last.Query, query) is { } both)
            _queries[_queries.Count - 1] = (session, both);
        else
            _queries.Add((session, query));
    }

    /// <summary>Reads the targets, and writes each as it arrives.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach ((SessionOptions options, TargetQuery query) in _queries)
            {
                OpsSession session = await OpenAsync(options);
                await WriteAllAsync(session.Get<TargetScanner>().ScanAsync(query, Observer, StopToken), each: _drift.Add, nothing: () => session.Get<TargetScanner>().NothingFoundAsync(query, StopToken));
            }
        });
        base.EndProcessing();
        if (FailOnDrift)
            FailOn(_drift);
    }

    private TargetQuery? Query(out PipelineItem? item)
    {
        item = InputObject is null ? null : new PipelineItem(InputObject);
        if (item is { RuleName: null, EventBusName: null, JobDefinitionName: { } name })
            return TargetQuery.From(RuleQuery.From(EventBusName ?? ["*"], RuleName, ThrottleLimit, _ => null), TargetId, JobDefinition ?? [name], Thorough, _ => null); // they may be anywhere
        return TryRead(InputObject, out item) ? TargetQuery.From(RulesOf(item), TargetId, JobDefinition, Thorough, Shell.Environment) : null;
    }

    /// <summary>Both queries in one, if they differ only in their rules: one scan looks up each job definition once.</summary>
    private static TargetQuery? Together(TargetQuery first, TargetQuery second) =>
        first.Rules.EventBusName.SequenceEqual(second.Rules.EventBusName) && first.TargetId.SequenceEqual(second.TargetId) && first.JobDefinition.SequenceEqual(second.JobDefinition)
            ? first with { Rules = first.Rules with { RuleName = [.. first.Rules.RuleName.Union(second.Rules.RuleName)] } }
            : null;
}
