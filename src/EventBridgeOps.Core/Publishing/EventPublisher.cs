using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Publishing;

/// <summary>Sends events: packed into few calls, several calls at a time, each entry to exactly one outcome, in the order of the input.</summary>
/// <remarks>
/// Only failed entries go again, and only when the fault may pass, up to <see cref="Attempts"/> times. An invalid entry fails alone,
/// before anything is sent. The input is read as fast as it is sent, so that a stream of any length takes the same memory.
/// </remarks>
/// <param name="bus">Where to.</param>
/// <param name="ids">Where new ids come from.</param>
/// <param name="retry">How to wait between tries.</param>
/// <param name="time">The clock.</param>
public sealed class EventPublisher(IEventBusApi bus, IdSource ids, ItemRetry retry, TimeProvider time)
{
    /// <summary>In how many calls an entry goes out at most.</summary>
    public const int Attempts = 10;

    /// <summary>Sends the entries.</summary>
    /// <param name="entries">What to send.</param>
    /// <param name="options">How.</param>
    /// <param name="approve">Asks whether an entry is wanted.</param>
    /// <param name="observer">Hears of progress and of what failed; the rest goes on.</param>
    /// <param name="cancellationToken">Ends all at once; what was in flight may have been taken.</param>
    /// <returns>One result for each entry, in their order.</returns>
    /// <exception cref="OpsException">Nothing that follows could succeed: no credentials, a bad option.</exception>
    public async IAsyncEnumerable<EventResult> PublishAsync(
        IAsyncEnumerable<EventEntry> entries, PublishOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        int done = 0;
        await foreach ((EventResult? early, EventResult? sent) in SendAsync(PrepareAsync(entries, options, approve, cancellationToken), options.ThrottleLimit, cancellationToken))
        {
            EventResult result = sent ?? early!;
            if (result.Status == EventStatus.Failed)
                observer.Failed(new ItemFailure(new OpsException(result.ErrorId!, $"{Subject(result)} was not sent: {result.Reason}"), result));
            observer.Progress(new RunProgress("Sending events", ++done, null, result.Id));
            yield return result;
        }
    }

    /// <summary>Sends what has an entry; all come out in their order, with the result of what was sent.</summary>
    internal IAsyncEnumerable<(T Item, EventResult? Result)> SendAsync<T>(IAsyncEnumerable<Outgoing<T>> items, int throttleLimit, CancellationToken cancellationToken) =>
        OrderedParallel.SelectAsync(items.PackAsync(time, cancellationToken), throttleLimit, SendPackAsync, cancellationToken).FlattenAsync(cancellationToken);

    /// <summary>What an entry is refused for before it is sent; null when nothing is wrong with it.</summary>
    internal static string? Fault(EventEntry entry) => EntryCheck.Prepare(entry, null).Fault;

    private async IAsyncEnumerable<Outgoing<EventResult?>> PrepareAsync(
        IAsyncEnumerable<EventEntry> entries, PublishOptions options, ApproveChange approve, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (EventEntry given in entries.WithCancellation(cancellationToken))
        {
            (EventEntry entry, string? fault) = EntryCheck.Prepare(given, options.AsIs ? null : () => ids.Next("evt"));
            EventResult? early = fault is null ? null : EventResult.Of(entry, EventStatus.Failed) with { ErrorId = ErrorIds.InvalidEntry, Reason = fault };
            if (early is null)
            {
                Approval approval = await approve(new PlannedChange($"bus {entry.Bus}", $"send {entry.Source}, {entry.DetailType} ({entry.Id ?? "no id"})"), cancellationToken);
                if (approval != Approval.Write)
                    early = EventResult.Of(entry, approval == Approval.WhatIf ? EventStatus.WouldSend : EventStatus.Skipped);
            }

            yield return new Outgoing<EventResult?>(early, early is null ? entry : null);
        }
    }

    private async Task<IEnumerable<(T, EventResult?)>> SendPackAsync<T>(List<Outgoing<T>> pack, CancellationToken cancellationToken)
    {
        EventEntry[] entries = [.. pack.Select(item => item.Entry).OfType<EventEntry>()];
        Queue<EventResult> results = new(entries.Length > 0 ? await SendEntriesAsync(entries, cancellationToken) : []);
        return pack.Select(item => (item.Item, item.Entry is null ? null : results.Dequeue())).ToList();
    }

