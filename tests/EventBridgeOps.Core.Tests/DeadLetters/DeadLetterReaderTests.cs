using System.Text.Json.Nodes;
using EventBridgeOps.Buses;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Core.Tests.DeadLetters;

public sealed class DeadLetterReaderTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "Reading queue q took longer than the 60 seconds for which its messages are hidden, so it can contain more than the 2 messages that were read.")]
    public async Task A_queue_whose_messages_come_again_may_contain_more(int again, string? expected)
    {
        using Run run = new(new FakeAccount());
        FakeQueue queue = new(again);

        List<DeadLetter> letters = await Reader(run, queue).ReadAsync(new DeadLetterQuery { QueueName = ["arn:aws:sqs:eu-west-1:123456789012:q"] }, run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal(["m0", "m1"], letters.Select(letter => letter.MessageId));
        Assert.Equal(expected is null ? [] : [expected], run.Warnings);
        Assert.Equal(2, queue.Released);
    }

    [Fact]
    public async Task What_is_received_while_the_run_is_cancelled_is_given_back()
    {
        using Run run = new(new FakeAccount());
        using CancellationTokenSource cancel = new();
        FakeQueue queue = new(0) { OnReceive = cancel.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Reader(run, queue).ReadAsync(new DeadLetterQuery { QueueName = ["arn:aws:sqs:eu-west-1:123456789012:q"] }, run, cancel.Token).ToListAsync(Run.Token));

        Assert.Equal(2, queue.Released);
    }

    private static DeadLetterReader Reader(Run run, FakeQueue queue)
    {
        DeadLetterQueueFinder finder = new(run.Rules, new EventBusReader(run.Account, run.Retry), NoResources.Instance, run.Account, FakeAccount.Region, run.Retry);
        return new(queue, finder, new DiagnosisSources(run.Rules, run.Account, NoResources.Instance, NoResources.Instance, NoResources.Instance, FakeAccount.Region, run.Retry), run.Retry, TimeProvider.System);
    }

    /// <summary>Gives two messages, and then gives them again so many times.</summary>
    private sealed class FakeQueue(int again) : IDeadLetterQueueApi
    {
        private int _received;

        public int Released { get; private set; }

        public Action OnReceive { get; init; } = () => { };

        public Task<DeadLetterQueue> DescribeAsync(Arn queue, CancellationToken cancellationToken) => Task.FromResult(new DeadLetterQueue(queue, "https://q"));

        public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queueUrl, TimeSpan hidden, CancellationToken cancellationToken)
        {
            OnReceive();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<IReadOnlyList<QueueMessage>>(_received++ > again ? [] : [.. Enumerable.Range(0, 2).Select(number => new QueueMessage($"m{number}", "handle", "text", new Dictionary<string, string>()))]);
        }

        public Task<int> HideAsync(string queueUrl, IReadOnlyList<string> receiptHandles, TimeSpan hidden, CancellationToken cancellationToken)
        {
            Assert.Equal(TimeSpan.Zero, hidden);
            Released += receiptHandles.Count;
            return Task.FromResult(0);
        }

        public Task DeleteAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class NoResources : ITargetResourceApi, IRoleApi, ITrailApi
    {
        public static readonly NoResources Instance = new();

        public Task<TargetResource?> FindAsync(Arn target, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<JsonObject> LookupAsync(string eventName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> GetTrustPolicyAsync(string roleName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<SimulatedAction>> SimulateAsync(string roleArn, string action, IReadOnlyList<string> resources, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> FailureDestinationsAsync(Arn function, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
