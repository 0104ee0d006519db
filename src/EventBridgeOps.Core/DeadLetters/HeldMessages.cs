using System.Collections.Concurrent;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>The messages of a queue that a run has received. Other consumers do not see them until they are given back, at the latest when this is disposed of.</summary>
/// <remarks>Amazon SQS cannot show a message without receiving it: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html.</remarks>
internal sealed class HeldMessages : IAsyncDisposable
{
    /// <summary>How long a message is hidden if the program ends before it gives it back.</summary>
    public static readonly TimeSpan Hidden = TimeSpan.FromSeconds(60);

    private const int PerCall = 10;

    private readonly IDeadLetterQueueApi _api;
    private readonly IRunObserver _observer;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    private HeldMessages(IDeadLetterQueueApi api, DeadLetterQueue queue, IRunObserver observer, TimeProvider time) => (_api, Queue, _observer, _time) = (api, queue, observer, time);

    /// <summary>The queue.</summary>
    public DeadLetterQueue Queue { get; }

    /// <summary>What was received, in that order.</summary>
    public IReadOnlyList<DeadLetter> Letters { get; private set; } = [];

    /// <summary>Receives messages until there are no more, or as many as the query asks for.</summary>
    /// <param name="api">Amazon SQS.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="query">The query.</param>
    /// <param name="observer">Receives warnings.</param>
    /// <param name="retry">Retries a call.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the calls. What was received by then is given back; a call that has begun ends, since what it would receive would stay hidden.</param>
    /// <exception cref="OpsException">A call failed, or the queue would move messages that are received.</exception>
    public static async Task<HeldMessages> ReceiveAsync(IDeadLetterQueueApi api, DeadLetterQueue queue, DeadLetterQuery query, IRunObserver observer, ItemRetry retry, TimeProvider time, CancellationToken cancellationToken)
    {
        if (queue.MaxReceiveCount is { } most && !query.Force)
            throw new OpsException(ErrorIds.QueueMovesMessages, DeadLetterMessages.QueueMovesMessages(queue.Name, most));
        HeldMessages messages = new(api, queue, observer, time);
        try
        {
            await messages.ReceiveAsync(query.MaxCount, retry, cancellationToken);
            return messages;
        }
        catch
        {
            await messages.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sees to it that a message stays hidden for long enough to deliver it.</summary>
    /// <param name="letter">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OpsException">It could not be hidden for longer: another consumer may have received it.</exception>
    public async Task HoldAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (!_held.TryGetValue(letter.MessageId, out Held? held))
            throw new OpsException(ErrorIds.ResourceNotFound, DeadLetterMessages.NotHeld(letter));
        if (_time.GetUtcNow() < held.Since + TimeSpan.FromTicks(Hidden.Ticks / 2))
            return;
        DateTimeOffset now = _time.GetUtcNow();
        if (await _api.HideAsync(Queue.Url, [held.Handle], Hidden, cancellationToken) > 0)
            throw new OpsException(ErrorIds.ResourceNotFound, DeadLetterMessages.NotHeld(letter));
        _held[letter.MessageId] = held with { Since = now };
    }

    /// <summary>Deletes a message from the queue.</summary>
    /// <param name="letter">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OpsException">It could not be deleted.</exception>
    public async Task DeleteAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (!_held.TryGetValue(letter.MessageId, out Held? held))
            throw new OpsException(ErrorIds.ResourceNotFound, DeadLetterMessages.NotHeld(letter));
        await _api.DeleteAsync(Queue.Url, held.Handle, cancellationToken);
        _held.TryRemove(letter.MessageId, out _);
    }

    /// <summary>Leaves a message hidden until its time is over, and does not give it back.</summary>
    /// <param name="letter">The message.</param>
    public void Leave(DeadLetter letter) => _held.TryRemove(letter.MessageId, out _);

    /// <summary>Gives back all messages that were not deleted, also when the run is cancelled: what is not given back stays hidden.</summary>
    public async ValueTask DisposeAsync()
    {
        string[] handles = [.. _held.Values.Select(held => held.Handle)];
        _held.Clear();
        IEnumerable<string[]> calls = Enumerable.Range(0, (handles.Length + PerCall - 1) / PerCall).Select(call => handles.Skip(call * PerCall).Take(PerCall).ToArray());
        int hidden = 0;
        await foreach (int some in OrderedParallel.SelectAsync(Streams.From(calls), ThrottleLimits.Default, (some, _) => ReleaseAsync(some), CancellationToken.None))
            hidden += some;

        if (hidden > 0)
            _observer.Warning(DeadLetterMessages.StayHidden(Queue.Name, hidden, Hidden.TotalSeconds));
    }

    /// <summary>Shows messages again.</summary>
    /// <returns>How many stay hidden.</returns>
    private async Task<int> ReleaseAsync(string[] handles)
    {
        try
        {
            return await _api.HideAsync(Queue.Url, handles, TimeSpan.Zero, CancellationToken.None);
        }
        catch (OpsException e)
        {
            _observer.Verbose(DeadLetterMessages.NotReleased(Queue.Name, e));
            return handles.Length;
        }
    }

    private async Task ReceiveAsync(int most, ItemRetry retry, CancellationToken cancellationToken)
    {
        List<DeadLetter> letters = [];
        bool isMore = true;
        while (isMore && letters.Count < most)
        {
            DateTimeOffset now = _time.GetUtcNow();
            IReadOnlyList<QueueMessage> some = await retry.RunAsync(() => GracePeriod.RunAsync(_time, over => _api.ReceiveAsync(Queue.Url, Hidden, over), cancellationToken), cancellationToken);
            isMore = false;
            foreach (QueueMessage message in some)
            {
                if (!_held.ContainsKey(message.Id))
                {
                    isMore = true;
                    letters.Add(DeadLetterText.Read(Queue, message));
                }

                _held[message.Id] = new Held(message.ReceiptHandle, now);
            }

            if (!isMore && some.Count > 0) // They were visible again: whether there are others behind them is unknown.
                _observer.Warning(DeadLetterMessages.ReadForLong(Queue.Name, letters.Count, Hidden.TotalSeconds));
        }

        if (letters.Count >= most)
            _observer.Warning(DeadLetterMessages.MaxCountReached(Queue.Name, most));
        else if (Queue.IsFifo && Queue.VisibleCount > letters.Count)
            _observer.Warning(DeadLetterMessages.NotAllOfFifo(Queue.Name, Queue.VisibleCount, letters.Count));
        Letters = [.. letters.Take(most)];
    }

    private sealed record Held(string Handle, DateTimeOffset Since);
}
