using EventBridgeOps.Publishing;

namespace EventBridgeOps.Jobs;

/// <summary>One request, and what became of it.</summary>
public sealed record MvpSendResult
{
    /// <summary>The job's id.</summary>
    public required string JobId { get; init; }

    /// <summary>Who asks.</summary>
    public string? UserId { get; init; }

    /// <summary>For which product.</summary>
    public string? ProductId { get; init; }

    /// <summary>The bus.</summary>
    public required string EventBusName { get; init; }

    /// <summary>What became of it. What failed after it was recorded is pending in the store, and <c>Repair-MvpJob</c> sends it.</summary>
    public EventStatus Status { get; init; }

    /// <summary>Where the job is by now; null when it was not recorded.</summary>
    public MvpJobState? State { get; init; }

    /// <summary>EventBridge's id of the event; null when it was not sent.</summary>
    public string? EventId { get; init; }

    /// <summary>Why, where the status alone does not tell.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error id of what failed.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The job's id.</summary>
    public override string ToString() => JobId;

    internal static MvpSendResult Of(MvpJob job, EventStatus status) => new()
    {
        JobId = job.JobId, UserId = job.UserId, ProductId = job.ProductId, EventBusName = job.EventBusName, Status = status,
    };
}
