using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Which dead letters to list.</summary>
[Request]
public sealed partial record DeadLetterQuery
{
    /// <summary>How many messages of a queue are read by default.</summary>
    public const int DefaultMaxCount = 1000;

    /// <summary>The queues, by name, ARN or URL.</summary>
    [Option("queue", Otherwise = "those of the event buses and of the targets of their rules")]
    public IReadOnlyList<string> QueueName { get; init; } = [];

    /// <summary>The event buses whose queues are read.</summary>
    [Option("name", Wildcards = true, Otherwise = "all", Names = nameof(NameKind.EventBus))]
    public IReadOnlyList<string> EventBusName { get; init; } = ["*"];

    /// <summary>The maximum number of messages to read in each queue.</summary>
    [Option("number", Min = 1, Max = 100_000)]
    public int MaxCount { get; init; } = DefaultMaxCount;

    /// <summary>Read a queue whose own redrive policy can move messages that are received.</summary>
    [Option]
    public bool Force { get; init; }

    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Says that no dead letter was found, and where.</summary>
    public Message NothingFound() => QueueName.Count > 0 ? DeadLetterMessages.NothingIn(QueueName) : DeadLetterMessages.NothingOf(EventBusName);

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a number is out of range.</exception>
    public void Check() => RequestLimits.Check(this, Request);
}
