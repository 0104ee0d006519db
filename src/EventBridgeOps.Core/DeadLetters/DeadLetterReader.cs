using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Lists dead letters with the diagnosis of each.</summary>
/// <remarks>Amazon SQS cannot show a message without receiving it: other consumers do not see it while it is read. It is given back right after.</remarks>
/// <param name="queues">Amazon SQS.</param>
/// <param name="finder">Finds queues.</param>
/// <param name="sources">What a diagnosis needs.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class DeadLetterReader(IDeadLetterQueueApi queues, DeadLetterQueueFinder finder, DiagnosisSources sources, ItemRetry retry, TimeProvider time)
{
    /// <summary>The dead letters of the queues, by queue, then cause, then time.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="observer">Receives progress, warnings and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the operation. Messages that were received are given back all the same.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a queue is not valid.</exception>
    public async IAsyncEnumerable<DeadLetter> ReadAsync(DeadLetterQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        ProgressCount progress = new(observer, DeadLetterMessages.Reading());
        IReadOnlyList<Arn> found = await FindAsync(query, observer, cancellationToken);
        progress.Expect(found.Count);
        await using DeadLetterDoctor doctor = sources.Open(cancellationToken);
        foreach (Arn arn in found)
        {
            IReadOnlyList<DeadLetter>? letters = await ItemGuard.RunAsync<IReadOnlyList<DeadLetter>>(
                async () =>
                {
                    await using HeldMessages held = await HoldAsync(arn, query, observer, cancellationToken);
                    return held.Letters;
                },
                arn.Resource,
                observer,
                cancellationToken);
            progress.Finish(arn.Resource);
            foreach (DeadLetter letter in Select(letters ?? [], query))
            {
                Diagnosis diagnosis = await doctor.ExamineAsync(letter);
                yield return letter with { State = diagnosis.State, Diagnosis = observer.Text(diagnosis.Said), TargetId = diagnosis.TargetId };
            }
        }
    }

    /// <summary>The queues, with a warning if there are none.</summary>
    internal async Task<IReadOnlyList<Arn>> FindAsync(DeadLetterQuery query, IRunObserver observer, CancellationToken cancellationToken)
    {
        FailureCount failures = new(observer);
        IReadOnlyList<Arn> found = await finder.FindAsync(query, failures, cancellationToken);
        if (found.Count == 0 && failures.Failures == 0)
            observer.Warning(DeadLetterMessages.NoQueues(query.EventBusName));
        return found;
    }

    /// <summary>Receives the messages of a queue.</summary>
    internal async Task<HeldMessages> HoldAsync(Arn arn, DeadLetterQuery query, IRunObserver observer, CancellationToken cancellationToken)
    {
        DeadLetterQueue queue = await retry.RunAsync(() => queues.DescribeAsync(arn, cancellationToken), cancellationToken);
        HeldMessages held = await HeldMessages.ReceiveAsync(queues, queue, query, observer, retry, time, cancellationToken);
        // They were hidden before; what another run or a consumer hides comes back, or is deleted.
        if (queue.HiddenCount > 0)
            observer.Warning(DeadLetterMessages.HiddenByOthers(queue.Name, queue.HiddenCount));
        return held;
    }

    /// <summary>The letters that a query asks for, in the order in which they are shown.</summary>
    internal static IEnumerable<DeadLetter> Select(IEnumerable<DeadLetter> letters, DeadLetterQuery query)
    {
        DeadLetterFilter filter = new(query);
        return letters.Where(filter.Has).OrderBy(letter => letter.Cause).ThenBy(letter => letter.SentAt).ThenBy(letter => letter.MessageId, StringComparer.Ordinal);
    }
}
