using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Images;
using EventBridgeOps.Jobs;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Publishing;
using EventBridgeOps.Routes;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Cli.Showing;

/// <summary>The records that commands give out, under the same names as PowerShell shows them.</summary>
internal static class Shapes
{
    public static Shape<TargetRevision> TargetRevision { get; } = new(
        Field<TargetRevision>.Of("EventBusName", target => target.EventBusName),
        Field<TargetRevision>.Of("RuleName", target => target.RuleName),
        Field<TargetRevision>.Of("RuleState", target => target.RuleState),
        Field<TargetRevision>.Of("ManagedBy", target => target.ManagedBy),
        Field<TargetRevision>.Of("TargetId", target => target.TargetId),
        Field<TargetRevision>.Of("JobQueueArn", target => target.JobQueueArn),
        Field<TargetRevision>.Of("JobDefinition", target => target.JobDefinition),
        Field<TargetRevision>.Of("JobDefinitionName", target => target.JobDefinitionName),
        Field<TargetRevision>.Of("Revision", target => target.Revision),
        Field<TargetRevision>.Of("LatestRevision", target => target.LatestRevision),
        Field<TargetRevision>.Of("RevisionsBehind", target => target.RevisionsBehind),
        Field<TargetRevision>.Of("State", target => target.State),
        Field<TargetRevision>.Of("Reason", target => target.Reason),
        Field<TargetRevision>.Of("Region", target => target.Region),
        Field<TargetRevision>.Of("AccountId", target => target.AccountId),
        Field<TargetRevision>.Document("Document", target => target.Document));

    public static Shape<TargetSyncResult> TargetSyncResult { get; } = new(
        Field<TargetSyncResult>.Of("EventBusName", result => result.EventBusName),
        Field<TargetSyncResult>.Of("RuleName", result => result.RuleName),
        Field<TargetSyncResult>.Of("TargetId", result => result.TargetId),
        Field<TargetSyncResult>.Of("JobDefinitionName", result => result.JobDefinitionName),
        Field<TargetSyncResult>.Of("From", result => result.From),
        Field<TargetSyncResult>.Of("To", result => result.To),
        Field<TargetSyncResult>.Of("Status", result => result.Status),
        Field<TargetSyncResult>.Of("Verified", result => result.Verified),
        Field<TargetSyncResult>.Of("ChangeId", result => result.ChangeId),
        Field<TargetSyncResult>.Of("Reason", result => result.Reason),
        Field<TargetSyncResult>.Of("ErrorId", result => result.ErrorId));

    public static Shape<BatchImage> BatchImage { get; } = new(
        Field<BatchImage>.Of("JobDefinitionName", image => image.JobDefinitionName),
        Field<BatchImage>.Of("Revision", image => image.Revision),
        Field<BatchImage>.Of("JobDefinitionArn", image => image.JobDefinitionArn),
        Field<BatchImage>.Of("ContainerName", image => image.ContainerName),
        Field<BatchImage>.Of("TargetNodes", image => image.TargetNodes),
        Field<BatchImage>.Of("Image", image => image.Image),
        Field<BatchImage>.Of("RegistryId", image => image.RegistryId),
        Field<BatchImage>.Of("RepositoryName", image => image.RepositoryName),
        Field<BatchImage>.Of("ImageTag", image => image.ImageTag),
        Field<BatchImage>.Of("ImageDigest", image => image.ImageDigest),
        Field<BatchImage>.Of("PushedAt", image => image.PushedAt),
        Field<BatchImage>.Of("State", image => image.State),
        Field<BatchImage>.Of("Reason", image => image.Reason),
        Field<BatchImage>.Of("Region", image => image.Region));

