using System.Globalization;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Sandbox.Administration;

/// <summary>A sandbox that is running.</summary>
[Record("Sandboxes", Layout = RecordLayout.Lines)]
[Column("Endpoint", nameof(Endpoint))]
[Column("Page", nameof(Page))]
[Column("Engine", nameof(Engine))]
[Column("Process", nameof(ProcessId))]
[Column("Account", nameof(AccountId))]
[Column("Region", nameof(Region))]
[Column("Clock (UTC)", nameof(Clock))]
[Column("Deliveries", nameof(Deliveries), Form = ColumnForm.Number)]
[Column("Not delivered", nameof(NotDelivered), Form = ColumnForm.Number)]
[Column("State file", nameof(StateFile))]
public sealed partial record SandboxStatus
{
    /// <summary>Its URL.</summary>
    [Field(Key = true)]
    public required string Endpoint { get; init; }

    /// <summary>The URL of its page, which shows what happens in it; null if it has none (moto).</summary>
    public string? Page => Engine == "built-in" ? $"{Endpoint.TrimEnd('/')}/_sandbox/" : null;

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

    /// <summary>The time by its own clock and how far it was advanced, as text; null if it has none (moto).</summary>
    [Field(Omitted = true)]
    public string? Clock => Time is not { } time
        ? null
        : time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (AheadSeconds == 0 ? "" : $", {Written(TimeSpan.FromSeconds(AheadSeconds))} ahead");

    /// <summary>The URL.</summary>
    public override string ToString() => Endpoint;

    // In the units in which the clock is advanced.
    private static string Written(TimeSpan span) => string.Join(" ", new[] { (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "m"), (span.Seconds, "s") }
        .Where(part => part.Item1 > 0)
        .Select(part => part.Item1.ToString(CultureInfo.InvariantCulture) + part.Item2));
}
