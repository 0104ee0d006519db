using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.DeadLetters;

/// <summary>What became of a delivery.</summary>
/// <param name="Status">The outcome.</param>
internal sealed record SentLetter(DeadLetterStatus Status)
{
    /// <summary>The ID that the target gave to what it received; null if it gave none.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>The change in the journal; null if nothing was sent.</summary>
    public string? ChangeId { get; init; }

    /// <summary>Why, if the status alone does not explain it.</summary>
    public Message? Reason { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public OpsException? Error { get; init; }
}

/// <summary>Delivers dead letters, each once: the journal records a delivery before and after it, and what an earlier run recorded is not done again.</summary>
/// <param name="api">The services.</param>
/// <param name="journal">The journal.</param>
/// <param name="recorder">The change of this run.</param>
/// <param name="observer">The voice of the front end.</param>
/// <param name="retry">Retries what was throttled.</param>
/// <param name="time">The clock.</param>
internal sealed class LetterSender(IDeliveryApi api, ChangeJournal journal, ChangeRecorder recorder, IRunObserver observer, ItemRetry retry, TimeProvider time)
{
    /// <summary>For how long the journal is searched for a message without a time: Amazon SQS deletes it after 14 days at the latest.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(15);

    /// <summary>How far the clocks of the services and this one may be apart. The SDK corrects the signatures, so nothing limits it.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    /// <summary>What earlier runs did with messages. The journal is read back to the oldest of them.</summary>
    /// <param name="letters">The messages.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyDictionary<ResourceId, LastWrite>> EarlierAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellationToken)
    {
        if (letters.Count == 0)
            return new Dictionary<ResourceId, LastWrite>();
        // A parked message is younger than what was done with it before.
        DateTimeOffset oldest = letters.Min(letter => letter.Origin is null && letter.SentAt is { } sent ? sent - Skew : time.GetUtcNow() - Memory);
        return await journal.LastOfEachAsync(ChangeItemKind.DeadLetter, oldest, observer, cancellationToken);
    }

    /// <summary>Delivers a letter, unless an earlier run did.</summary>
    /// <param name="delivery">The call.</param>
    /// <param name="earlier">What an earlier run did; null for nothing.</param>
    /// <param name="force">Whether to deliver it although it is unknown whether an earlier run did.</param>
    /// <param name="cancellationToken">Cancels the delivery before it begins. One that has begun may take some seconds more.</param>
    public async Task<SentLetter> SendAsync(LetterDelivery delivery, LastWrite? earlier, bool force, CancellationToken cancellationToken)
    {
        if (earlier is { Status: ChangeItemStatus.Written })
            return new(DeadLetterStatus.Redriven) { DeliveryId = earlier.To, ChangeId = earlier.ChangeId, Reason = DeadLetterMessages.DeliveredBefore(earlier.ChangeId) };
        if (earlier is { Status: ChangeItemStatus.InFlight })
        {
            if (await FindAsync(delivery, earlier.ChangeId, earlier.Time, cancellationToken) is { } found)
                return found;
            if (!force && time.GetUtcNow() - earlier.Time >= delivery.TakenOnceFor)
                return InDoubt(earlier.ChangeId, new OpsException(ErrorIds.NotVerified, DeadLetterMessages.StillInDoubt(earlier.ChangeId)));
        }

        return await SendAsync(delivery, cancellationToken);
    }

    private async Task<SentLetter> SendAsync(LetterDelivery delivery, CancellationToken cancellationToken)
    {
        ResourceId name = delivery.Letter.Name;
        DateTimeOffset began = time.GetUtcNow();
        await recorder.AppendAsync(JournalLineType.Writing, [new JournalItem(name) { From = delivery.To.ToString(), After = Document.Write(Announcement(delivery)) }], isRevert: false, cancellationToken);
        string? id = null;
        OpsException? error = null;
        try
        {
            id = await SendInTimeAsync(delivery, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return InDoubt(recorder.ChangeId, new OpsException(ErrorIds.NotVerified, DeadLetterMessages.InDoubt(delivery.Operation, new OpsException(ErrorIds.NotVerified, DeadLetterMessages.CancelledInFlight()))));
        }
        catch (ServiceCallException e) when (e.MayHaveArrived)
        {
            return await FindAsync(delivery, recorder.ChangeId!, began, CancellationToken.None)
                ?? InDoubt(recorder.ChangeId, new OpsException(ErrorIds.NotVerified, DeadLetterMessages.InDoubt(delivery.Operation, e)));
        }
        catch (OpsException e)
        {
            error = e;
        }

        await recorder.AppendAsync(JournalLineType.Written, [new JournalItem(name) { To = id, Error = error is null ? null : observer.Text(error) }], isRevert: false, CancellationToken.None);
        if (error is { EndsRun: true })
            throw error;
        return error is null
            ? new(DeadLetterStatus.Redriven) { DeliveryId = id, ChangeId = recorder.ChangeId }
            : new(DeadLetterStatus.Failed) { ChangeId = recorder.ChangeId, Reason = DeadLetterMessages.Said(error), Error = error };
    }

    /// <summary>Looks for the effect of a call whose outcome is unknown, and records it.</summary>
    private async Task<SentLetter?> FindAsync(LetterDelivery delivery, string change, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await retry.RunAsync(() => delivery.FindAsync(api, since - Skew, cancellationToken), cancellationToken) is not { } id)
            return null;
        await journal.AppendAsync(new JournalLine(change, JournalLineType.Written) { Items = [new JournalItem(delivery.Letter.Name) { To = id }] }, CancellationToken.None);
        return new(DeadLetterStatus.Redriven) { DeliveryId = id, ChangeId = change, Reason = DeadLetterMessages.FoundDelivered(change, id) };
    }

    private static SentLetter InDoubt(string? change, OpsException error) => new(DeadLetterStatus.Unconfirmed) { ChangeId = change, Reason = DeadLetterMessages.Said(error), Error = error };

    private Task<string?> SendInTimeAsync(LetterDelivery delivery, CancellationToken cancellationToken) => GracePeriod.RunAsync(
        time,
        async over =>
        {
            RetryBudget budget = retry.Start();
            while (true)
            {
                try
                {
                    return await delivery.SendAsync(api, over);
                }
                catch (ServiceCallException e) when (e.ErrorId == ErrorIds.Throttled && !cancellationToken.IsCancellationRequested)
                {
                    if (!await budget.WaitAsync(e, over))
                        throw;
                }
            }
        },
        cancellationToken);

    /// <summary>What the journal says of a delivery; the event itself may be large, and may contain secrets.</summary>
    private static JsonObject Announcement(LetterDelivery delivery) => new()
    {
        ["operation"] = delivery.Operation,
        ["eventId"] = delivery.Letter.EventId,
        ["eventBusName"] = delivery.Letter.EventBusName,
        ["ruleName"] = delivery.Letter.RuleName,
        ["cause"] = delivery.Letter.Cause.ToString(),
    };
}
