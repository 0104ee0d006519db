using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>Moves messages out of a dead-letter queue, which must be one of another queue.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html</remarks>
internal sealed class MessageMoves : IDueHandler
{
    private const string TableName = "queueMoves";
    private const string Running = "RUNNING";

    private const string DueKind = "sqsMove";

    public string Kind => DueKind;

    public static RawDocument Start(Operation operation)
    {
        string source = operation.Input.Text("SourceArn") ?? throw SqsErrors.Missing("SourceArn");
        Queue queue = Find(operation, source);
        if (!queue.IsDeadLetterQueue())
            throw SqsErrors.BadParameter("Source queue must be configured as a Dead Letter Queue.");
        if (Tasks(operation).Values.Any(task => task.Text("SourceArn") == source && task.Text("Status") == Running))
            throw SqsErrors.TaskRunning();
        if (operation.Input.Text("DestinationArn") is { } destination)
            Find(operation, destination);
        if (operation.Input["MaxNumberOfMessagesPerSecond"] is not null && operation.Input.Number("MaxNumberOfMessagesPerSecond") is not (>= 1 and <= 500))
            throw SqsErrors.BadParameter("MaxNumberOfMessagesPerSecond must be between 1 and 500.");

        string handle = operation.Account.Random.Id();
        Tasks(operation)[handle] = operation.Input.Only("SourceArn", "DestinationArn", "MaxNumberOfMessagesPerSecond")
            .With("TaskHandle", handle)
            .With("Status", Running)
            .With("ApproximateNumberOfMessagesMoved", 0)
            .With("ApproximateNumberOfMessagesToMove", queue.Messages.Count)
            .With("StartedTimestamp", operation.Now.ToUnixTimeMilliseconds());
        DueWork.Plan(operation, operation.Now, DueKind, RawDocument.Empty.With("task", handle));
        return RawDocument.Empty.With("TaskHandle", handle);
    }

    public static RawDocument List(Operation operation)
    {
        string source = operation.Input.Text("SourceArn") ?? throw SqsErrors.Missing("SourceArn");
        Find(operation, source);
        int most = (int)(operation.Input.Number("MaxResults") ?? 1);
        return RawDocument.Empty.With("Results", Tasks(operation).Values
            .Where(task => task.Text("SourceArn") == source)
            .OrderByDescending(task => task.Number("StartedTimestamp"))
            .Take(most)
            .Select(task => task.Text("Status") == Running ? task : task.Without("TaskHandle"))); // As on AWS: only a running task has one.
    }

    public static RawDocument Cancel(Operation operation)
    {
        string handle = operation.Input.Text("TaskHandle") ?? throw SqsErrors.Missing("TaskHandle");
        if (Tasks(operation).Find(handle) is not { } task || task.Text("Status") != Running)
            throw SqsErrors.NotFound("Task does not exist.");
        Tasks(operation)[handle] = task.With("Status", "CANCELLED");
        return task.Only("ApproximateNumberOfMessagesMoved");
    }

    /// <summary>Moves up to a second's worth of messages; without a rate, all that are there.</summary>
    public void Run(Operation operation, RawDocument work)
    {
        string handle = work.Text("task")!;
        if (Tasks(operation).Find(handle) is not { } task || task.Text("Status") != Running || Queue.AtArn(operation, task.Text("SourceArn")) is not { } source)
            return;

        long now = operation.Now.ToUnixTimeMilliseconds();
        int most = (int)(task.Number("MaxNumberOfMessagesPerSecond") ?? int.MaxValue);
        List<KeyValuePair<string, RawDocument>> moving = source.Messages.Where(message => message.Value.Number("visibleAt") <= now).Take(most).ToList();
        int moved = 0;
        foreach (KeyValuePair<string, RawDocument> message in moving)
        {
            if (Queue.AtArn(operation, task.Text("DestinationArn") ?? message.Value.Text("deadFrom")) is not { } destination)
            {
                Tasks(operation)[handle] = Counted(task, moved).With("Status", "FAILED").With("FailureReason", "CouldNotDetermineMessageSource");
                return;
            }

            Move(operation, source, message.Key, destination, deadFrom: null);
            moved++;
        }

        bool isDone = moved < most;
        Tasks(operation)[handle] = Counted(task, moved).With("Status", isDone ? "COMPLETED" : Running);
        if (!isDone)
            DueWork.Plan(operation, operation.Now + TimeSpan.FromSeconds(1), Kind, work);
    }

    /// <summary>Moves a message to another queue, where it is visible at once. A standard queue's keeps the time at which it was sent.</summary>
    /// <param name="operation">What moves it.</param>
    /// <param name="from">The queue that it leaves.</param>
    /// <param name="key">Its key there.</param>
    /// <param name="to">The queue that it comes to.</param>
    /// <param name="deadFrom">The ARN of the queue that gave it up; null if it leaves a dead-letter queue.</param>
    public static void Move(Operation operation, Queue from, string key, Queue to, string? deadFrom)
    {
        RawDocument message = from.Messages[key];
        from.Messages.Remove(key);
        RawDocument moved = message.Without("firstReceived", "deadFrom").With("receives", 0).With("visibleAt", operation.Now.ToUnixTimeMilliseconds());
        to.Put(MessageOperations.Key(operation.State.NextNumber()), moved.With("deadFrom", deadFrom));
    }

    private static RawDocument Counted(RawDocument task, int moved) =>
        task.With("ApproximateNumberOfMessagesMoved", task.Number("ApproximateNumberOfMessagesMoved")!.Value + moved);

    private static Queue Find(Operation operation, string arn) => Arn.TryParse(arn, out _)
        ? Queue.AtArn(operation, arn) ?? throw SqsErrors.NotFound("The resource that you specified for the SourceArn parameter doesn't exist.")
        : throw SqsErrors.BadParameter($"You must use this format to specify the ARN: arn:aws:sqs:region:account:queue.");

    private static Table Tasks(Operation operation) => operation.State[TableName];
}
