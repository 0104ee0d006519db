using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Rules;
using EventBridgeOps.Reports;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.PowerShell.Targets;

/// <summary>Repairs the job definition references of Batch targets without changing anything else, and verifies each update.</summary>
/// <remarks>
/// Objects from the pipeline are processed as they arrive. <c>-RevertOnFailure</c> applies to each session separately: a failure in one
/// Region does not roll back updates in another.
/// </remarks>
[Performs("target sync")]
[Requires("events:ListEventBuses", "events:ListRules", "events:DescribeRule", "events:ListTargetsByRule", "events:ListRuleNamesByTarget")]
[Requires("batch:DescribeJobDefinitions", "batch:DescribeJobQueues")]
[Requires("events:PutTargets", On = "arn:aws:events:*:123456789012:rule/*")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/start-batch-jobs", PassedTo = ["events.amazonaws.com"])]
[Requires("events:DescribeEventBus", "cloudtrail:LookupEvents", "lambda:GetFunctionConfiguration", "lambda:GetFunctionEventInvokeConfig", With = "With -ResumeDeadLetter")]
[Requires("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", On = "arn:aws:sqs:*:123456789012:mvp-dead-letters", With = "With -ResumeDeadLetter")]
[Requires("batch:SubmitJob", "batch:TagResource", With = "With -ResumeDeadLetter")]
[Cmdlet(VerbsData.Sync, "EbBatchTarget", DefaultParameterSetName = ByQuery, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TargetSyncResult), typeof(DeadLetterResult))]
public sealed class SyncEbBatchTargetCommand : RuleQueryCmdlet
{
    private const string ByQuery = nameof(ByQuery);
    private const string ByPipeline = nameof(ByPipeline);

    private readonly Feeder<SessionOptions, TargetSelection> _runs;
    private readonly Dictionary<SessionOptions, List<string>> _updated = [];
    private readonly DriftCount _drift = new();
    private readonly RunSummary<SyncStatus> _summary;
    private readonly RunSummary<DeadLetterStatus> _redriven;

    /// <summary>Makes the cmdlet.</summary>
    public SyncEbBatchTargetCommand()
    {
        _runs = new Feeder<SessionOptions, TargetSelection>(StopToken);
        _summary = new RunSummary<SyncStatus>(this, Observer, ChangeTally.Start());
        _redriven = new RunSummary<DeadLetterStatus>(this, Observer, DeadLetterTally.Start());
    }

    /// <summary>
    /// A target of <c>Get-EbTargetRevision</c>, a rule of <c>Get-EbRule</c> or <c>Get-EVBRule</c>, a job definition of <c>Update-BatchImage</c>, or
    /// any object with such properties.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPipeline, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc cref="TargetQuery.TargetId"/>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetPatternCompleter))]
    public string[]? TargetId { get; set; }