    public static Shape<BatchImageUpdate> BatchImageUpdate { get; } = new(
        Field<BatchImageUpdate>.Of("JobDefinitionName", update => update.JobDefinitionName),
        Field<BatchImageUpdate>.Of("PreviousRevision", update => update.PreviousRevision),
        Field<BatchImageUpdate>.Of("Revision", update => update.Revision),
        Field<BatchImageUpdate>.Of("JobDefinitionArn", update => update.JobDefinitionArn),
        Field<BatchImageUpdate>.Of("PreviousImage", update => update.PreviousImage),
        Field<BatchImageUpdate>.Of("Image", update => update.Image),
        Field<BatchImageUpdate>.Of("Digest", update => update.Digest),
        Field<BatchImageUpdate>.Of("Containers", update => update.Containers),
        Field<BatchImageUpdate>.Of("Deregistered", update => update.Deregistered),
        Field<BatchImageUpdate>.Of("Status", update => update.Status),
        Field<BatchImageUpdate>.Of("Verified", update => update.Verified),
        Field<BatchImageUpdate>.Of("ChangeId", update => update.ChangeId),
        Field<BatchImageUpdate>.Of("Reason", update => update.Reason),
        Field<BatchImageUpdate>.Of("ErrorId", update => update.ErrorId),
        Field<BatchImageUpdate>.Of("Region", update => update.Region));

    public static Shape<RuleTarget> RuleTarget { get; } = new(
        Field<RuleTarget>.Of("TargetId", target => target.TargetId),
        Field<RuleTarget>.Of("Arn", target => target.Arn),
        Field<RuleTarget>.Of("JobDefinition", target => target.JobDefinition),
        Field<RuleTarget>.Document("Document", target => target.Document));

    public static Shape<RuleSummary> RuleSummary { get; } = new(
        Field<RuleSummary>.Of("EventBusName", rule => rule.EventBusName),
        Field<RuleSummary>.Of("RuleName", rule => rule.RuleName),
        Field<RuleSummary>.Of("State", rule => rule.State),
        Field<RuleSummary>.Of("ScheduleExpression", rule => rule.ScheduleExpression),
        Field<RuleSummary>.Of("EventPattern", rule => rule.EventPattern),
        Field<RuleSummary>.Of("Description", rule => rule.Description),
        Field<RuleSummary>.Of("ManagedBy", rule => rule.ManagedBy),
        Field<RuleSummary>.Of("Arn", rule => rule.Arn),
        Field<RuleSummary>.List("Targets", rule => rule.Targets, RuleTarget),
        Field<RuleSummary>.Document("Document", rule => rule.Document));

    public static Shape<ChangeItem> ChangeItem { get; } = new(
        Field<ChangeItem>.Of("Kind", item => item.Kind),
        Field<ChangeItem>.Of("EventBusName", item => item.EventBusName),
        Field<ChangeItem>.Of("RuleName", item => item.RuleName),
        Field<ChangeItem>.Of("TargetId", item => item.TargetId),
        Field<ChangeItem>.Of("JobDefinitionName", item => item.JobDefinitionName),
        Field<ChangeItem>.Of("From", item => item.From),
        Field<ChangeItem>.Of("To", item => item.To),
        Field<ChangeItem>.Of("Status", item => item.Status),
        Field<ChangeItem>.Of("Error", item => item.Error),
        Field<ChangeItem>.Document("Before", item => item.Before),
        Field<ChangeItem>.Document("After", item => item.After));

    public static Shape<Delivery> Delivery { get; } = new(
        Field<Delivery>.Of("Event", delivery => delivery.Event),
        Field<Delivery>.Of("EventId", delivery => delivery.EventId),
        Field<Delivery>.Of("Route", delivery => delivery.Route),
        Field<Delivery>.Of("EventBusName", delivery => delivery.EventBusName),
        Field<Delivery>.Of("RuleName", delivery => delivery.RuleName),
        Field<Delivery>.Of("RuleState", delivery => delivery.RuleState),
        Field<Delivery>.Of("TargetId", delivery => delivery.TargetId),
        Field<Delivery>.Of("TargetArn", delivery => delivery.TargetArn),
        Field<Delivery>.Of("State", delivery => delivery.State),
        Field<Delivery>.Of("Reason", delivery => delivery.Reason),
        Field<Delivery>.Of("InputKind", delivery => delivery.InputKind),
        Field<Delivery>.Of("Input", delivery => delivery.Input),
        Field<Delivery>.Of("JobDefinition", delivery => delivery.JobDefinition),
        Field<Delivery>.Of("RevisionState", delivery => delivery.RevisionState),
        Field<Delivery>.Of("LatestRevision", delivery => delivery.LatestRevision),
        Field<Delivery>.Document("Document", delivery => delivery.Document));

