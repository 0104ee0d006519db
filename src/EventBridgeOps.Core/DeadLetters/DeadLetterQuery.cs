using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Which dead letters to read.</summary>
[Request]
public partial record DeadLetterQuery
{
    /// <summary>How many messages of a queue are read by default.</summary>
    public const int DefaultMaxCount = 1000;

    /// <summary>The queues, by name, ARN or URL.</summary>
    [Option("queue", Otherwise = "the dead-letter queues of the event buses, of the targets of their rules, and of the functions that are targets")]
    public IReadOnlyList<string> QueueName { get; init; } = [];

    /// <summary>The event buses whose dead-letter queues are read, if none is specified.</summary>
    [Option("name", Wildcards = true, Otherwise = "all", Names = nameof(NameKind.EventBus))]
    public IReadOnlyList<string> EventBusName { get; init; } = ["*"];

    /// <summary>The rules whose events could not be delivered.</summary>
    [Option("name", Wildcards = true, Otherwise = "all", Names = nameof(NameKind.Rule))]
    public IReadOnlyList<string> RuleName { get; init; } = ["*"];

    /// <summary>The IDs of the messages.</summary>
    [Option("id", Otherwise = "all")]
    public IReadOnlyList<string> MessageId { get; init; } = [];

    /// <summary>The cause.</summary>
    [Option("cause", Otherwise = "any")]
    public DeadLetterCause? Cause { get; init; }

    /// <summary>The maximum number of messages to read in each queue.</summary>
    [Option("number", Min = 1, Max = 100_000)]
    public int MaxCount { get; init; } = DefaultMaxCount;

    /// <summary>Read a queue whose own redrive policy can move messages that are received.</summary>
    [Option]
    public virtual bool Force { get; init; }

    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Says that no dead letter was found, and where.</summary>
    public Message NothingFound() => (QueueName.Count > 0, MessageId.Count > 0 || Cause is not null || !NameLists.IsOnly(RuleName, "*")) switch
    {
        (true, false) => DeadLetterMessages.NothingIn(QueueName),
        (true, true) => DeadLetterMessages.NothingAlikeIn(QueueName),
        (false, false) => DeadLetterMessages.NothingOf(EventBusName),
        (false, true) => DeadLetterMessages.NothingAlikeOf(EventBusName),
    };

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a number is out of range, or a pattern is not valid.</exception>
    public virtual void Check()
    {
        RequestLimits.Check(this, Request);
        _ = new DeadLetterFilter(this);
    }
}

/// <summary>Which of the dead letters that were received a query asks for.</summary>
internal sealed class DeadLetterFilter(DeadLetterQuery query)
{
    private readonly IReadOnlyList<NamePattern> _rules = NamePattern.ParseAll(query.RuleName);
    private readonly HashSet<string> _messages = new(query.MessageId, StringComparer.Ordinal);
    private readonly bool _isAnyRule = NameLists.IsOnly(query.RuleName, "*");

    /// <summary>Whether a dead letter is one of those.</summary>
    public bool Has(DeadLetter letter) =>
        (_messages.Count == 0 || _messages.Contains(letter.MessageId))
        && (query.Cause is null || query.Cause == letter.Cause)
        && (_isAnyRule || (letter.RuleName is { } rule && _rules.Any(pattern => pattern.IsMatch(rule))));
}
