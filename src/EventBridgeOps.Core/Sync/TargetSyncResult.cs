using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Sync;

/// <summary>One target of a sync or an undo, or one job definition of an undo, and its outcome.</summary>
[Record("Sync results", Suite = "Target repairs", State = nameof(Status), Quiet = nameof(SyncStatus.AlreadyCurrent), KnownBy = [nameof(TargetId), nameof(Verified), nameof(Status)])]
[Group("Event bus", nameof(EventBusName), Empty = "Other")]
[Column("Rule", nameof(RuleName), nameof(OtherResource), Form = ColumnForm.First, Empty = "job definition", Room = 11)]
[Column("Target", nameof(TargetId), Width = 15, Room = 6)]
[Column("From -> To", nameof(From), nameof(To), Form = ColumnForm.ReferenceStep, Room = 8, Tail = 18)]
[Column("Status", nameof(Status), Width = 14)]
public sealed partial record TargetSyncResult : IReportable, IChangeResult<TargetSyncResult>
{
    /// <summary>The bus's name; empty for all but a target.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name; empty for all but a target.</summary>
    public required string RuleName { get; init; }

    /// <summary>The target's id within its rule; empty for all but a target.</summary>
    public required string TargetId { get; init; }

    /// <summary>The job definition's name; null for a target.</summary>
    public string? JobDefinitionName { get; init; }

    /// <summary>The cluster's name; null for all but a service.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The service's name; null for all but a service. The references of a service are those of its task definition.</summary>
    public string? ServiceName { get; init; }

    /// <summary>What it is if it is neither a target nor a job definition: <c>task definition</c>, <c>dead letter</c>, or <c>service</c> with its name; null for these two.</summary>
    [Field(Unlisted = true)]
    public string? OtherResource { get; init; }

    /// <summary>The job definition reference before the run; null if it is unknown.</summary>
    public string? From { get; init; }

    /// <summary>The job definition reference after the run, or the requested one; null for none, and for a new revision that AWS Batch has not registered yet.</summary>
    public string? To { get; init; }

    /// <summary>The outcome.</summary>
    public SyncStatus Status { get; init; }

    /// <summary>True if the target was verified by reading it back.</summary>
    public bool Verified { get; init; }

    /// <summary>The ID of the change in the journal; null if nothing was written.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The reason, if the status alone does not explain it.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error ID of the failure.</summary>
    [Field(Unlisted = true)]
    public string? ErrorId { get; init; }

    /// <summary>The beginning of a result.</summary>
    /// <param name="resource">What is to be written.</param>
    internal static TargetSyncResult For(ResourceId resource) => new()
    {
        EventBusName = resource.EventBusName,
        RuleName = resource.RuleName,
        TargetId = resource.TargetId,
        JobDefinitionName = resource.JobDefinitionName,
        ClusterName = resource.ClusterName,
        ServiceName = resource.ServiceName,
        OtherResource = resource.OtherResource,
    };

    TargetSyncResult IChangeResult<TargetSyncResult>.With(Conclusion conclusion) => this with
    {
        // A revision is made from the one that is the latest when it is written.
        From = conclusion.Write?.Before?.Reference ?? From,
        To = conclusion.Write?.Made?.Reference ?? (conclusion.Status == SyncStatus.WouldUpdate ? null : conclusion.Write?.Before?.Version) ?? To,
        Status = conclusion.Status,
        Verified = conclusion.Verified,
        ChangeId = conclusion.ChangeId ?? ChangeId,
        Reason = conclusion.Reason,
        ErrorId = conclusion.ErrorId,
    };

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, EventBusName, JobDefinitionName ?? ServiceName ?? $"{RuleName}/{TargetId}", JobDefinitionText.Step(From, To), Reason)];

    /// <summary>Bus, rule and target id; <c>job-definition/name</c> for a job definition; <c>service/cluster/name</c> for a service.</summary>
    public override string ToString() =>
        ServiceName is not null ? $"service/{ClusterName}/{ServiceName}" : JobDefinitionName is null ? $"{EventBusName}/{RuleName}/{TargetId}" : $"job-definition/{JobDefinitionName}";
}
