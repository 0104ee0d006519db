using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>The answers of one call that waited for messages.</summary>
/// <param name="Messages">The messages; empty if none arrived.</param>
/// <param name="Asked">When the call began, as a timestamp of the clock.</param>
/// <param name="Answered">When it ended.</param>
internal sealed record Arrivals(IReadOnlyList<TestMessage> Messages, long Asked, long Answered);

/// <summary>Receives messages of a queue, with several calls at a time.</summary>
/// <param name="queues">The queues.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class ArrivalStream(ITestQueueApi queues, ItemRetry retry, TimeProvider time)
{
    /// <summary>How long a call waits for messages, and so how long nothing must arrive until it is quiet.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>Receives until the caller stops reading. Each answer is returned, also an empty one.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="calls">How many calls wait at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<Arrivals> ReadAsync(string queueUrl, int calls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Arrivals> arrivals = Channel.CreateBounded<Arrivals>(calls);
        Task[] receivers = [.. Enumerable.Range(0, calls).Select(_ => Task.Run(() => ReceiveAsync(queueUrl, arrivals.Writer, ended.Token), CancellationToken.None))];
        try
        {
            while (await arrivals.Reader.WaitToReadAsync(cancellationToken))
            {
                while (arrivals.Reader.TryRead(out Arrivals? answer))
                    yield return answer;
            }
        }
        finally
        {
            ended.Cancel();
            await Task.WhenAll(receivers);
        }
    }

    private async Task ReceiveAsync(string queueUrl, ChannelWriter<Arrivals> writer, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                long asked = time.GetTimestamp();
                IReadOnlyList<TestMessage> messages = await retry.RunAsync(() => queues.ReceiveAsync(queueUrl, Wait, cancellationToken), cancellationToken);
                await writer.WriteAsync(new Arrivals(messages, asked, time.GetTimestamp()), cancellationToken);
            }
        }
        catch (Exception e)
        {
            writer.TryComplete(e);
        }
    }
}
