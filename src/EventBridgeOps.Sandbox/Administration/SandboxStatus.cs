using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Sandbox.Administration;

/// <summary>A sandbox that is running.</summary>
[Record("Sandboxes", Only = FrontEnd.CommandLine)]
[Column("Endpoint", nameof(Endpoint), Width = 22)]
[Column("Engine", nameof(Engine), Width = 8)]
[Column("Region", nameof(Region), Width = 14)]
[Column("Clock", nameof(Time), Form = ColumnForm.Moment, Width = 11)]
[Column("Deliveries", nameof(Deliveries), Form = ColumnForm.Number, Right = true, Width = 10)]
[Column("Not delivered", nameof(NotDelivered), Form = ColumnForm.Number, Right = true, Width = 13)]
public sealed partial record SandboxStatus
{
    /// <summary>Its URL.</summary>
    [Field(Key = true)]
    public required string Endpoint { get; init; }

    /// <summary><c>built-in</c> or <c>moto</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The Region of its environment variables; null if it is not known (moto).</summary>
    public string? Region { get; init; }

    /// <summary>The account ID; null if it is not known (moto).</summary>
    public string? AccountId { get; init; }

    /// <summary>The process; null if it is not known.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The time by its own clock, in UTC; null if it has none (moto).</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>How far its clock was advanced, in seconds.</summary>
    [Field(Unit = "seconds")]
    public long AheadSeconds { get; init; }

    /// <summary>The number of deliveries that it has recorded.</summary>
    public int Deliveries { get; init; }

    /// <summary>How many of them were given up, in a dead-letter queue or lost.</summary>
    public int NotDelivered { get; init; }

    /// <summary>The file that keeps the state between runs; null if the state is not kept.</summary>
    public string? StateFile { get; init; }

    /// <summary>The URL.</summary>
    public override string ToString() => Endpoint;
}
