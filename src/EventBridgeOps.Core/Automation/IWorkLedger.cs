using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Automation;

/// <summary>Remembers which work is being done and which is done, so that an event that is delivered twice, or to two instances at once, has its effect once.</summary>
/// <remarks>
/// A lease ends by itself, so that work whose instance died is taken over by the next delivery. A record of work that is done is kept longer than
/// EventBridge and AWS Lambda deliver an event (24 hours), and longer than a queue keeps it (14 days).
/// </remarks>
public interface IWorkLedger
{
    /// <summary>Where that is, for people: the name of the table.</summary>
    string Location { get; }

    /// <summary>Asks for work. Of several that ask at once, one gets it.</summary>
    /// <param name="work">The work.</param>
    /// <param name="until">When the lease ends, if it is given.</param>
    /// <param name="cancellationToken">Cancels the call; whether the lease was given is then unknown.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkTableUnavailable"/>.</exception>
    Task<WorkClaim> ClaimAsync(WorkKey work, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Records that work is done.</summary>
    /// <param name="claim">The lease.</param>
    /// <param name="outcome">What became of it, for deliveries that come later.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False if the lease was lost to another instance, because it had ended.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkTableUnavailable"/>.</exception>
    Task<bool> CompleteAsync(WorkClaim claim, JsonObject outcome, CancellationToken cancellationToken);

    /// <summary>Gives a lease back, so that the next delivery need not wait for its end.</summary>
    /// <param name="claim">The lease.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkTableUnavailable"/>.</exception>
    Task ReleaseAsync(WorkClaim claim, CancellationToken cancellationToken);

    /// <summary>Remembers something of which an event to come speaks, such as a deployment that was started. It replaces what was remembered of it before.</summary>
    /// <param name="work">What it is.</param>
    /// <param name="facts">What is to be remembered.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkTableUnavailable"/>.</exception>
    Task RecordAsync(WorkKey work, JsonObject facts, CancellationToken cancellationToken);

    /// <summary>What is remembered; null if nothing is.</summary>
    /// <param name="work">What it is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkTableUnavailable"/>.</exception>
    Task<JsonObject?> FindAsync(WorkKey work, CancellationToken cancellationToken);
}

/// <summary>A piece of work.</summary>
/// <param name="Kind">The kind, for example <c>image-push</c>.</param>
/// <param name="Key">What it is about, the same in each delivery of the event.</param>
public sealed record WorkKey(string Kind, string Key)
{
    /// <summary>How long it is remembered that work is done.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(15);

    /// <summary>Kind and key.</summary>
    public override string ToString() => $"{Kind} {Key}";
}

/// <summary>The state of a piece of work, as one that asked for it learns it.</summary>
/// <param name="Work">The work.</param>
/// <param name="State">The state.</param>
public sealed record WorkClaim(WorkKey Work, WorkState State)
{
    /// <summary>Proves that the lease is held; null unless it is <see cref="WorkState.Claimed"/>.</summary>
    public string? Token { get; init; }

    /// <summary>When the lease of the other instance ends; null unless it is <see cref="WorkState.Held"/>.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>What became of it; null unless it is <see cref="WorkState.Done"/>.</summary>
    public JsonObject? Outcome { get; init; }
}

/// <summary>The state of a piece of work.</summary>
public enum WorkState
{
    /// <summary>It is the asker's to do.</summary>
    Claimed,

    /// <summary>Another instance is doing it.</summary>
    Held,

    /// <summary>It is done.</summary>
    Done,
}
