using System.Collections.Concurrent;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>Notes when each event was sent: before the call that accepted it.</summary>
/// <param name="bus">Sends the entries.</param>
/// <param name="time">The clock.</param>
internal sealed class TimedBus(IEventBusApi bus, TimeProvider time) : IEventBusApi
{
    private readonly ConcurrentDictionary<string, long> _sent = new(StringComparer.Ordinal);

    /// <summary>When an event was sent, as a timestamp of the clock.</summary>
    /// <param name="eventId">The ID that EventBridge gave it.</param>
    public long this[string eventId] => _sent[eventId];

    public async Task<IReadOnlyList<PutEventAnswer>> PutEventsAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
    {
        long before = time.GetTimestamp();
        IReadOnlyList<PutEventAnswer> answers = await bus.PutEventsAsync(entries, cancellationToken);
        foreach (PutEventAnswer answer in answers)
        {
            if (answer.EventId is { } id)
                _sent[id] = before;
        }

        return answers;
    }
}
