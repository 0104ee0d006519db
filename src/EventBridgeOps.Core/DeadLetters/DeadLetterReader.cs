using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Lists dead letters with the diagnosis of each.</summary>
/// <remarks>Amazon SQS cannot show a message without receiving it: other consumers do not see it while it is read. It is given back right after.</remarks>
/// <param name="queues">Amazon SQS.</param>
/// <param name="finder">Finds queues.</param>
/// <param name="rules">Reads rules.</param>
/// <param name="batch">AWS Batch.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class DeadLetterReader(IDeadLetterQueueApi queues, DeadLetterQueueFinder finder, RuleReader rules, IBatchApi batch, string region, ItemRetry retry)
{
    /// <summary>How long a message is hidden if the program ends before it gives it back.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(60);

    private const int PerCall = 10;

    /// <summary>The dead letters of the queues, by queue, then cause, then time.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="observer">Receives progress, warnings and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the operation. Messages that were received are given back all the same.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a queue is not valid.</exception>
    public async IAsyncEnumerable<DeadLetter> ReadAsync(DeadLetterQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        FailureCount failures = new(observer);
        IReadOnlyList<Arn> found = await finder.FindAsync(query, failures, cancellationToken);
        if (found.Count == 0 && failures.Failures == 0)
            observer.Warning(DeadLetterMessages.NoQueues(query.EventBusName));
        ProgressCount progress = new(observer, DeadLetterMessages.Reading());
        progress.Expect(found.Count);
        await using DeadLetterDoctor doctor = new(rules, batch, region, retry, cancellationToken);
        foreach (Arn arn in found)
        {
            List<DeadLetter>? letters = await ItemGuard.RunAsync<List<DeadLetter>>(() => ReadAsync(arn, query, observer, cancellationToken), arn.Resource, observer, cancellationToken);
            progress.Finish(arn.Resource);
            foreach (DeadLetter letter in (letters ?? []).OrderBy(letter => letter.Cause).ThenBy(letter => letter.SentAt).ThenBy(letter => letter.MessageId, StringComparer.Ordinal))
            {
                Diagnosis diagnosis = await doctor.ExamineAsync(letter);
                yield return letter with { State = diagnosis.State, Diagnosis = observer.Text(diagnosis.Said), TargetId = diagnosis.TargetId };
            }
        }
    }

    private async Task<List<DeadLetter>?> ReadAsync(Arn arn, DeadLetterQuery query, IRunObserver observer, CancellationToken cancellationToken)
    {
        DeadLetterQueue queue = await retry.RunAsync(() => queues.DescribeAsync(arn, cancellationToken), cancellationToken);
        if (queue.MaxReceiveCount is { } most && !query.Force)
            throw new OpsException(ErrorIds.QueueMovesMessages, DeadLetterMessages.QueueMovesMessages(queue.Name, most));
        Dictionary<string, QueueMessage> received = new(StringComparer.Ordinal);
        try
        {
            bool isMore = true;
            while (isMore && received.Count < query.MaxCount)
            {
                IReadOnlyList<QueueMessage> some = await retry.RunAsync(() => queues.ReceiveAsync(queue.Url, Hidden, cancellationToken), cancellationToken);
                isMore = some.Any(message => !received.ContainsKey(message.Id));
                if (!isMore && some.Count > 0) // They were visible again: whether there are others behind them is unknown.
                    observer.Warning(DeadLetterMessages.ReadForLong(queue.Name, received.Count, Hidden.TotalSeconds));
                foreach (QueueMessage message in some)
                    received[message.Id] = message;
            }
        }
        finally
        {
            await ReleaseAsync(queue, [.. received.Values.Select(message => message.ReceiptHandle)], observer);
        }

        if (received.Count >= query.MaxCount)
            observer.Warning(DeadLetterMessages.MaxCountReached(queue.Name, query.MaxCount));
        return [.. received.Values.Take(query.MaxCount).Select(message => DeadLetterText.Read(queue, message))];
    }

    // Also when the run is cancelled: what is not given back stays hidden.
    private async Task ReleaseAsync(DeadLetterQueue queue, IReadOnlyList<string> handles, IRunObserver observer)
    {
        int hidden = 0;
        for (int first = 0; first < handles.Count; first += PerCall)
        {
            string[] some = [.. handles.Skip(first).Take(PerCall)];
            try
            {
                hidden += await queues.ReleaseAsync(queue.Url, some, CancellationToken.None);
            }
            catch (OpsException e)
            {
                hidden += some.Length;
                observer.Verbose(DeadLetterMessages.NotReleased(queue.Name, e));
            }
        }

        if (hidden > 0)
            observer.Warning(DeadLetterMessages.StayHidden(queue.Name, hidden, Hidden.TotalSeconds));
    }
}