    private async Task<EventResult[]> SendEntriesAsync(EventEntry[] entries, CancellationToken cancellationToken)
    {
        EventResult[] results = [.. entries.Select(entry => EventResult.Of(entry, EventStatus.Failed))];
        int[] open = [.. Enumerable.Range(0, entries.Length)];
        for (int attempt = 1; ; attempt++)
        {
            List<int> again = [];
            try
            {
                IReadOnlyList<PutEventAnswer> answers = await bus.PutEventsAsync([.. open.Select(index => entries[index])], cancellationToken);
                for (int i = 0; i < open.Length; i++)
                {
                    EventResult result = results[open[i]] = Read(answers[i], results[open[i]] with { Attempts = attempt });
                    if (result.Status == EventStatus.Failed && result.ErrorId is ErrorIds.Throttled or ErrorIds.ServiceUnavailable)
                        again.Add(open[i]);
                }
            }
            catch (ServiceCallException e) when (!e.EndsRun)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (MayBeOfOne(e, [.. open.Select(index => entries[index])]))
                {
                    await SendHalvesAsync(entries, results, open, attempt, cancellationToken);
                    return results;
                }

                foreach (int index in open)
                    results[index] = results[index] with { Attempts = attempt, ErrorId = e.ErrorId, ErrorCode = e.Call.Code, Reason = e.Message };
                int limit = e.ErrorId == ErrorIds.Unreachable ? ItemRetry.AttemptsWhenUnreachable : Attempts;
                again = e.MayPass && attempt < limit ? [.. open] : [];
            }

            if (again.Count == 0 || attempt == Attempts)
                return results;
            open = [.. again];
            await retry.DelayAsync(attempt, cancellationToken);
        }
    }

    /// <summary>The service refused a call as a whole, and does not say for which of its entries: each half for itself, down to the one.</summary>
    private async Task SendHalvesAsync(EventEntry[] entries, EventResult[] results, int[] open, int attempt, CancellationToken cancellationToken)
    {
        int middle = open.Length / 2;
        foreach (int[] half in new[] { open.Take(middle).ToArray(), open.Skip(middle).ToArray() })
        {
            EventResult[] part = await SendEntriesAsync([.. half.Select(index => entries[index])], cancellationToken);
            for (int i = 0; i < half.Length; i++)
                results[half[i]] = part[i] with { Attempts = part[i].Attempts + attempt };
        }
    }

    /// <summary>Whether some of the entries may be taken without the others: permissions are given by bus, source and detail type.</summary>
    private static bool MayBeOfOne(ServiceCallException refusal, EventEntry[] entries) => refusal.ErrorId switch
    {
        ErrorIds.RequestRejected => entries.Length > 1,
        ErrorIds.AccessDenied or ErrorIds.EventBusNotFound => entries.Select(entry => (entry.Bus, entry.Source, entry.DetailType)).Distinct().Skip(1).Any(),
        _ => false,
    };

    private static EventResult Read(PutEventAnswer answer, EventResult result) => answer.EventId is { } id && answer.ErrorCode is null
        ? result with { EventId = id, Status = EventStatus.Sent, ErrorId = null, ErrorCode = null, Reason = null }
        : result with
        {
            ErrorCode = answer.ErrorCode,
            ErrorId = ServiceErrors.EntryErrorId(answer.ErrorCode ?? "") switch { ErrorIds.WriteFailed => ErrorIds.EventRefused, var known => known },
            Reason = $"EventBridge answered {answer.ErrorCode ?? "without an event id"}{(answer.ErrorMessage is { Length: > 0 } words ? $": {words}" : "")}",
        };

    private static string Subject(EventResult result) => $"The event {(result.Id is null ? "" : result.Id + " ")}({result.Source}, {result.DetailType}; bus {result.EventBusName})";
}

/// <summary>Counts what became of events.</summary>
public static class EventTally
{
    /// <summary>A new count.</summary>
    public static Tally<EventStatus> Start() => new((EventStatus.Sent, "sent"), (EventStatus.WouldSend, "would be sent"), (EventStatus.Skipped, "skipped"));
}
