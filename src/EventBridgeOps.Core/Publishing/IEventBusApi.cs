using EventBridgeOps.Events.Entries;
using EventBridgeOps.Services;

namespace EventBridgeOps.Publishing;

/// <summary>Sends entries to event buses.</summary>
public interface IEventBusApi
{
    /// <summary>PutEvents, once. HTTP 200 is not success: each entry has its own result.</summary>
    /// <param name="entries">At most <see cref="EntryLimits.Entries"/>, together within <see cref="EntryLimits.Bytes"/>.</param>
    /// <param name="cancellationToken">Ends the call at once; whether it took effect is then unknown.</param>
    /// <returns>One result for each entry, in their order.</returns>
    /// <exception cref="ServiceCallException">The service rejected the whole call, or could not be reached.</exception>
    Task<IReadOnlyList<PutEventAnswer>> PutEventsAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken);
}

/// <summary>The result of an entry of a call (<c>PutEventsResultEntry</c>).</summary>
/// <param name="EventId">The event ID; null when the entry was not accepted.</param>
/// <param name="ErrorCode">The error code of the service, for example <c>ThrottlingException</c>; null when the entry was accepted.</param>
/// <param name="ErrorMessage">The message of the service.</param>
public sealed record PutEventAnswer(string? EventId, string? ErrorCode, string? ErrorMessage);
