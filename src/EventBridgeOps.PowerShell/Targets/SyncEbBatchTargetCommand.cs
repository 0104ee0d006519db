using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Images;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Rules;
using EventBridgeOps.Reports;
using EventBridgeOps.Rules;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.PowerShell.Targets;

/// <summary>Repairs the job definition references of Batch targets, changing nothing else, and reads back that it holds.</summary>
/// <remarks>
/// The objects of the pipeline are worked on while more of them come. With <c>-RevertOnFailure</c> what belongs together is one
/// session's: a failure in one region does not put back what was written in another.
/// </remarks>
[Performs("target sync")]
[Cmdlet(VerbsData.Sync, "EbBatchTarget", DefaultParameterSetName = ByQuery, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TargetSyncResult))]
public sealed class SyncEbBatchTargetCommand : RuleQueryCmdlet
{
    private const string ByQuery = nameof(ByQuery);
    private const string ByPipeline = nameof(ByPipeline);

    private readonly Feeder<SessionOptions, TargetSelection> _runs;
    private readonly Dictionary<SessionOptions, List<string>> _updated = [];
    private readonly DriftCount _drift = new();
    private readonly RunSummary<SyncStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public SyncEbBatchTargetCommand()
    {
        _runs = new Feeder<SessionOptions, TargetSelection>(StopToken);
        _summary = new RunSummary<SyncStatus>(this, Observer, ChangeTally.Start());
    }

    /// <summary>
    /// A target of <c>Get-EbTargetRevision</c>, a rule of <c>Get-EbRule</c> or <c>Get-EVBRule</c>, a job definition of <c>Update-BatchImage</c>, or
    /// any object with such properties.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPipeline, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Target ids, with or without wildcards.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetPatternCompleter))]
    public string[]? TargetId { get; set; }

    /// <summary>Job definition names, with or without wildcards. By default <c>JOB_DEFINITION_NAME</c>, else all.</summary>
    [Parameter(ParameterSetName = ByQuery)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobDefinitionPatternCompleter))]
    public string[]? JobDefinition { get; set; }

    /// <summary>List the targets of every rule, also where asking for the rules of each job queue would take fewer calls.</summary>
    [Parameter(ParameterSetName = ByQuery)]
    public SwitchParameter Thorough { get; set; }

    /// <summary>Pin to this revision, which must be ACTIVE, instead of the latest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ToRevision { get; set; }

    /// <summary>Drop the revision, so that Batch takes the newest ACTIVE one when a job is submitted.</summary>
    [Parameter]
    public SwitchParameter Float { get; set; }

    /// <summary>Repair targets of disabled rules too.</summary>
    [Parameter]
    public SwitchParameter IncludeDisabledRule { get; set; }

    /// <summary>Write even where the target is no longer what was seen; only what is meant to change is replaced in what is there now.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>When any target fails, put back those that were written.</summary>
    [Parameter]
    public SwitchParameter RevertOnFailure { get; set; }

    /// <summary>With <c>-WhatIf</c>: when all is written, end with the error <c>DriftFound</c> if any target would be written.</summary>
    [Parameter]
    public SwitchParameter FailOnDrift { get; set; }

    /// <summary>Write what became of each target.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The change journal's folder. By default <c>EBOPS_JOURNAL</c>, else one of the user's own.</summary>
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
        ThrottleLimit = ThrottleLimit,
    };

    /// <summary>Refuses what contradicts itself.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (FailOnDrift && !IsGiven("WhatIf") && !LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference")))
            ThrowTerminatingError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, "-FailOnDrift goes with -WhatIf: without it, what has drifted is repaired."), null));
    }

    /// <summary>Starts the query's run, or hands the pipeline's object to its session's run.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            TargetQuery query = TargetQuery.From(Rules, TargetId, JobDefinition, Thorough, Environment.GetEnvironmentVariable);
            Run(SessionFor(null)!, session => TargetSelection.FromAll(session.Targets.ScanAsync(query, Observer, StopToken)));
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

    /// <summary>Waits until all is done.</summary>
    protected override void EndProcessing()
    {
        _runs.Complete();
        foreach (KeyValuePair<SessionOptions, List<string>> updated in _updated)
        {
            // They may be anywhere, so unlike a query it looks on all buses unless one is named.
            RuleQuery rules = RuleQuery.From(EventBusName ?? ["*"], null, ThrottleLimit, _ => null);
            TargetQuery query = TargetQuery.From(rules, TargetId, updated.Value, Thorough, _ => null);
            Run(updated.Key, session => TargetSelection.FromAll(session.Targets.ScanAsync(query, Observer, StopToken)));
        }

        base.EndProcessing();
        _summary.Write();
        if (FailOnDrift)
            FailOn(_drift);
    }

    private void Note(SessionOptions session, string jobDefinition)
    {
        if (!_updated.TryGetValue(session, out List<string>? names))
            _updated.Add(session, names = []);
        names.Add(jobDefinition);
    }

    private void Run(SessionOptions options, Func<OpsSession, IAsyncEnumerable<TargetSelection>> selections)
    {
        SyncOptions sync = Options;
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            await WriteAllAsync(session.Sync.RunAsync(selections(session), sync, ApproveAsync, Observer, StopToken), PassThru, result =>
            {
                _drift.Add(result);
                _summary.Add(result.Status, result.ChangeId);
            });
        });
    }

    private TargetSelection? Select(PipelineItem item)
    {
        string[] rules = RuleName ?? (item.RuleName is { } named ? [named] : []);
        string[]? targets = TargetId ?? (item.TargetId is { } id ? [id] : null);
        RuleQuery query = RuleQuery.From(EventBusName ?? (item.EventBusName is { } bus ? [bus] : null), rules, ThrottleLimit, _ => null);
        if (item.EventBus is { } all)
            return Refuse(item, $"'{item.Source}' is an event bus, and a pipeline into this command names rules or targets. Sync what is on the bus with -EventBusName {all}, or see it first: Get-EbTargetRevision -EventBusName {all}.");
        if (rules.Length == 0)
            return Refuse(item, $"'{item.Source}' does not say of which rule it is: the objects of Get-EVBTargetsByRule, for example, do not. Give the rule with -RuleName, and its bus with -EventBusName.");
        if (query.EventBusName.Concat(rules).Concat(targets ?? []).Any(name => NamePattern.Parse(name).HasWildcard) || query.EventBusName.Count > 1 || rules.Length > 1 || targets?.Length > 1)
            return Refuse(item, $"For an object from the pipeline, here '{item.Source}', -EventBusName, -RuleName and -TargetId are one name each, without wildcards. Leave the pipeline out to sync what names fit.");
        return new TargetSelection
        {
            EventBusName = query.EventBusName[0],
            RuleName = rules[0],
            TargetId = targets?[0],
            RuleState = item.RuleState,
            ManagedBy = item.ManagedBy,
            AccountId = item.AccountId,

            // Of a rule, these would be the rule's.
            JobDefinition = targets is null ? null : item.JobDefinition,
            Document = targets is null ? null : item.Document,
        };
    }

    private TargetSelection? Refuse(PipelineItem item, string message)
    {
        WriteError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, message), item.Source));
        return null;
    }
}
