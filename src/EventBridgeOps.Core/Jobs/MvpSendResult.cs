using EventBridgeOps.Events.Records;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Jobs;

/// <summary>A request and its outcome.</summary>
[Record("Request results", State = nameof(Status))]
[Group("Event bus", nameof(EventBusName))]
[Column("Job", nameof(JobId), Label = nameof(JobId), Width = 27)]
[Column("User", nameof(UserId), Label = nameof(UserId))]
[Column("Product", nameof(ProductId), Label = nameof(ProductId))]
[Column("State", nameof(State), Width = 9)]
[Column("Status", nameof(Status), Width = 9)]
public sealed partial record MvpSendResult
{
    /// <summary>The job ID.</summary>
    public required string JobId { get; init; }

    /// <summary>The user.</summary>
    public string? UserId { get; init; }

    /// <summary>The product.</summary>
    public string? ProductId { get; init; }

    /// <summary>The event bus.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The outcome. A request that failed after it was recorded is pending in the store, and <c>Repair-MvpJob</c> sends it.</summary>
    public EventStatus Status { get; init; }

    /// <summary>The state of the job; null when it was not recorded.</summary>
    public MvpJobState? State { get; init; }

    /// <summary>The event ID from EventBridge; null when it was not sent.</summary>
    public string? EventId { get; init; }

    /// <summary>The reason for the outcome, if there is more to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error ID of the failure.</summary>
    [Field(Unlisted = true)]
    public string? ErrorId { get; init; }

    /// <summary>The file of the store of the job, which the cmdlets that it is piped to use too; null for a table.</summary>
    [Field(Unlisted = true)]
    public string? StorePath { get; init; }

    /// <summary>The table of the store of the job; null for a file.</summary>
    [Field(Unlisted = true)]
    public string? TableName { get; init; }

    /// <summary>The job ID.</summary>
    public override string ToString() => JobId;

    internal static MvpSendResult Of(MvpJob job, EventStatus status) => new()
    {
        JobId = job.JobId, UserId = job.UserId, ProductId = job.ProductId, EventBusName = job.EventBusName, Status = status,
    };
}
