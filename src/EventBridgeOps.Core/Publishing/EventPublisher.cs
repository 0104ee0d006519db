using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Publishing;

/// <summary>Sends events in as few calls as possible, several calls at a time; each entry has exactly one result, in the order of the input.</summary>
/// <remarks>
/// Only failed entries are sent again, and only when the error may be transient, as long as <see cref="ItemRetry"/> allows. An invalid entry fails alone,
/// before anything is sent. The input is read as fast as it is sent, so that a stream of any length uses the same amount of memory.
/// </remarks>
/// <param name="bus">The event buses.</param>
/// <param name="presence">Looks whether an event bus exists.</param>
/// <param name="ids">Creates new IDs.</param>
/// <param name="retry">How to wait between attempts.</param>
/// <param name="time">The clock.</param>
public sealed class EventPublisher(IEventBusApi bus, BusPresence presence, IdSource ids, ItemRetry retry, TimeProvider time)
{
    /// <summary>Looks whether event buses exist.</summary>
    internal BusPresence Presence => presence;

    /// <summary>Sends the entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="options">The options.</param>
    /// <param name="approve">Asks whether to send an entry.</param>
    /// <param name="observer">Receives progress and failures; the run continues.</param>
    /// <param name="cancellationToken">Cancels the run immediately; entries in flight may have been accepted.</param>
    /// <returns>One result for each entry, in their order.</returns>
    /// <exception cref="OpsException">Nothing that follows could succeed: no credentials, a bad option.</exception>
    public async IAsyncEnumerable<EventResult> PublishAsync(
        IAsyncEnumerable<EventEntry> entries, PublishOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        int done = 0;
        using RepeatedFaults faults = new(observer);
        await foreach ((EventResult? early, EventResult? sent) in SendAsync(PrepareAsync(entries, options, approve, observer, cancellationToken), options.ThrottleLimit, observer.Voice, cancellationToken)
            .EndingEarly(each => each.Result is { Status: EventStatus.Failed } failed ? Error(failed) : null))
        {
            EventResult result = sent ?? early!;
            if (result.Status == EventStatus.Failed)
                faults.Failed(new ItemFailure(Error(result), result));
            observer.Progress(new RunProgress(PublishingMessages.SendingEvents(), ++done, null, result.Id));
            yield return result;
        }
    }

    private static OpsException Error(EventResult failed) => new(failed.ErrorId!, PublishingMessages.NotSent(failed.Origin, failed.Id, failed.Source, failed.DetailType, failed.EventBusName, failed.Reason));

    /// <summary>Sends what has an entry; all come out in their order, with the result of what was sent.</summary>
    internal IAsyncEnumerable<(T Item, EventResult? Result)> SendAsync<T>(IAsyncEnumerable<Outgoing<T>> items, int throttleLimit, IVoice voice, CancellationToken cancellationToken) =>
        OrderedParallel.SelectAsync(items.PackAsync(time, cancellationToken), throttleLimit, (pack, token) => SendPackAsync(pack, voice, token), cancellationToken).FlattenAsync(cancellationToken);

    /// <summary>Why an entry is rejected before it is sent; null when it is valid.</summary>
    internal static Message? Fault(EventEntry entry) => EntryCheck.Prepare(entry, null).Fault;

    private async IAsyncEnumerable<Outgoing<EventResult?>> PrepareAsync(
        IAsyncEnumerable<EventEntry> entries, PublishOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProjectContract? contract = options.Project is null ? null : ProjectContract.Read(options.Project);
        HashSet<(string, string)> undescribed = [];
        await foreach (EventEntry given in entries.WithCancellation(cancellationToken))
        {
            if (contract?.Describes(given.Source, given.DetailType) == false && undescribed.Add((given.Source, given.DetailType)))
                observer.Warning(ProjectMessages.NotDescribed(given.Source, given.DetailType));
            Message? violation = contract?.Fault(given);
            (EventEntry entry, Message? fault) = EntryCheck.Prepare(given, options.AsIs ? null : () => given.EventId ?? ids.Next("evt"));
            // An ID is added only where the schema allows it: consumers check what they receive.
            if (violation is null && fault is null && contract?.Fault(entry) is not null)
                (entry, fault) = EntryCheck.Prepare(given, null);
            EventResult? early = fault is null ? null : EventResult.Of(entry, EventStatus.Failed) with { ErrorId = ErrorIds.InvalidEntry, Reason = observer.Text(fault) };
            if (early is null && violation is not null)
                early = EventResult.Of(entry, EventStatus.Failed) with { ErrorId = ErrorIds.SchemaViolated, Reason = observer.Text(violation) };
            if (early is null && await presence.FaultAsync(entry.EventBusName, observer, cancellationToken) is { } absence)
                early = EventResult.Of(entry, EventStatus.Failed) with { ErrorId = ErrorIds.EventBusNotFound, Reason = observer.Text(absence) };
            if (early is null)
            {
                Approval approval = await approve(new PlannedChange(observer.Text(PublishingMessages.EventBus(entry.Bus)), PublishingMessages.Send(entry.Source, entry.DetailType, entry.Id, new DetailPreview(entry.Detail))), cancellationToken);
                if (approval != Approval.Write)
                    early = EventResult.Of(entry, approval == Approval.WhatIf ? EventStatus.WouldSend : EventStatus.Skipped);
            }

            yield return new Outgoing<EventResult?>(early, early is null ? entry : null);
        }
    }

