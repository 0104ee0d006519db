using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Routes;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Reports;

/// <summary>How a report describes each kind of record.</summary>
internal static class RecordItems
{
    /// <summary>The items of a record; null if reports do not include records of its kind.</summary>
    public static IEnumerable<ReportItem>? Of(object? record, IVoice voice) => record switch
    {
        TargetRevision target => [Of(target, voice)],
        TargetSyncResult result => [Of(result, voice)],
        BatchImage image => [Of(image, voice)],
        BatchImageUpdate update => [Of(update, voice)],
        Change change => [Of(change, voice)],
        Delivery delivery => [Of(delivery, voice)],
        PatternCaseResult result => [Of(result, voice)],
        PatternCheck check => Of(check, voice),
        _ => null,
    };

    public static ReportItem Of(CheckResult check, string path, IVoice voice) => Item(
        ReportMessages.Checks().In(voice), null, path, check.Status, check.Status switch
        {
            CheckStatus.OK => (ReportOutcome.Passed, CiLevel.None),
            CheckStatus.NG => (ReportOutcome.Failed, CiLevel.Error),
            _ => (ReportOutcome.Skipped, CiLevel.None),
        },
        null, check.Advice is null ? check.Result : ReportMessages.ResultAndAdvice(check.Result, check.Advice).In(voice));

    private static ReportItem Of(TargetRevision target, IVoice voice) => Item(
        ReportMessages.BatchTargets().In(voice), target.EventBusName, $"{target.RuleName}/{target.TargetId}", target.State, target.State switch
        {
            RevisionState.Current or RevisionState.Floating => (ReportOutcome.Passed, CiLevel.None),
            RevisionState.Behind => (ReportOutcome.Failed, CiLevel.Warning),
            RevisionState.Unresolved => (ReportOutcome.Skipped, CiLevel.Warning),
            _ => (ReportOutcome.Failed, CiLevel.Error),
        },
        target.LatestRevision is { } latest && latest != target.Revision
            ? ReportMessages.DefinitionAndLatest(JobDefinitionText.Short(target.JobDefinition), latest).In(voice)
            : JobDefinitionText.Short(target.JobDefinition),
        target.State switch
        {
            RevisionState.Behind => ReportMessages.Behind().In(voice),
            RevisionState.Inactive => ReportMessages.Inactive(target.Reason ?? ReportMessages.Deregistered().In(voice)).In(voice),
            RevisionState.Missing => ReportMessages.Missing(target.Reason ?? ReportMessages.NoneActive().In(voice)).In(voice),
            _ => target.Reason,
        });

    private static ReportItem Of(TargetSyncResult result, IVoice voice) => Item(
        ReportMessages.TargetRepairs().In(voice), result.EventBusName.Length > 0 ? result.EventBusName : null, result.JobDefinitionName ?? $"{result.RuleName}/{result.TargetId}", result.Status, Of(result.Status),
        JobDefinitionText.Step(result.From, result.To), result.Reason);

    private static ReportItem Of(BatchImageUpdate update, IVoice voice) => Item(
        ReportMessages.ImageUpdates().In(voice), null, update.JobDefinitionName, update.Status, Of(update.Status), $"{update.RevisionStep()}: {ImageText.Step(update.PreviousImage, update.Image)}", update.Reason);

    private static ReportItem Of(BatchImage image, IVoice voice) => Item(
        ReportMessages.Images().In(voice), null, image.ToString(), image.State, image.State switch
        {
            ImageState.Exists => (ReportOutcome.Passed, CiLevel.None),
            ImageState.Missing => (ReportOutcome.Failed, CiLevel.Error),
            ImageState.Unresolved => (ReportOutcome.Skipped, CiLevel.Warning),
            _ => (ReportOutcome.Skipped, CiLevel.None),
        },
        image.Image, image.Reason);

