using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Changes;

/// <summary>The kind of a change.</summary>
public enum ChangeKind : long
{
    /// <summary>Repaired targets.</summary>
    Sync,

    /// <summary>Reverted targets.</summary>
    Undo,

    /// <summary>Registered job definitions with another image.</summary>
    ImageUpdate,

    /// <summary>Deployed services.</summary>
    Deployment,

    /// <summary>Delivered dead letters.</summary>
    Redrive,
}

/// <summary>The kind of an item of a change.</summary>
public enum ChangeItemKind : long
{
    /// <summary>A target of a rule.</summary>
    Target,

    /// <summary>A new revision of a job definition.</summary>
    Registration,

    /// <summary>A revision of a job definition that was deregistered. AWS Batch cannot make it ACTIVE again.</summary>
    Deregistration,

    /// <summary>A new revision of a task definition of Amazon ECS.</summary>
    TaskDefinition,

    /// <summary>A service of Amazon ECS.</summary>
    Service,

    /// <summary>A dead letter that was delivered to its target. It cannot be undone.</summary>
    DeadLetter,
}

/// <summary>The status of a change.</summary>
public enum ChangeStatus : long
{
    /// <summary>At least one write has no outcome in the journal: it is in progress or was interrupted. An undo checks the actual state.</summary>
    [State(Tone.Warning, Verdict.FailedWithWarning)]
    InFlight,

    /// <summary>All of its targets were updated.</summary>
    [State(Tone.Good)]
    Applied,

    /// <summary>Some of its targets were updated and some failed.</summary>
    [State(Tone.Warning, Verdict.FailedWithWarning)]
    PartlyApplied,

    /// <summary>None of its targets was updated.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failed,

    /// <summary>The run rolled back its targets, because one of them failed.</summary>
    [State(Tone.Faint)]
    Reverted,

    /// <summary>A later undo reverted all of its targets.</summary>
    [State(Tone.Faint)]
    Undone,
}

/// <summary>The status of one target of a change.</summary>
public enum ChangeItemStatus : long
{
    /// <summary>The write was announced, but the journal has no outcome for it.</summary>
    [State(Tone.Warning)]
    InFlight,

    /// <summary>Written and verified.</summary>
    [State(Tone.Good)]
    Written,

    /// <summary>Rejected, or not verified.</summary>
    [State(Tone.Bad)]
    Failed,

    /// <summary>Rolled back by the same run.</summary>
    [State(Tone.Faint)]
    Reverted,
}

/// <summary>One run that wrote something, as recorded in the journal.</summary>
[Record("Changes", State = nameof(Status))]
[Column("ID", nameof(Id), Label = nameof(Id), Width = 23)]
[Column("Kind", nameof(Kind), Width = 11)]
[Column("Status", nameof(Status), Width = 13)]
[Column("Who", nameof(Identity), Form = ColumnForm.ArnTail, Room = 4)]
[Column("What", nameof(Affected), Form = ColumnForm.List)]
public sealed partial record Change : IReportable
{
    /// <summary>The id, which starts with the time in UTC: <c>20261121T093005Z-3f9a1c</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The time when the first write was announced, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The kind of change.</summary>
    public ChangeKind Kind { get; init; }

    /// <summary>The status.</summary>
    public ChangeStatus Status { get; init; }

    /// <summary>The change that this one undoes; null for others.</summary>
    public string? Undoes { get; init; }

    /// <summary>The Region that was written to.</summary>
    public required string Region { get; init; }

    /// <summary>The account that was written to; null if STS did not return it.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ARN of the identity that made the change; null if STS did not return it.</summary>
    public string? Identity { get; init; }

    /// <summary>The number of targets and job definitions that it wrote or tried to write.</summary>
    public int TargetCount => Items.Count;

