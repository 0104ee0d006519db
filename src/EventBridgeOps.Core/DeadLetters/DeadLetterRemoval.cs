using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Removes dead letters from their queues without delivering their events.</summary>
/// <param name="reader">Reads queues.</param>
public sealed class DeadLetterRemoval(DeadLetterReader reader)
{
    /// <summary>Removes the dead letters, and returns the outcome of each: by queue, then cause, then time.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="approve">Asks for approval of each removal.</param>
    /// <param name="observer">Receives progress, warnings and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the run. All messages that were not removed are given back.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a queue is not valid.</exception>
    public async IAsyncEnumerable<DeadLetterResult> RunAsync(DeadLetterQuery query, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        ProgressCount progress = new(observer, DeadLetterMessages.Removing());
        foreach (Arn arn in await reader.FindAsync(query, observer, cancellationToken))
        {
            await using HeldMessages? held = await ItemGuard.RunAsync<HeldMessages>(async () => await reader.HoldAsync(arn, query, observer, cancellationToken), arn.Resource, observer, cancellationToken);
            if (held is null)
                continue;
            DeadLetter[] letters = [.. DeadLetterReader.Select(held.Letters, query)];
            progress.Expect(letters.Length);
            foreach (DeadLetter letter in letters)
            {
                DeadLetterResult result = new(letter);
                Approval answer = await approve(new PlannedChange(letter.ToString(), DeadLetterMessages.Remove(letter.DetailType, letter.Source)), cancellationToken);
                yield return answer switch
                {
                    Approval.WhatIf => result with { Status = DeadLetterStatus.WouldRemove },
                    Approval.Declined => result with { Status = DeadLetterStatus.Skipped, Reason = observer.Text(ChangeMessages.Declined()) },
                    _ => await RemoveAsync(held, letter, result, observer, cancellationToken),
                };
                progress.Finish(letter.MessageId);
            }
        }
    }

    private static async Task<DeadLetterResult> RemoveAsync(HeldMessages held, DeadLetter letter, DeadLetterResult result, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            // The user may have thought about it for longer than the message is hidden.
            await held.HoldAsync(letter, cancellationToken);
            await held.DeleteAsync(letter, cancellationToken);
            return result with { Status = DeadLetterStatus.Removed };
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DeadLetterResult failed = result with { Status = DeadLetterStatus.Failed, Reason = observer.Text(e), ErrorId = e.ErrorId };
            observer.Failed(new ItemFailure(e, failed));
            return failed;
        }
    }
}
