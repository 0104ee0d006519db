using EventBridgeOps.Events.Entries;
using EventBridgeOps.Services;

namespace EventBridgeOps.Publishing;

/// <summary>The way into event buses.</summary>
public interface IEventBusApi
{
    /// <summary>PutEvents, once. HTTP 200 is not success: each entry has an answer of its own.</summary>
    /// <param name="entries">At most <see cref="EntryLimits.Entries"/>, together within <see cref="EntryLimits.Bytes"/>.</param>
    /// <param name="cancellationToken">Ends the call at once; whether it took effect is then unknown.</param>
    /// <returns>One answer for each entry, in their order.</returns>
    /// <exception cref="ServiceCallException">The service refused the whole call, or could not be reached.</exception>
    Task<IReadOnlyList<PutEventAnswer>> PutEventsAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken);
}

/// <summary>What became of one entry of a call (<c>PutEventsResultEntry</c>).</summary>
/// <param name="EventId">EventBridge's id of the event; null when it was not taken.</param>
/// <param name="ErrorCode">The service's error code, for example <c>ThrottlingException</c>; null when it was taken.</param>
/// <param name="ErrorMessage">The service's own words.</param>
public sealed record PutEventAnswer(string? EventId, string? ErrorCode, string? ErrorMessage);
