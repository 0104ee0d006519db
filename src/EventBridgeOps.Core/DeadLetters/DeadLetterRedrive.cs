using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Delivers dead letters to their target alone, and deletes each from its queue after the target has accepted it.</summary>
/// <remarks>
/// EventBridge has no call for this, so the target is called as EventBridge calls it. The journal records each delivery before and after it:
/// a run that was interrupted, however it ended, can be repeated, and an event that was accepted is not delivered again.
/// </remarks>
/// <param name="reader">Reads queues.</param>
/// <param name="sources">What a diagnosis is made from.</param>
/// <param name="api">The targets.</param>
/// <param name="identity">Who is calling, for the journal.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="journal">The journal.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class DeadLetterRedrive(DeadLetterReader reader, DiagnosisSources sources, IDeliveryApi api, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
{
    /// <summary>Delivers the events whose cause is gone, and returns the outcome of each dead letter: by queue, then cause, then time.</summary>
    /// <param name="options">Which ones, and how.</param>
    /// <param name="approve">Asks for approval of each delivery.</param>
    /// <param name="observer">Receives progress, warnings and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the run. Deliveries that have begun are finished, and all other messages are given back.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, a queue is not valid, or the journal cannot be written.</exception>
    public async IAsyncEnumerable<DeadLetterResult> RunAsync(RedriveOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        IReadOnlyList<Arn> found = await reader.FindAsync(options, observer, cancellationToken);
        if (found.Count == 0)
            yield break;
        LetterSender sender = Open(options.ChangeStarted, observer, cancellationToken);
        await using DeadLetterDoctor doctor = sources.Open(cancellationToken);
        ProgressCount progress = new(observer, DeadLetterMessages.Redriving());
        foreach (Arn arn in found)
        {
            await using HeldMessages? held = await ItemGuard.RunAsync<HeldMessages>(async () => await reader.HoldAsync(arn, options, observer, cancellationToken), arn.Resource, observer, cancellationToken);
            if (held is null)
                continue;
            DeadLetter[] letters = [.. DeadLetterReader.Select(held.Letters, options)];
            Round round = new(held, doctor, sender, await sender.EarlierAsync(letters, cancellationToken), options, approve, observer);
            progress.Expect(letters.Length);
            await foreach ((DeadLetterResult result, OpsException? error) in round.RunAsync(letters, cancellationToken))
            {
                progress.Finish(result.MessageId);
                if (error is not null)
                    observer.Failed(new ItemFailure(error, result));
                yield return result;
            }
        }
    }

    /// <summary>What delivers letters in one change.</summary>
    internal LetterSender Open(Action<string>? started, IRunObserver observer, CancellationToken cancellationToken) =>
        new(api, journal, new ChangeRecorder(journal, identity, new ChangeOrigin(ChangeKind.Redrive, region, null), started, observer, cancellationToken), observer, retry, time);

    /// <summary>The messages of one queue.</summary>
    private sealed class Round(HeldMessages held, DeadLetterDoctor doctor, LetterSender sender, IReadOnlyDictionary<ResourceId, LastWrite> earlier, RedriveOptions options, ApproveChange approve, IRunObserver observer)
    {
        public IAsyncEnumerable<(DeadLetterResult Result, OpsException? Error)> RunAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => OrderedParallel.SelectAsync(
            ApproveAsync(OrderedParallel.SelectAsync(Streams.From(letters), options.ThrottleLimit, async (letter, _) => (letter, await doctor.ExamineAsync(letter)), cancellationToken), cancellationToken),
            options.ThrottleLimit,
            async (item, token) => item.Delivery is { } delivery ? await DeliverAsync(item.Result, delivery, token) : (item.Result, null),
            cancellationToken);

        private async IAsyncEnumerable<(DeadLetterResult Result, LetterDelivery? Delivery)> ApproveAsync(IAsyncEnumerable<(DeadLetter Letter, Diagnosis Diagnosis)> examined, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach ((DeadLetter letter, Diagnosis diagnosis) in examined.WithCancellation(cancellationToken))
            {
                DeadLetterResult result = new(letter) { TargetId = diagnosis.TargetId };
                LastWrite? before = Earlier(letter);
                bool isDelivered = before is { Status: ChangeItemStatus.Written };
                if (diagnosis.Delivery is not { } delivery)
                    yield return (result with { Status = diagnosis.State == DeadLetterState.NotRedrivable ? DeadLetterStatus.NotRedrivable : DeadLetterStatus.Kept, Reason = observer.Text(diagnosis.Said) }, null);
                else if (diagnosis.State != DeadLetterState.Ready && !options.Force && !isDelivered)
                    yield return (result with { Status = DeadLetterStatus.Kept, Reason = observer.Text(diagnosis.Said) }, null);
                else
                {
                    Message action = isDelivered ? DeadLetterMessages.DeleteDelivered(before!.ChangeId) : DeadLetterMessages.Deliver(delivery.Operation, delivery.To.ToString(), letter.EventBusName, letter.RuleName);
                    yield return await approve(new PlannedChange(letter.ToString(), action), cancellationToken) switch
                    {
                        Approval.WhatIf => (result with { Status = DeadLetterStatus.WouldRedrive, Reason = observer.Text(diagnosis.Said) }, null),
                        Approval.Declined => (result with { Status = DeadLetterStatus.Skipped, Reason = observer.Text(ChangeMessages.Declined()) }, null),
                        _ => (result, delivery),
                    };
                }
            }
        }

        private async Task<(DeadLetterResult Result, OpsException? Error)> DeliverAsync(DeadLetterResult result, LetterDelivery delivery, CancellationToken cancellationToken)
        {
            try
            {
                await held.HoldAsync(delivery.Letter, cancellationToken);
                SentLetter sent = await sender.SendAsync(delivery, Earlier(delivery.Letter), options.Force, cancellationToken);
                Message? reason = sent.Reason;
                if (sent.Status == DeadLetterStatus.Redriven)
                    reason = await DeleteAsync(delivery.Letter) ?? reason;
                else if (sent.Status == DeadLetterStatus.Unconfirmed)
                    held.Leave(delivery.Letter); // The call may still be on its way.
                return (result with { Status = sent.Status, DeliveryId = sent.DeliveryId, ChangeId = sent.ChangeId, Reason = reason is null ? null : observer.Text(reason), ErrorId = sent.Error?.ErrorId }, sent.Error);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return (result with { Status = DeadLetterStatus.Failed, Reason = observer.Text(e), ErrorId = e.ErrorId }, e);
            }
        }

        /// <summary>Deletes a message whose event was delivered, also when the run is cancelled; what went wrong is a warning, since the next run deletes it.</summary>
        private async Task<Message?> DeleteAsync(DeadLetter letter)
        {
            try
            {
                await held.DeleteAsync(letter, CancellationToken.None);
                return null;
            }
            catch (OpsException e)
            {
                Message reason = DeadLetterMessages.NotDeleted(e);
                observer.Warning(reason);
                return reason;
            }
        }

        private LastWrite? Earlier(DeadLetter letter) => earlier.TryGetValue(letter.Name, out LastWrite? last) ? last : null;
    }
}