    public static Shape<Change> Change { get; } = new(
        Field<Change>.Of("Id", change => change.Id),
        Field<Change>.Of("Time", change => change.Time),
        Field<Change>.Of("Kind", change => change.Kind),
        Field<Change>.Of("Status", change => change.Status),
        Field<Change>.Of("Undoes", change => change.Undoes),
        Field<Change>.Of("Region", change => change.Region),
        Field<Change>.Of("AccountId", change => change.AccountId),
        Field<Change>.Of("Identity", change => change.Identity),
        Field<Change>.Of("TargetCount", change => change.TargetCount),
        Field<Change>.Of("EventBusName", change => change.EventBusName),
        Field<Change>.List("Items", change => change.Items, ChangeItem));

    public static Shape<EventResult> EventResult { get; } = new(
        Field<EventResult>.Of("EventBusName", result => result.EventBusName),
        Field<EventResult>.Of("Source", result => result.Source),
        Field<EventResult>.Of("DetailType", result => result.DetailType),
        Field<EventResult>.Of("Id", result => result.Id),
        Field<EventResult>.Of("EventId", result => result.EventId),
        Field<EventResult>.Of("Status", result => result.Status),
        Field<EventResult>.Of("Attempts", result => result.Attempts),
        Field<EventResult>.Of("ErrorCode", result => result.ErrorCode),
        Field<EventResult>.Of("Reason", result => result.Reason),
        Field<EventResult>.Of("ErrorId", result => result.ErrorId));

    public static Shape<MvpSendResult> MvpSendResult { get; } = new(
        Field<MvpSendResult>.Of("JobId", result => result.JobId),
        Field<MvpSendResult>.Of("UserId", result => result.UserId),
        Field<MvpSendResult>.Of("ProductId", result => result.ProductId),
        Field<MvpSendResult>.Of("EventBusName", result => result.EventBusName),
        Field<MvpSendResult>.Of("Status", result => result.Status),
        Field<MvpSendResult>.Of("State", result => result.State),
        Field<MvpSendResult>.Of("EventId", result => result.EventId),
        Field<MvpSendResult>.Of("Reason", result => result.Reason),
        Field<MvpSendResult>.Of("ErrorId", result => result.ErrorId));

    public static Shape<MvpJobStep> MvpJobStep { get; } = new(
        Field<MvpJobStep>.Of("State", step => step.State),
        Field<MvpJobStep>.Of("Time", step => step.Time),
        Field<MvpJobStep>.Of("Reason", step => step.Reason));

    public static Shape<MvpJob> MvpJob { get; } = new(
        Field<MvpJob>.Of("JobId", job => job.JobId),
        Field<MvpJob>.Of("UserId", job => job.UserId),
        Field<MvpJob>.Of("ProductId", job => job.ProductId),
        Field<MvpJob>.Of("BusinessName", job => job.BusinessName),
        Field<MvpJob>.Of("Priority", job => job.Priority),
        Field<MvpJob>.Of("State", job => job.State),
        Field<MvpJob>.Of("CreatedAt", job => job.CreatedAt),
        Field<MvpJob>.Of("UpdatedAt", job => job.UpdatedAt),
        Field<MvpJob>.Of("EventBusName", job => job.EventBusName),
        Field<MvpJob>.Of("EventId", job => job.EventId),
        Field<MvpJob>.Of("BatchJobId", job => job.BatchJobId),
        Field<MvpJob>.Of("BatchStatus", job => job.BatchStatus),
        Field<MvpJob>.Of("LogStreamName", job => job.LogStreamName),
        Field<MvpJob>.Of("Reason", job => job.Reason),
        Field<MvpJob>.List("History", job => job.History, MvpJobStep),
        Field<MvpJob>.Document("Detail", job => job.Detail));

    public static Shape<MvpJobTable> MvpJobTable { get; } = new(
        Field<MvpJobTable>.Of("TableName", table => table.TableName),
        Field<MvpJobTable>.Of("Status", table => table.Status),
        Field<MvpJobTable>.Of("Arn", table => table.Arn));

    public static Shape<CheckResult> CheckResult { get; } = new(
        Field<CheckResult>.Of("Check", result => result.Check),
        Field<CheckResult>.Of("Depth", result => result.Depth),
        Field<CheckResult>.Of("Status", result => result.Status),
        Field<CheckResult>.Of("Result", result => result.Result),
        Field<CheckResult>.Of("Advice", result => result.Advice),
        Field<CheckResult>.Of("ErrorId", result => result.ErrorId));