    private static ReportItem Of(Change change, IVoice voice) => Item(
        ReportMessages.Changes().In(voice), null, change.Id, change.Status, change.Status switch
        {
            ChangeStatus.Failed => (ReportOutcome.Failed, CiLevel.Error),
            ChangeStatus.PartlyApplied or ChangeStatus.InFlight => (ReportOutcome.Failed, CiLevel.Warning),
            _ => (ReportOutcome.Passed, CiLevel.None),
        },
        (change.EventBusName.Count > 0 ? ReportMessages.ChangeDetailOnBuses(change.Kind, change.TargetCount, change.EventBusName) : ReportMessages.ChangeDetail(change.Kind, change.TargetCount)).In(voice),
        string.Join("; ", change.Items.Where(item => item.Error is not null).Select(item => $"{item}: {item.Error}")));

    private static ReportItem Of(Delivery delivery, IVoice voice) => Item(
        ReportMessages.Deliveries().In(voice), delivery.EventBusName, delivery.TargetId is null ? delivery.RuleName : $"{delivery.RuleName}/{delivery.TargetId}", delivery.State, delivery.State switch
        {
            DeliveryState.Failing => (ReportOutcome.Failed, CiLevel.Error),
            DeliveryState.Delivered or DeliveryState.Followed => (ReportOutcome.Passed, CiLevel.None),
            _ => (ReportOutcome.Skipped, CiLevel.None),
        },
        delivery.Event, delivery.Reason);

    private static ReportItem Of(PatternCaseResult result, IVoice voice) => Item(
        ReportMessages.PatternCases().In(voice), null, result.Name ?? result.Origin, PatternVerdict.Text(result.Result), result.Passed ? (ReportOutcome.Passed, CiLevel.None) : (ReportOutcome.Failed, CiLevel.Error),
        result.Origin, result.Passed ? result.Message : Failed(PatternVerdict.Text(result.Result), PatternVerdict.Text(result.Expect!.Value), result.Message).In(voice));

    private static Message Failed(string actual, string expected, string? reason) =>
        reason is null ? ReportMessages.CaseFailed(actual, expected) : ReportMessages.CaseFailedBecause(actual, expected, reason);

    private static IEnumerable<ReportItem> Of(PatternCheck check, IVoice voice)
    {
        if (check.Problems.Count == 0)
        {
            yield return Item(ReportMessages.Patterns().In(voice), null, check.Pattern, ReportMessages.Valid().In(voice), (ReportOutcome.Passed, CiLevel.None), null, null);
            yield break;
        }

        foreach (PatternProblem problem in check.Problems)
        {
            bool isError = problem.Severity == PatternProblemSeverity.Error;
            yield return Item(
                ReportMessages.Patterns().In(voice), null, check.Pattern, problem.Severity, isError ? (ReportOutcome.Failed, CiLevel.Error) : (ReportOutcome.Passed, CiLevel.Warning),
                $"{problem.Line}:{problem.Column} {problem.Pointer}".TrimEnd(), problem.Hint is null ? problem.Reason : $"{problem.Reason.TrimEnd('.')}. {problem.Hint}");
        }
    }

    private static (ReportOutcome, CiLevel) Of(SyncStatus status) => status switch
    {
        SyncStatus.Updated or SyncStatus.AlreadyCurrent => (ReportOutcome.Passed, CiLevel.None),
        SyncStatus.Reverted => (ReportOutcome.Passed, CiLevel.Warning),
        SyncStatus.WouldUpdate => (ReportOutcome.Skipped, CiLevel.Notice),
        SyncStatus.Skipped => (ReportOutcome.Skipped, CiLevel.None),
        _ => (ReportOutcome.Failed, CiLevel.Error),
    };

    private static ReportItem Item(string suite, string? group, string name, object state, (ReportOutcome Outcome, CiLevel Level) judged, string? detail, string? message) => new()
    {
        Suite = suite,
        Group = group,
        Name = name,
        State = state.ToString()!,
        Outcome = judged.Outcome,
        Level = judged.Level,
        Detail = string.IsNullOrEmpty(detail) ? null : detail,
        Message = string.IsNullOrEmpty(message) ? null : message,
    };
}
