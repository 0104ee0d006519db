using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.DeadLetters;

/// <summary>Messages about dead letters.</summary>
internal static class DeadLetterMessages
{
    public static Message Reading() => Message.Of($"Reading dead letters");

    public static Message NotAQueue(string text) => Message.Of($"{text} is not the name, the ARN or the URL of an Amazon SQS queue.");

    public static Message NoQueues(IEnumerable<string> buses) => Message.Of($"No dead-letter queues were found: neither the event buses that were looked at ({buses}) nor the targets of their rules have one.");

    public static Message NothingIn(IEnumerable<string> queues) => Message.Of($"No dead letters were found. Queues that were read: {queues}.");

    public static Message NothingOf(IEnumerable<string> buses) => Message.Of($"No dead letters were found. The queues of these event buses and of the targets of their rules were read: {buses}.");

    public static Message QueueMovesMessages(string queue, int most) =>
        Message.Of($"Queue {queue} was not read. Its redrive policy moves a message that was received {most:time|times} to another queue, and reading is receiving. To read it all the same, use {"Force":param}.");

    public static Message MaxCountReached(string queue, int most) => Message.Of($"Queue {queue} can contain more messages than the {most} that were read. To read more, use {"MaxCount":param}.");

    public static Message ReadForLong(string queue, int count, double seconds) => Message.Of($"Reading queue {queue} took longer than the {seconds} seconds for which its messages are hidden, so it can contain more than the {count:message that was|messages that were} read.");

    public static Message NotReleased(string queue, OpsException error) => Message.Of($"Messages of queue {queue} could not be made visible again: {error}");

    public static Message StayHidden(string queue, int count, double seconds) => Message.Of($"{count:message|messages} of queue {queue} could not be made visible again at once. Other consumers see them within {seconds} seconds.");

    public static Message NotADeadLetter() => Message.Of($"The message has none of the attributes of a dead letter, so its rule and its target are unknown.");

    public static Message FunctionFailed() => Message.Of($"The function was invoked and failed. Whether it would succeed now is unknown: look at its log.");

    public static Message NoRule() => Message.Of($"The message does not name its rule (RULE_ARN).");

    public static Message RuleGone(string bus, string rule) => Message.Of($"Rule {rule} on event bus {bus} no longer exists.");

    public static Message TargetGone(string bus, string rule, string? target) => Message.Of($"Rule {rule} on event bus {bus} no longer has the target {target}.");

    public static Message SeveralTargets(string bus, string rule, int count) => Message.Of($"Rule {rule} on event bus {bus} has {count} targets with this ARN, and the message does not say which one it was for.");

    public static Message LookupFailed(OpsException error) => Message.Of($"Whether the cause is gone is unknown: {error}");

    public static Message Throttled(int? attempts) => attempts is { } count
        ? Message.Of($"The target was not available during {count:retry|retries}. Whether it is available now is unknown, but such a cause usually passes.")
        : Message.Of($"The target was not available. Whether it is available now is unknown, but such a cause usually passes.");

    public static Message TooLarge() => Message.Of($"The target does not accept an input of this size. Make it smaller with an InputTransformer.");

    public static Message FairShare(string? queue) => Message.Of($"Job queue {queue} has a fair-share scheduling policy and requires a share identifier, which EventBridge does not send. Use a job queue without such a policy.");

    public static Message NotFound(string? target) => Message.Of($"When the event was delivered, {target} or something that it needs did not exist. Whether it exists now is unknown.");

    public static Message Unexplained() => Message.Of($"Whether the cause is gone is unknown: the error message does not say what would have to change.");

    public static Message StillInactive(string reference, Message reason, int? latest) => latest is { } revision
        ? Message.Of($"The target still names {reference}: {reason}. The latest ACTIVE revision is {revision}. To repair the target, run {"target sync":cmd}.")
        : Message.Of($"The target still names {reference}: {reason}. Register the job definition again.");

    public static Message RevisionUnknown(string reference, Message reason) => Message.Of($"Whether {reference} is ACTIVE is unknown: {reason}");

    public static Message ActiveNow(string reference) => Message.Of($"The target now names {reference}, which is ACTIVE.");

    public static Message PolicyLacks(string target, string action) => Message.Of($"The resource policy of {target} did not allow {action} for events.amazonaws.com. Whether it does now is unknown: it is not read.");

    public static Message RoleLacks(string role, string action) => Message.Of($"Role {role} could not be assumed by events.amazonaws.com, or did not allow {action}. Whether it does now is unknown: it is not read.");

    public static Message RoleLacksSome(string role, string target) => Message.Of($"Role {role} could not be assumed by events.amazonaws.com, or did not allow the call of {target}. Whether it does now is unknown: it is not read.");

    public static Message PermissionUnknown(string target) => Message.Of($"EventBridge was not allowed to call {target}. Whether it is allowed now is unknown.");
}
