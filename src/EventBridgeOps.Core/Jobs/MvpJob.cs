using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Jobs;

/// <summary>An MVP job from the store, combined with its Batch job if there is one.</summary>
[Record("Jobs", State = nameof(State))]
[Column("Job", nameof(JobId), Label = nameof(JobId), Width = 27)]
[Column("User", nameof(UserId), Label = nameof(UserId))]
[Column("Business", nameof(BusinessName), Label = nameof(BusinessName))]
[Column("Created", nameof(CreatedAt), Form = ColumnForm.Moment, Width = 11)]
[Column("State", nameof(State), Width = 9)]
public sealed partial record MvpJob
{
    /// <summary>The ID, for example <c>job_1734567890123_abc123def</c>.</summary>
    public required string JobId { get; init; }

    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>The product.</summary>
    public required string ProductId { get; init; }

    /// <summary>The name of the business; null when not specified.</summary>
    public string? BusinessName { get; init; }

    /// <summary><c>low</c>, <c>normal</c> or <c>high</c>.</summary>
    public required string Priority { get; init; }

    /// <summary>The state.</summary>
    public MvpJobState State { get; init; }

    /// <summary>When it was recorded, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its state last changed, in UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The event bus of its event.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The event ID from EventBridge; null until the event is sent.</summary>
    public string? EventId { get; init; }

    /// <summary>The ID of its Batch job; null while it is unknown.</summary>
    public string? BatchJobId { get; init; }

    /// <summary>When its Batch job was submitted, or first heard of; null while that is unknown.</summary>
    [Field(Omitted = true)]
    public DateTimeOffset? BatchSubmittedAt { get; init; }

    /// <summary>The IDs of earlier Batch jobs of the same job, whose events no longer count.</summary>
    [Field(Omitted = true)]
    public IReadOnlyList<string> FormerBatchJobIds { get; init; } = [];

    /// <summary>The status of the Batch job when it was read; null when it was not read.</summary>
    public string? BatchStatus { get; init; }

    /// <summary>The CloudWatch log stream of the Batch job; null when it is unknown.</summary>
    public string? LogStreamName { get; init; }

    /// <summary>The reason for its state, if there is more to say.</summary>
    [Field(ListAfter = nameof(State))]
    public string? Reason { get; init; }

    /// <summary>Its states so far.</summary>
    public IReadOnlyList<MvpJobStep> History { get; init; } = [];

    /// <summary>The file of its store, which the cmdlets that it is piped to use too; null for a table.</summary>
    [Field(Unlisted = true)]
    public string? StorePath { get; init; }

    /// <summary>The table of its store; null for a file.</summary>
    [Field(Unlisted = true)]
    public string? TableName { get; init; }

    /// <summary>The detail of the event as JSON text, without a plain database URL.</summary>
    [Field(Document = true)]
    public required string Detail { get; init; }

    /// <summary>Whether the event had a plain database URL. It is not stored, so it must be specified again to send the event again.</summary>
    [Field(Omitted = true)]
    public bool NeedsDatabaseUrl { get; init; }

    /// <summary>Distinguishes this record from any other, even with the same job ID.</summary>
    [Field(Omitted = true)]
    public string? RecordId { get; init; }

    /// <summary>The number of writes, which detects concurrent updates.</summary>
    [Field(Omitted = true)]
    public int Version { get; init; }

    /// <summary>The ID.</summary>
    public override string ToString() => JobId;

    /// <summary>The job with a later Batch job, in the state of that.</summary>
    internal MvpJob Follow(BatchJobEvent one, DateTimeOffset time, DateTimeOffset? submittedAt) => this with
    {
        State = one.State,
        UpdatedAt = time,
        Reason = one.Reason,
        History = [.. History, new MvpJobStep(one.State, time, one.Reason)],
        BatchJobId = one.BatchJobId,
        BatchSubmittedAt = submittedAt,
        FormerBatchJobIds = BatchJobId is { } former ? [.. FormerBatchJobIds, former] : FormerBatchJobIds,
    };

    /// <summary>The job in another state; the job itself if that would not be a step forward.</summary>
    internal MvpJob MoveTo(MvpJobState state, DateTimeOffset time, string? reason = null) => !State.MayMoveTo(state) ? this : this with
    {
        State = state,
        UpdatedAt = time,
        Reason = reason,
        History = [.. History, new MvpJobStep(state, time, reason)],
    };
}

/// <summary>A step in the history of a job.</summary>
/// <param name="State">The new state.</param>
/// <param name="Time">The time, in UTC.</param>
/// <param name="Reason">The reason, if there is more to say.</param>
[Record("Job steps")]
[Column("Time", nameof(Time), Form = ColumnForm.Moment, Width = 11)]
[Column("State", nameof(State), Width = 9)]
[Column("Reason", nameof(Reason))]
public sealed partial record MvpJobStep(MvpJobState State, DateTimeOffset Time, string? Reason)
{
    /// <summary>State, time and reason.</summary>
    public override string ToString() => $"{State} {Time:yyyy-MM-ddTHH:mm:ssZ}{(Reason is null ? "" : $" ({Reason})")}";
}
