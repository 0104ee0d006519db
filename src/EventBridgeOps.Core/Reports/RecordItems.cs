using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Routes;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Reports;

/// <summary>What a report tells of each kind of record.</summary>
internal static class RecordItems
{
    /// <summary>The items of a record; null when reports do not tell of its kind.</summary>
    public static IEnumerable<ReportItem>? Of(object? record) => record switch
    {
        TargetRevision target => [Of(target)],
        TargetSyncResult result => [Of(result)],
        BatchImage image => [Of(image)],
        BatchImageUpdate update => [Of(update)],
        Change change => [Of(change)],
        Delivery delivery => [Of(delivery)],
        PatternCaseResult result => [Of(result)],
        PatternCheck check => Of(check),
        _ => null,
    };

    public static ReportItem Of(CheckResult check, string path) => Item(
        "Checks", null, path, check.Status, check.Status switch
        {
            CheckStatus.OK => (ReportOutcome.Passed, CiLevel.None),
            CheckStatus.NG => (ReportOutcome.Failed, CiLevel.Error),
            _ => (ReportOutcome.Skipped, CiLevel.None),
        },
        null, check.Advice is null ? check.Result : $"{check.Result}. {check.Advice}");

    private static ReportItem Of(TargetRevision target) => Item(
        "Batch targets", target.EventBusName, $"{target.RuleName}/{target.TargetId}", target.State, target.State switch
        {
            RevisionState.Current or RevisionState.Floating => (ReportOutcome.Passed, CiLevel.None),
            RevisionState.Behind => (ReportOutcome.Failed, CiLevel.Warning),
            RevisionState.Unresolved => (ReportOutcome.Skipped, CiLevel.Warning),
            _ => (ReportOutcome.Failed, CiLevel.Error),
        },
        JobDefinitionText.Short(target.JobDefinition) + (target.LatestRevision is { } latest && latest != target.Revision ? $", latest {latest}" : ""),
        target.State switch
        {
            RevisionState.Behind => "Jobs run old code. Sync-EbBatchTarget (ebops targets sync) repairs it.",
            RevisionState.Inactive => $"Every delivery fails: {target.Reason ?? "the revision is deregistered"}. Sync-EbBatchTarget (ebops targets sync) repairs it.",
            RevisionState.Missing => $"Every delivery fails: {target.Reason ?? "no revision is ACTIVE"}. Register the job definition again.",
            _ => target.Reason,
        });

    private static ReportItem Of(TargetSyncResult result) => Item(
        "Target repairs", result.EventBusName.Length > 0 ? result.EventBusName : null, result.JobDefinitionName ?? $"{result.RuleName}/{result.TargetId}", result.Status, Of(result.Status),
        JobDefinitionText.Step(result.From, result.To), result.Reason);

    private static ReportItem Of(BatchImageUpdate update) => Item(
        "Image updates", null, update.JobDefinitionName, update.Status, Of(update.Status), $"{update.RevisionStep()}: {ImageText.Step(update.PreviousImage, update.Image)}", update.Reason);

    private static ReportItem Of(BatchImage image) => Item(
        "Images", null, image.ToString(), image.State, image.State switch
        {
            ImageState.Exists => (ReportOutcome.Passed, CiLevel.None),
            ImageState.Missing => (ReportOutcome.Failed, CiLevel.Error),
            ImageState.Unresolved => (ReportOutcome.Skipped, CiLevel.Warning),
            _ => (ReportOutcome.Skipped, CiLevel.None),
        },
        image.Image, image.Reason);

    private static ReportItem Of(Change change) => Item(
        "Changes", null, change.Id, change.Status, change.Status switch
        {
            ChangeStatus.Failed => (ReportOutcome.Failed, CiLevel.Error),
            ChangeStatus.PartlyApplied or ChangeStatus.InFlight => (ReportOutcome.Failed, CiLevel.Warning),
            _ => (ReportOutcome.Passed, CiLevel.None),
        },
        $"{change.Kind}, {change.TargetCount} item{(change.TargetCount == 1 ? "" : "s")}, {string.Join(", ", change.EventBusName)}".TrimEnd(' ', ','),
        string.Join("; ", change.Items.Where(item => item.Error is not null).Select(item => $"{item}: {item.Error}")));

    private static ReportItem Of(Delivery delivery) => Item(
        "Deliveries", delivery.EventBusName, delivery.TargetId is null ? delivery.RuleName : $"{delivery.RuleName}/{delivery.TargetId}", delivery.State, delivery.State switch
        {
            DeliveryState.Failing => (ReportOutcome.Failed, CiLevel.Error),
            DeliveryState.Delivered or DeliveryState.Followed => (ReportOutcome.Passed, CiLevel.None),
            _ => (ReportOutcome.Skipped, CiLevel.None),
        },
        delivery.Event, delivery.Reason);

    private static ReportItem Of(PatternCaseResult result) => Item(
        "Pattern cases", null, result.Name ?? result.Origin, PatternVerdict.Text(result.Result), result.Passed ? (ReportOutcome.Passed, CiLevel.None) : (ReportOutcome.Failed, CiLevel.Error),
        result.Origin, result.Passed ? result.Message : $"It came out as {PatternVerdict.Text(result.Result)}; expected was {PatternVerdict.Text(result.Expect!.Value)}.{(result.Message is null ? "" : " " + result.Message)}");

    private static IEnumerable<ReportItem> Of(PatternCheck check)
    {
        if (check.Problems.Count == 0)
        {
            yield return Item("Patterns", null, check.Pattern, "Valid", (ReportOutcome.Passed, CiLevel.None), null, null);
            yield break;
        }

        foreach (PatternProblem problem in check.Problems)
        {
            bool isError = problem.Severity == PatternProblemSeverity.Error;
            yield return Item(
                "Patterns", null, check.Pattern, problem.Severity, isError ? (ReportOutcome.Failed, CiLevel.Error) : (ReportOutcome.Passed, CiLevel.Warning),
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
