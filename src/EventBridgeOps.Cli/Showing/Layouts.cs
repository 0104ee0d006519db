using System.Globalization;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Jobs;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Publishing;
using EventBridgeOps.Routes;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Cli.Showing;

/// <summary>The tables.</summary>
internal static class Layouts
{
    public static TableLayout<RuleSummary> RuleSummary { get; } = new(
        [new("RULE"), new("STATE", Flexible: false), new("SCHEDULE OR PATTERN"), new("TARGETS")],
        rule =>
        [
            rule.RuleName,
            new(rule.ManagedBy is null ? rule.State : "MANAGED", rule.State == "DISABLED" || rule.ManagedBy is not null ? Tone.Faint : Tone.Plain),
            rule.ScheduleExpression ?? rule.EventPattern,
            string.Join(", ", rule.Targets.Select(target => target.TargetId)),
        ],
        rule => rule.EventBusName);

    public static TableLayout<TargetRevision> TargetRevision { get; } = new(
        [new("RULE"), new("TARGET"), new("JOB DEFINITION"), new("LATEST", Flexible: false, Right: true), new("STATE", Flexible: false)],
        target =>
        [
            new(target.RuleName, target.RuleState == "DISABLED" || target.ManagedBy is not null ? Tone.Faint : Tone.Plain),
            target.TargetId,
            JobDefinitionText.Short(target.JobDefinition),
            target.LatestRevision?.ToString(CultureInfo.InvariantCulture) ?? "-",
            new(target.State.ToString(), Of(target.State)),
        ],
        target => target.EventBusName);

    public static TableLayout<TargetSyncResult> TargetSyncResult { get; } = new(
        [new("RULE"), new("TARGET"), new("FROM -> TO"), new("STATUS", Flexible: false)],
        result => [RuleOr(result.RuleName), result.TargetId, JobDefinitionText.Step(result.From, result.To), new(result.Status.ToString(), Of(result.Status))],
        result => BusOr(result.EventBusName),
        result => result.Status != SyncStatus.AlreadyCurrent); // There may be many, and nothing is to be done about them.

    public static TableLayout<Change> Change { get; } = new(
        [new("ID", Flexible: false), new("KIND", Flexible: false), new("STATUS", Flexible: false), new("TARGETS", Flexible: false, Right: true), new("EVENT BUSES")],
        change =>
        [
            change.Id,
            change.Kind.ToString(),
            new(change.Status.ToString(), Of(change.Status)),
            change.TargetCount.ToString(CultureInfo.InvariantCulture),
            string.Join(", ", change.EventBusName),
        ]);

    public static TableLayout<ChangeItem> ChangeItem { get; } = new(
        [new("RULE"), new("TARGET"), new("FROM -> TO"), new("STATUS", Flexible: false)],
        item => [RuleOr(item.RuleName), item.TargetId, JobDefinitionText.Step(item.From, item.To), new(item.Status.ToString(), item.Status switch
        {
            ChangeItemStatus.Written => Tone.Good,
            ChangeItemStatus.Failed => Tone.Bad,
            _ => Tone.Warning,
        })],
        item => BusOr(item.EventBusName));

    public static TableLayout<BatchImage> BatchImage { get; } = new(
        [new("JOB DEFINITION"), new("CONTAINER"), new("IMAGE"), new("DIGEST"), new("STATE", Flexible: false)],
        image =>
        [
            image.ToString().Split('/')[0],
            image.ContainerName,
            ImageText.Short(image.Image),
            ImageText.ShortDigest(image.ImageDigest),
            new(image.State.ToString(), image.State switch { ImageState.Exists => Tone.Good, ImageState.Missing => Tone.Bad, ImageState.Unresolved => Tone.Warning, _ => Tone.Faint }),
        ]);

    public static TableLayout<BatchImageUpdate> BatchImageUpdate { get; } = new(
        [new("JOB DEFINITION"), new("REVISION", Flexible: false), new("IMAGE"), new("STATUS", Flexible: false)],
        update => [update.JobDefinitionName, update.RevisionStep(), ImageText.Step(update.PreviousImage, update.Image), new(update.Status.ToString(), Of(update.Status))],
        IsShown: update => update.Status != SyncStatus.AlreadyCurrent);

    // What an undo says of a job definition stands among what it says of targets.
    private static string RuleOr(string ruleName) => ruleName.Length > 0 ? ruleName : "job definition";

    private static string BusOr(string eventBusName) => eventBusName.Length > 0 ? eventBusName : "AWS Batch";

    public static TableLayout<EventResult> EventResult { get; } = new(
        [new("ID", Flexible: false), new("SOURCE"), new("DETAIL TYPE"), new("STATUS", Flexible: false)],
        result => [result.Id ?? "-", result.Source, result.DetailType, new(result.Status.ToString(), result.Status == EventStatus.Failed ? Tone.Bad : Tone.Warning)],
        result => result.EventBusName,
        result => result.Status != EventStatus.Sent); // There may be very many, and nothing is to be done about them.

