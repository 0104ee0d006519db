using System.Collections.Concurrent;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.Support;

/// <summary>An event bus in memory that notes each call, and fails as told.</summary>
internal sealed class FakeBus : IEventBusApi
{
    private readonly ConcurrentQueue<IReadOnlyList<EventEntry>> _calls = new();
    private readonly ConcurrentQueue<EventEntry> _taken = new();
    private int _ids;

    /// <summary>Runs before each call with its number, from 1; may throw or wait.</summary>
    public Func<int, IReadOnlyList<EventEntry>, Task>? Before { get; set; }

    /// <summary>Runs after a call has taken effect; may throw.</summary>
    public Action<int>? After { get; set; }

    /// <summary>The error code of an entry in a call of that number: null takes it.</summary>
    public Func<int, EventEntry, string?>? Refuse { get; set; }

    public IReadOnlyList<IReadOnlyList<EventEntry>> Calls => [.. _calls];

    public IReadOnlyList<EventEntry> Taken => [.. _taken];

    public async Task<IReadOnlyList<PutEventAnswer>> PutEventsAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
    {
        _calls.Enqueue(entries);
        int number = _calls.Count;
        if (Before is not null)
            await Before(number, entries);
        List<PutEventAnswer> answers = [];
        foreach (EventEntry entry in entries)
        {
            string? code = Refuse?.Invoke(number, entry);
            if (code is null)
                _taken.Enqueue(entry);
            answers.Add(code is null ? new PutEventAnswer($"event-{Interlocked.Increment(ref _ids)}", null, null) : new PutEventAnswer(null, code, "words"));
        }

        After?.Invoke(number);
        return answers;
    }

    public static ServiceCallException Error(string errorId, string? code = "Code", int status = 400) =>
        new(errorId, Message.Verbatim($"PutEvents failed: {code}."), new FailedCall("events", "PutEvents", code, status, "r"));
}

/// <summary>A publisher on a fake bus, with a clock whose waiting takes no time.</summary>
internal sealed class Sending : RecordingObserver
{

    public Sending()
    {
#pragma warning disable RS0030 // Seeded.
        Random random = new(7);
#pragma warning restore RS0030
        Retry = new ItemRetry(Time, () => 0.5);
        Ids = new IdSource(Time, () =>
        {
            lock (random)
                return random.NextDouble();
        });
        Publisher = new EventPublisher(Bus, new BusPresence(Account, Account, FakeAccount.Region, Retry), Ids, Retry, Time);
    }

    public FakeBus Bus { get; } = new();

    /// <summary>The account of the event buses; all exist.</summary>
    public FakeAccount Account { get; } = new();

    public ManualTimeProvider Time { get; } = new() { AutoAdvance = true };

    public ItemRetry Retry { get; }

    public IdSource Ids { get; }

    public EventPublisher Publisher { get; }

    public static EventEntry Entry(int number, string detail = "{}") => new() { Source = "s", DetailType = "t", Detail = detail, Resources = [$"{number}"] };

    public Task<List<EventResult>> SendAsync(IEnumerable<EventEntry> entries, PublishOptions? options = null) =>
        Publisher.PublishAsync(Streams.From(entries), options ?? new PublishOptions(), Run.Yes, this, Run.Token).ToListAsync(Run.Token);
}