    /// <inheritdoc cref="TargetQuery.JobDefinition"/>
    [Parameter(ParameterSetName = ByQuery)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobDefinitionPatternCompleter))]
    public string[]? JobDefinition { get; set; }

    /// <inheritdoc cref="TargetQuery.Thorough"/>
    [Parameter(ParameterSetName = ByQuery)]
    public SwitchParameter Thorough { get; set; }

    /// <inheritdoc cref="TargetQuery.ExpectedJobQueue"/>
    [Parameter(ParameterSetName = ByQuery)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedJobQueue { get; set; }

    /// <inheritdoc cref="TargetQuery.ExpectedRole"/>
    [Parameter(ParameterSetName = ByQuery)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedRole { get; set; }

    /// <inheritdoc cref="SyncOptions.ToRevision"/>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ToRevision { get; set; }

    /// <inheritdoc cref="SyncOptions.Float"/>
    [Parameter]
    public SwitchParameter Float { get; set; }

    /// <inheritdoc cref="SyncOptions.IncludeDisabledRule"/>
    [Parameter]
    public SwitchParameter IncludeDisabledRule { get; set; }

    /// <inheritdoc cref="WriteOptions.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc cref="SyncOptions.RevertOnFailure"/>
    [Parameter]
    public SwitchParameter RevertOnFailure { get; set; }

    /// <inheritdoc cref="SyncOptions.PlanPath"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <inheritdoc cref="SyncOptions.FailOnDrift"/>
    [Parameter]
    public SwitchParameter FailOnDrift { get; set; }

    /// <inheritdoc cref="SyncOptions.ResumeDeadLetter"/>
    [Parameter]
    public SwitchParameter ResumeDeadLetter { get; set; }

    /// <summary>Write the result of each target, and of each dead letter.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The folder of the change journal. By default <c>EBOPS_JOURNAL</c>, or else a folder of the user.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    private protected override string? JournalFolder => JournalPath;

    private SyncOptions Options => new()
    {
        ToRevision = ToRevision,
        Float = Float,
        IncludeDisabledRule = IncludeDisabledRule,
        Force = Force,
        RevertOnFailure = RevertOnFailure,
        FailOnDrift = FailOnDrift,
        ResumeDeadLetter = ResumeDeadLetter,
        PlanPath = FullPath(PlanPath),
        WhatIf = IsWhatIf,
        ThrottleLimit = ThrottleLimit,
    };

    /// <summary>Rejects parameters that contradict each other.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        OrEnd(() =>
        {
            Options.Check();
            return true;
        });
    }

    /// <summary>Starts the run of the query, or passes the object from the pipeline to the run of its session.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            TargetQuery query = TargetQuery.From(Rules, TargetId, JobDefinition, Thorough, Shell.Environment).Expecting(ExpectedJobQueue, ExpectedRole);
            Run(SessionFor(null)!, query);
            return;
        }

        PipelineItem item = new(InputObject);
        if (item is { RuleName: null, JobDefinitionName: { } updated } && RuleName is null)
        {
            if (BatchImageUpdate.IsInPlace(item.Status) && SessionFor(item) is { } place)
                Note(place, updated);
            return;
        }

        if (Select(item) is { } selection && SessionFor(item) is { } session)
            Feed(_runs.RunOf(session, selections => Run(session, _ => selections)), selection);
    }

    /// <summary>Waits until everything is done.</summary>
    protected override void EndProcessing()
    {
        _runs.Complete();
        foreach (KeyValuePair<SessionOptions, List<string>> updated in _updated)
        {
            TargetQuery query = TargetQuery.Following(updated.Value, EventBusName, TargetId, Thorough, ThrottleLimit);
            Run(updated.Key, query);
        }

        base.EndProcessing();
        _summary.Write();
        if (ResumeDeadLetter)
            _redriven.Write();
        if (FailOnDrift)
            FailOn(_drift);
    }

    private void Note(SessionOptions session, string jobDefinition)
    {
        if (!_updated.TryGetValue(session, out List<string>? names))
            _updated.Add(session, names = []);
        names.Add(jobDefinition);
    }

    private void Run(SessionOptions options, TargetQuery query) => Run(
        options,
        session => TargetSelection.FromAll(session.Get<TargetScanner>().ScanAsync(query, Observer, StopToken)),
        session => session.Get<TargetScanner>().NothingFoundAsync(query, StopToken));

    private void Run(SessionOptions options, Func<OpsSession, IAsyncEnumerable<TargetSelection>> selections, Func<OpsSession, Task<Message>>? nothing = null)
    {
        SyncOptions sync = Options;
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            RepairedRules repaired = new();
            await WriteAllAsync(session.Get<TargetSync>().RunAsync(selections(session), sync, ApproveAsync, Observer, StopToken), PassThru, result =>
            {
                _drift.Add(result);
                repaired.Add(result);
                _summary.Add(result.Status, result.ChangeId);
            }, nothing is null ? null : () => nothing(session));
            if (repaired.Redrive(sync) is { } redrive)
                await WriteAllAsync(session.Get<DeadLetterRedrive>().RunAsync(redrive, ApproveAsync, Observer, StopToken), PassThru, result => _redriven.Add(result.Status));
        });
    }

    private TargetSelection? Select(PipelineItem item)
    {
        NamedTarget named = new()
        {
            Item = $"{item.Source}",
            EventBus = item.EventBus,
            EventBusName = EventBusName ?? (item.EventBusName is { } bus ? [bus] : []),
            RuleName = RuleName ?? (item.RuleName is { } rule ? [rule] : []),
            TargetId = TargetId ?? (item.TargetId is { } id ? [id] : []),
            Known = new TargetSelection { EventBusName = "", RuleName = "", RuleState = item.RuleState, ManagedBy = item.ManagedBy, AccountId = item.AccountId, JobDefinition = item.JobDefinition, Document = item.Document },
        };
        return OrSkip(named.Select, item.Source);
    }
}