    /// <summary>The event buses that it affected.</summary>
    public IReadOnlyList<string> EventBusName => Items.Select(item => item.EventBusName).Where(bus => bus.Length > 0).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>What it affected: the event buses of its targets, its job definitions, its services, and the queues of its dead letters.</summary>
    [Field(Unlisted = true)]
    public IReadOnlyList<string> Affected =>
    [
        .. EventBusName,
        .. Items.Select(item => item.JobDefinitionName).OfType<string>().Distinct(StringComparer.Ordinal),
        .. Items.Where(item => item.Kind == ChangeItemKind.Service).Select(item => item.Resource.Name).Distinct(StringComparer.Ordinal),
        .. Items.Where(item => item.Kind == ChangeItemKind.DeadLetter).Select(item => item.Resource.QueueName!).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Its targets and job definitions.</summary>
    public required IReadOnlyList<ChangeItem> Items { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice)
    {
        Message detail = EventBusName.Count > 0 ? ChangeMessages.DetailOnBuses(Kind, TargetCount, EventBusName) : ChangeMessages.Detail(Kind, TargetCount);
        return [ReportItem.Of(this, null, Id, detail.In(voice), string.Join("; ", Items.Where(item => item.Error is not null).Select(item => $"{item}: {item.Error}")))];
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

/// <summary>One target or job definition of a change.</summary>
[Record("Change items", State = nameof(Status))]
[Group("Event bus", nameof(EventBusName), Empty = "Other")]
[Column("Rule", nameof(RuleName), nameof(OtherResource), Form = ColumnForm.First, Empty = "job definition", Room = 11)]
[Column("Target", nameof(TargetId), Width = 15, Room = 6)]
[Column("From -> To", nameof(From), nameof(To), Form = ColumnForm.ReferenceStep, Room = 8, Tail = 18)]
[Column("Status", nameof(Status), Width = 8)]
public sealed partial record ChangeItem
{
    internal ChangeItem(ResourceId resource) => Resource = resource;

    /// <summary>What was written.</summary>
    internal ResourceId Resource { get; }

    /// <summary>The kind of item.</summary>
    [Field(Unlisted = true)]
    public ChangeItemKind Kind => Resource.Kind;

    /// <summary>The bus's name; empty for all but a target.</summary>
    public string EventBusName => Resource.EventBusName;

    /// <summary>The rule's name; empty for all but a target.</summary>
    public string RuleName => Resource.RuleName;

    /// <summary>The target's id within its rule; empty for all but a target.</summary>
    public string TargetId => Resource.TargetId;

    /// <summary>The job definition's name; null for all but a job definition.</summary>
    public string? JobDefinitionName => Resource.JobDefinitionName;

    /// <summary>The cluster's name; null for all but a service.</summary>
    public string? ClusterName => Resource.ClusterName;

    /// <summary>The service's name; null for all but a service.</summary>
    public string? ServiceName => Resource.ServiceName;

    /// <summary>What it is if it is neither a target nor a job definition: <c>task definition</c>, <c>dead letter</c>, or <c>service</c> with its name; null for these two.</summary>
    [Field(Unlisted = true)]
    public string? OtherResource => Resource.OtherResource;

    /// <summary>The job definition reference before; the task definition for Amazon ECS; the target of a dead letter.</summary>
    public string? From { get; init; }

    /// <summary>The job definition reference after; the task definition for Amazon ECS; for a dead letter, the ID that the target gave to what it received.</summary>
    public string? To { get; init; }

    /// <summary>The outcome.</summary>
    public ChangeItemStatus Status { get; init; }

    /// <summary>Why it failed; null if it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The JSON text of the target or job definition before, with what looks like a secret replaced by <c>[redacted]</c>; null if it did not exist.</summary>
    [Field(Document = true)]
    public string? Before { get; init; }

    /// <summary>The JSON text after the change, redacted as well; <c>{}</c> for a deregistered revision.</summary>
    [Field(Document = true)]
    public required string After { get; init; }

    /// <summary>Bus, rule and target id; <c>job-definition/name</c> for a job definition, with the revision that was deregistered; <c>task-definition/name:1</c>, <c>service/cluster/name</c>, <c>dead-letter/queue/message</c>.</summary>
    public override string ToString() => Resource.ToString();
}