    public static Shape<PatternTest> PatternTest { get; } = new(
        Field<PatternTest>.Of("Pattern", test => test.Pattern),
        Field<PatternTest>.Of("EventBusName", test => test.EventBusName),
        Field<PatternTest>.Of("RuleName", test => test.RuleName),
        Field<PatternTest>.Of("Event", test => test.Event),
        Field<PatternTest>.Of("EventId", test => test.EventId),
        Field<PatternTest>.Of("Matches", test => test.Matches),
        Field<PatternTest>.Of("Service", test => test.Service));

    public static Shape<PatternProblem> PatternProblem { get; } = new(
        Field<PatternProblem>.Of("Severity", problem => problem.Severity),
        Field<PatternProblem>.Of("Reason", problem => problem.Reason),
        Field<PatternProblem>.Of("Line", problem => problem.Line),
        Field<PatternProblem>.Of("Column", problem => problem.Column),
        Field<PatternProblem>.Of("Pointer", problem => problem.Pointer),
        Field<PatternProblem>.Of("Hint", problem => problem.Hint));

    public static Shape<PatternCheck> PatternCheck { get; } = new(
        Field<PatternCheck>.Of("Pattern", check => check.Pattern),
        Field<PatternCheck>.Of("EventBusName", check => check.EventBusName),
        Field<PatternCheck>.Of("RuleName", check => check.RuleName),
        Field<PatternCheck>.Of("IsValid", check => check.IsValid),
        Field<PatternCheck>.List("Problems", check => check.Problems, PatternProblem),
        Field<PatternCheck>.Of("Length", check => check.Length),
        Field<PatternCheck>.Of("Combinations", check => check.Combinations),
        Field<PatternCheck>.Of("WildcardScore", check => check.WildcardScore),
        Field<PatternCheck>.Of("Service", check => check.Service));

    public static Shape<EventSample> EventSample { get; } = new(
        Field<EventSample>.Of("Event", sample => sample.Event),
        Field<EventSample>.Of("EventId", sample => sample.EventId),
        Field<EventSample>.Of("Time", sample => sample.Time),
        Field<EventSample>.Document("Document", sample => sample.Document));

    public static Shape<ValueCount> ValueCount { get; } = new(
        Field<ValueCount>.Of("Property", value => value.Property),
        Field<ValueCount>.Of("Value", value => value.Value),
        Field<ValueCount>.Of("Count", value => value.Count));

    public static Shape<PatternMeasure> PatternMeasure { get; } = new(
        Field<PatternMeasure>.Of("Pattern", measure => measure.Pattern),
        Field<PatternMeasure>.Of("EventBusName", measure => measure.EventBusName),
        Field<PatternMeasure>.Of("RuleName", measure => measure.RuleName),
        Field<PatternMeasure>.Of("Events", measure => measure.Events),
        Field<PatternMeasure>.Of("Matched", measure => measure.Matched),
        Field<PatternMeasure>.Of("Bad", measure => measure.Bad),
        Field<PatternMeasure>.Of("Percent", measure => measure.Percent),
        Field<PatternMeasure>.Of("PerHour", measure => measure.PerHour),
        Field<PatternMeasure>.Of("First", measure => measure.First),
        Field<PatternMeasure>.Of("Last", measure => measure.Last),
        Field<PatternMeasure>.List("Samples", measure => measure.Samples, EventSample),
        Field<PatternMeasure>.List("Values", measure => measure.Values, ValueCount));

    public static Shape<PatternSpeed> PatternSpeed { get; } = new(
        Field<PatternSpeed>.Of("Pattern", speed => speed.Pattern),
        Field<PatternSpeed>.Of("Events", speed => speed.Events),
        Field<PatternSpeed>.Of("Matched", speed => speed.Matched),
        Field<PatternSpeed>.Of("EventsPerSecond", speed => speed.EventsPerSecond),
        Field<PatternSpeed>.Of("MegabytesPerSecond", speed => speed.MegabytesPerSecond),
        Field<PatternSpeed>.Of("Microseconds", speed => speed.Microseconds));
}