    public static TableLayout<MvpSendResult> MvpSendResult { get; } = new(
        [new("JOB", Flexible: false), new("USER"), new("PRODUCT"), new("STATUS", Flexible: false), new("STATE", Flexible: false)],
        result =>
        [
            result.JobId,
            result.UserId,
            result.ProductId,
            new(result.Status.ToString(), result.Status switch { EventStatus.Sent => Tone.Good, EventStatus.Failed => Tone.Bad, _ => Tone.Warning }),
            result.State?.ToString() ?? "-",
        ],
        result => result.EventBusName);

    public static TableLayout<MvpJob> MvpJob { get; } = new(
        [new("JOB", Flexible: false), new("USER"), new("BUSINESS"), new("CREATED", Flexible: false), new("STATE", Flexible: false)],
        job => [job.JobId, job.UserId, job.BusinessName, job.CreatedAt.ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), new(job.State.ToString(), Of(job.State))]);

    public static TableLayout<MvpJobTable> MvpJobTable { get; } = new(
        [new("TABLE"), new("STATUS", Flexible: false), new("ARN")],
        table => [table.TableName, table.Status.ToString(), table.Arn]);

    private static Tone Of(MvpJobState state) => state switch
    {
        MvpJobState.Succeeded => Tone.Good,
        MvpJobState.Failed => Tone.Bad,
        MvpJobState.Pending or MvpJobState.Cancelled => Tone.Warning,
        _ => Tone.Plain,
    };

    public static TableLayout<Delivery> Delivery { get; } = new(
        [new("RULE"), new("TARGET"), new("STATE", Flexible: false), new("INPUT OR REASON")],
        delivery =>
        [
            new(delivery.RuleName, delivery.State == DeliveryState.Disabled ? Tone.Faint : Tone.Plain),
            delivery.TargetId ?? "-",
            new(delivery.State.ToString(), Of(delivery.State)),
            delivery.State == DeliveryState.Delivered ? delivery.Input ?? delivery.Reason : delivery.Reason ?? delivery.Input,
        ],
        delivery => $"{delivery.Event}  {delivery.Route}");

    private static Tone Of(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => Tone.Good,
        DeliveryState.Failing => Tone.Bad,
        DeliveryState.NoTarget => Tone.Warning,
        DeliveryState.Disabled => Tone.Faint,
        _ => Tone.Plain,
    };

    public static TableLayout<PatternTest> PatternTest { get; } = new(
        [new("PATTERN"), new("EVENT"), new("ID"), new("RESULT", Flexible: false)],
        test => [test.RuleName ?? test.Pattern, test.Event, test.EventId, new(test.Matches ? "match" : "no match", test.Matches ? Tone.Good : Tone.Faint)]);

    public static TableLayout<PatternMeasure> PatternMeasure { get; } = new(
        [new("PATTERN"), new("MATCHED", Flexible: false, Right: true), new("EVENTS", Flexible: false, Right: true), new("INVALID", Flexible: false, Right: true), new("%", Flexible: false, Right: true), new("FIRST"), new("LAST")],
        measure =>
        [
            measure.RuleName ?? measure.Pattern,
            Number(measure.Matched),
            Number(measure.Events),
            new(Number(measure.Bad), measure.Bad > 0 ? Tone.Warning : Tone.Faint),
            measure.Percent?.ToString("0.##", CultureInfo.InvariantCulture) ?? "-",
            Time(measure.First),
            Time(measure.Last),
        ]);

    public static TableLayout<(string Pattern, ValueCount Value)> ValueCount { get; } = new(
        [new("PROPERTY"), new("VALUE"), new("COUNT", Flexible: false, Right: true)],
        row => [row.Value.Property, row.Value.Value, Number(row.Value.Count)],
        row => row.Pattern);

    public static TableLayout<PatternSpeed> PatternSpeed { get; } = new(
        [new("PATTERN"), new("EVENTS", Flexible: false, Right: true), new("MATCHED", Flexible: false, Right: true), new("EVENTS/S", Flexible: false, Right: true), new("MB/S", Flexible: false, Right: true), new("µS/EVENT", Flexible: false, Right: true)],
        speed =>
        [
            speed.Pattern,
            Number(speed.Events),
            Number(speed.Matched),
            Number((long)speed.EventsPerSecond),
            Number((long)speed.MegabytesPerSecond),
            speed.Microseconds.ToString("0.00", CultureInfo.InvariantCulture),
        ]);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";

    private static Tone Of(RevisionState state) => state switch
    {
        RevisionState.Current => Tone.Good,
        RevisionState.Behind => Tone.Warning,
        RevisionState.Inactive or RevisionState.Missing => Tone.Bad,
        _ => Tone.Faint,
    };

    private static Tone Of(SyncStatus status) => status switch
    {
        SyncStatus.Updated or SyncStatus.Reverted => Tone.Good,
        SyncStatus.WouldUpdate => Tone.Warning,
        SyncStatus.Failed => Tone.Bad,
        _ => Tone.Faint,
    };

    private static Tone Of(ChangeStatus status) => status switch
    {
        ChangeStatus.Applied => Tone.Good,
        ChangeStatus.InFlight or ChangeStatus.PartlyApplied => Tone.Warning,
        ChangeStatus.Failed => Tone.Bad,
        _ => Tone.Faint,
    };
}
