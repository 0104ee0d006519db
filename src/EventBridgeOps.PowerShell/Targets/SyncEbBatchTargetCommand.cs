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

/// <summary>Repairs the job definition references of Batch targets without changing anything else, and verifies each update.</summary>
/// <remarks>
/// Objects from the pipeline are processed as they arrive. <c>-RevertOnFailure</c> applies to each session separately: a failure in one
/// Region does not roll back updates in another.
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

    /// <summary>Target IDs, with or without wildcards.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetPatternCompleter))]
    public string[]? TargetId { get; set; }

    /// <summary>Job definition names, with or without wildcards. By default <c>JOB_DEFINITION_NAME</c>, or else all.</summary>
    [Parameter(ParameterSetName = ByQuery)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobDefinitionPatternCompleter))]
    public string[]? JobDefinition { get; set; }

    /// <summary>List the targets of every rule, even if asking for the rules of each job queue needs fewer calls.</summary>
    [Parameter(ParameterSetName = ByQuery)]
    public SwitchParameter Thorough { get; set; }

    /// <summary>Pin to this revision, which must be ACTIVE, instead of the latest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ToRevision { get; set; }

    /// <summary>Remove the revision, so that Batch uses the latest ACTIVE one when a job is submitted.</summary>
    [Parameter]
    public SwitchParameter Float { get; set; }

    /// <summary>Also repair targets of disabled rules.</summary>
    [Parameter]
    public SwitchParameter IncludeDisabledRule { get; set; }

    /// <summary>Update the target even if it was modified in the meantime. Only the job definition reference is replaced in the current target.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>If any target fails, roll back the targets that were updated.</summary>
    [Parameter]
    public SwitchParameter RevertOnFailure { get; set; }

    /// <summary>With <c>-WhatIf</c>: after everything is written, fail with the error <c>DriftFound</c> if any target would be updated.</summary>
    [Parameter]
    public SwitchParameter FailOnDrift { get; set; }

    /// <summary>Write the result of each target.</summary>
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
        ThrottleLimit = ThrottleLimit,
    };

    /// <summary>Rejects parameters that contradict each other.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (FailOnDrift && !IsGiven("WhatIf") && !LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference")))
            ThrowTerminatingError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, ShellTargetMessages.NeedsWhatIf()), null));
    }

    /// <summary>Starts the run of the query, or passes the object from the pipeline to the run of its session.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            TargetQuery query = TargetQuery.From(Rules, TargetId, JobDefinition, Thorough, Shell.Environment);
            Run(SessionFor(null)!, session => TargetSelection.FromAll(session.Get<TargetScanner>().ScanAsync(query, Observer, StopToken)));
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
            // They may be anywhere, so unlike a query this searches all buses unless one is named.
            RuleQuery rules = RuleQuery.From(EventBusName ?? ["*"], null, ThrottleLimit, _ => null);
            TargetQuery query = TargetQuery.From(rules, TargetId, updated.Value, Thorough, _ => null);
            Run(updated.Key, session => TargetSelection.FromAll(session.Get<TargetScanner>().ScanAsync(query, Observer, StopToken)));
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
            await WriteAllAsync(session.Get<TargetSync>().RunAsync(selections(session), sync, ApproveAsync, Observer, StopToken), PassThru, result =>
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
            return Refuse(item, ShellTargetMessages.IsAnEventBus($"{item.Source}", all));
        if (rules.Length == 0)
            return Refuse(item, ShellTargetMessages.RuleUnknown($"{item.Source}"));
        if (query.EventBusName.Concat(rules).Concat(targets ?? []).Any(name => NamePattern.Parse(name).HasWildcard) || query.EventBusName.Count > 1 || rules.Length > 1 || targets?.Length > 1)
            return Refuse(item, ShellTargetMessages.OneNameEach($"{item.Source}"));
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

    private TargetSelection? Refuse(PipelineItem item, Message message)
    {
        WriteError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, message), item.Source));
        return null;
    }
}
