using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>What the page's endpoints say, and what the page says of targets.</summary>
internal static class PageMessages
{
    public static Message BadPosition() => Message.Of($"Specify where to begin with one of after=NUMBER, after=ID or last=NUMBER, or nothing for all deliveries.");

    public static Message TooManyStreams(int most) => Message.Of($"{most} event streams are open already. Close one, such as a page of the sandbox in another window, and try again.");

    public static Message JobDefinitionMissing(string reference) => Message.Of($"The job definition {reference} does not exist.");

    public static Message JobDefinitionInactive(string reference) => Message.Of($"The job definition {reference} is INACTIVE.");

    public static Message JobQueueMissing(string arn) => Message.Of($"The job queue {arn} does not exist.");

    public static Message JobQueueDisabled(string arn) => Message.Of($"The job queue {arn} is DISABLED.");

    public static Message QueueMissing(string arn) => Message.Of($"The queue {arn} does not exist.");

    public static Message DeadLetterQueueMissing(string arn) => Message.Of($"The dead-letter queue {arn} does not exist.");

    public static Message EventBusMissing(string arn) => Message.Of($"The event bus {arn} does not exist.");
}
