using System.Text.Json.Nodes;
using EventBridgeOps.Buses;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Roles;

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

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:q", "Queue q is in the Region us-east-1, and this session is in eu-west-1. To read it, specify Region.")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/q", "Queue q is in the Region us-east-1, and this session is in eu-west-1. To read it, specify Region.")]
    [InlineData("https://vpce-1.sqs.eu-west-2.vpce.amazonaws.com/123456789012/q", "Queue q is in the Region eu-west-2, and this session is in eu-west-1. To read it, specify Region.")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:a/b", "arn:aws:sqs:eu-west-1:123456789012:a/b is not the name, the ARN or the URL of an Amazon SQS queue.")]
    [InlineData("https://example.com/team/q", "https://example.com/team/q is not the name, the ARN or the URL of an Amazon SQS queue.")]
    public async Task A_queue_of_another_Region_is_not_that_of_the_same_name_here(string name, string expected)
    {
        using Run run = new(new FakeAccount());
        FakeQueue queue = new(0);

        OpsException error = await Assert.ThrowsAsync<OpsException>(async () => await Reader(run, queue).ReadAsync(new DeadLetterQuery { QueueName = [name] }, run, Run.Token).ToListAsync(Run.Token));

        Assert.Equal((ErrorIds.InvalidArgument, expected), (error.ErrorId, run.Text(error)));
        Assert.Equal(0, queue.Released);
    }

    [Theory]
    [InlineData("https://sqs.eu-west-1.amazonaws.com/123456789012/q")]
    [InlineData("http://127.0.0.1:4566/123456789012/q")]
    public async Task A_queue_is_found_by_its_URL(string url)
    {
        using Run run = new(new FakeAccount());

        List<DeadLetter> letters = await Reader(run, new FakeQueue(0)).ReadAsync(new DeadLetterQuery { QueueName = [url] }, run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal("arn:aws:sqs:eu-west-1:123456789012:q", letters[0].QueueArn);
    }

    [Theory]
    [InlineData("q.fifo", 15, "Queue q.fifo has about 15 messages, of which 2 could be read: a FIFO queue shows the next messages of a group only after those before them are deleted.")]
    [InlineData("q.fifo", 2, null)]
    [InlineData("q", 15, null)]
    public async Task A_FIFO_queue_may_show_a_part_of_its_messages(string name, int visible, string? expected)
    {
        using Run run = new(new FakeAccount());

        await Reader(run, new FakeQueue(0) { Visible = visible }).ReadAsync(new DeadLetterQuery { QueueName = [name] }, run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal(expected is null ? [] : [expected], run.Warnings);
    }

    [Theory]
    [InlineData("arn:aws:events:eu-west-1:999999999999:rule/bus/r", "Rule r is in account 999999999999 and Region eu-west-1,")]
    [InlineData("arn:aws:events:us-east-1:123456789012:rule/bus/r", "Rule r is in account 123456789012 and Region us-east-1,")]
    public async Task A_rule_of_another_account_is_not_that_of_the_same_name_here(string rule, string expected)
    {
        using Run run = new(new FakeAccount());
        FakeQueue queue = new(0) { Attributes = new() { [DeadLetterAttributes.ErrorCode] = "THROTTLING", [DeadLetterAttributes.RuleArn] = rule, [DeadLetterAttributes.TargetArn] = "arn:aws:sqs:eu-west-1:123456789012:out" } };

        List<DeadLetter> letters = await Reader(run, queue).ReadAsync(new DeadLetterQuery { QueueName = ["q"] }, run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal(DeadLetterState.Unknown, letters[0].State);
        Assert.StartsWith(expected, letters[0].Diagnosis);
    }

    [Fact]
    public async Task A_target_in_no_Region_is_not_called()
    {
        using Run run = new(new FakeAccount());
        FakeQueue queue = new(0) { Body = """{"requestContext":{"functionArn":"arn:aws:lambda:example.com/:123456789012:function:f"},"requestPayload":{"id":"e"}}""" };

        List<DeadLetter> letters = await Reader(run, queue).ReadAsync(new DeadLetterQuery { QueueName = ["q"] }, run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal((DeadLetterCause.FunctionFailed, DeadLetterState.NotRedrivable), (letters[0].Cause, letters[0].State));
        Assert.EndsWith("the message does not name its target by a valid ARN.", letters[0].Diagnosis);
    }

    [Theory]
    [InlineData(false, "No dead letters were found. Queues that were read: q.")]
    [InlineData(true, "No dead letter has the message ID, rule or cause that you specified. Queues that were read: q.")]
    public void What_was_asked_for_and_not_found_may_not_be_all(bool isFiltered, string expected)
    {
        using Run run = new(new FakeAccount());
        Assert.Equal(expected, run.Text(new DeadLetterQuery { QueueName = ["q"], Cause = isFiltered ? DeadLetterCause.TooLarge : null }.NothingFound()));
    }

    private static DeadLetterReader Reader(Run run, FakeQueue queue)
    {
        DeadLetterQueueFinder finder = new(run.Rules, new EventBusReader(run.Account, run.Retry), NoResources.Instance, run.Account, FakeAccount.Region, run.Retry);
        return new(queue, finder, new DiagnosisSources(run.Rules, run.Account, NoResources.Instance, NoResources.Instance, NoResources.Instance, run.Account, FakeAccount.Region, run.Retry), run.Retry, TimeProvider.System);
    }

    /// <summary>Gives two messages, and then gives them again so many times.</summary>
    private sealed class FakeQueue(int again) : IDeadLetterQueueApi
    {
        private int _received;

        public int Released { get; private set; }

        public Action OnReceive { get; init; } = () => { };

        public int Visible { get; init; }

        public string Body { get; init; } = "text";

        public Dictionary<string, string> Attributes { get; init; } = [];

        public Task<DeadLetterQueue> DescribeAsync(Arn queue, CancellationToken cancellationToken) => Task.FromResult(new DeadLetterQueue(queue, "https://q") { VisibleCount = Visible });

        public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queueUrl, TimeSpan hidden, CancellationToken cancellationToken)
        {
            OnReceive();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<IReadOnlyList<QueueMessage>>(_received++ > again ? [] : [.. Enumerable.Range(0, 2).Select(number => new QueueMessage($"m{number}", "handle", Body, Attributes))]);
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

        public Task<IamRole?> FindAsync(string roleName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<KeyValuePair<string, string>>> ReadPoliciesAsync(string roleName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<SimulatedAction>> SimulateAsync(string roleArn, string action, IReadOnlyList<string> resources, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> FailureDestinationsAsync(Arn function, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
