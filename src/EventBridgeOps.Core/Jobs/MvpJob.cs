namespace EventBridgeOps.Jobs;

/// <summary>One MVP job as the store knows it, together with its Batch job where there is one.</summary>
public sealed record MvpJob
{
    /// <summary>The id, for example <c>job_1734567890123_abc123def</c>.</summary>
    public required string JobId { get; init; }

    /// <summary>Whose it is.</summary>
    public required string UserId { get; init; }

    /// <summary>Which product it is of.</summary>
    public required string ProductId { get; init; }

    /// <summary>The name of the business; null when none was given.</summary>
    public string? BusinessName { get; init; }

    /// <summary><c>low</c>, <c>normal</c> or <c>high</c>.</summary>
    public required string Priority { get; init; }

    /// <summary>Where it is.</summary>
    public MvpJobState State { get; init; }

    /// <summary>When it was recorded, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it moved last, in UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The bus that its event goes to.</summary>
    public required string EventBusName { get; init; }

    /// <summary>EventBridge's id of its event; null until that is sent.</summary>
    public string? EventId { get; init; }

    /// <summary>Batch's id of its job; null while it is not known.</summary>
    public string? BatchJobId { get; init; }

    /// <summary>The Batch job's status when it was looked at; null where it was not.</summary>
    public string? BatchStatus { get; init; }

    /// <summary>The log stream of the Batch job in CloudWatch; null where it is not known.</summary>
    public string? LogStreamName { get; init; }

    /// <summary>Why it is where it is, where the state alone does not tell.</summary>
    public string? Reason { get; init; }

    /// <summary>Its way so far.</summary>
    public IReadOnlyList<MvpJobStep> History { get; init; } = [];

    /// <summary>The event's detail as JSON text; a plain database URL is left out of it.</summary>
    public required string Detail { get; init; }

    /// <summary>Whether the event had a plain database URL, which is stored nowhere: to send it again it must be given again.</summary>
    public bool NeedsDatabaseUrl { get; init; }

    /// <summary>Tells this record from any other, also of the same job id.</summary>
    public string? RecordId { get; init; }

    /// <summary>Counts the writes, so that of two writers at once one notices.</summary>
    public int Version { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => JobId;

    /// <summary>The job further on; itself where that would be no step forward.</summary>
    internal MvpJob MoveTo(MvpJobState state, DateTimeOffset time, string? reason = null) => !State.MayMoveTo(state) ? this : this with
    {
        State = state,
        UpdatedAt = time,
        Reason = reason,
        History = [.. History, new MvpJobStep(state, time, reason)],
    };
}

/// <summary>One step of a job's way.</summary>
/// <param name="State">Where it came.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Reason">Why, where the state alone does not tell.</param>
public sealed record MvpJobStep(MvpJobState State, DateTimeOffset Time, string? Reason)
{
    /// <summary>State, time and reason.</summary>
    public override string ToString() => $"{State} {Time:yyyy-MM-ddTHH:mm:ssZ}{(Reason is null ? "" : $" ({Reason})")}";
}