    private async Task<IEnumerable<(T, EventResult?)>> SendPackAsync<T>(List<Outgoing<T>> pack, IVoice voice, CancellationToken cancellationToken)
    {
        EventEntry[] entries = [.. pack.Select(item => item.Entry).OfType<EventEntry>()];
        Queue<EventResult> results = new(entries.Length > 0 ? await SendEntriesAsync(entries, voice, cancellationToken) : []);
        return pack.Select(item => (item.Item, item.Entry is null ? null : results.Dequeue())).ToList();
    }

    private async Task<EventResult[]> SendEntriesAsync(EventEntry[] entries, IVoice voice, CancellationToken cancellationToken)
    {
        EventResult[] results = [.. entries.Select(entry => EventResult.Of(entry, EventStatus.Failed))];
        int[] open = [.. Enumerable.Range(0, entries.Length)];
        RetryBudget budget = retry.Start();
        for (int attempt = 1; ; attempt++)
        {
            List<int> again = [];
            OpsException? fault = null;
            try
            {
                IReadOnlyList<PutEventAnswer> answers = await bus.PutEventsAsync([.. open.Select(index => entries[index])], cancellationToken);
                for (int i = 0; i < open.Length; i++)
                {
                    EventResult result = results[open[i]] = Read(answers[i], results[open[i]] with { Attempts = attempt }, voice);
                    if (result.Status == EventStatus.Failed && result.ErrorId is ErrorIds.Throttled or ErrorIds.ServiceUnavailable)
                        again.Add(open[i]);
                }
            }
            catch (ServiceCallException e) when (!e.EndsRun)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (MayBeOfOne(e, [.. open.Select(index => entries[index])]))
                {
                    await SendHalvesAsync(entries, results, open, attempt, voice, cancellationToken);
                    return results;
                }

                foreach (int index in open)
                    results[index] = results[index] with { Attempts = attempt, ErrorId = e.ErrorId, ErrorCode = e.Call.Code, Reason = e.In(voice).Message };
                again = [.. open];
                fault = e;
            }

            if (again.Count == 0 || !await (fault is null ? budget.WaitAsync(cancellationToken) : budget.WaitAsync(fault, cancellationToken)))
                return results;
            open = [.. again];
        }
    }

    /// <summary>The service rejected a whole call without naming the entry: sends each half by itself, down to a single entry.</summary>
    private async Task SendHalvesAsync(EventEntry[] entries, EventResult[] results, int[] open, int attempt, IVoice voice, CancellationToken cancellationToken)
    {
        int middle = open.Length / 2;
        foreach (int[] half in new[] { open.Take(middle).ToArray(), open.Skip(middle).ToArray() })
        {
            EventResult[] part = await SendEntriesAsync([.. half.Select(index => entries[index])], voice, cancellationToken);
            for (int i = 0; i < half.Length; i++)
                results[half[i]] = part[i] with { Attempts = part[i].Attempts + attempt };
        }
    }

    /// <summary>Whether some of the entries may be accepted without the others: permissions are given by bus, source and detail type.</summary>
    private static bool MayBeOfOne(ServiceCallException refusal, EventEntry[] entries) => refusal.ErrorId switch
    {
        ErrorIds.RequestRejected => entries.Length > 1,
        ErrorIds.AccessDenied or ErrorIds.EventBusNotFound => entries.Select(entry => (entry.Bus, entry.Source, entry.DetailType)).Distinct().Skip(1).Any(),
        _ => false,
    };

    private static EventResult Read(PutEventAnswer answer, EventResult result, IVoice voice) => answer.EventId is { } id && answer.ErrorCode is null
        ? result with { EventId = id, Status = EventStatus.Sent, ErrorId = null, ErrorCode = null, Reason = null }
        : result with
        {
            ErrorCode = answer.ErrorCode,
            ErrorId = ServiceErrors.EntryErrorId(answer.ErrorCode ?? "") switch { ErrorIds.WriteFailed => ErrorIds.EventRefused, var known => known },
            Reason = PublishingMessages.Rejected(answer.ErrorCode, answer.ErrorMessage).In(voice),
        };
}

/// <summary>Counts the outcomes of events.</summary>
public static class EventTally
{
    /// <summary>Starts a count.</summary>
    public static Tally<EventStatus> Start() => new(
        (EventStatus.Sent, PublishingMessages.Sent()), (EventStatus.WouldSend, PublishingMessages.WouldBeSent()), (EventStatus.Skipped, PublishingMessages.Skipped()));
}
