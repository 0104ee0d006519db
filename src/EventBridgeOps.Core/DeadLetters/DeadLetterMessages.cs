using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.DeadLetters;

/// <summary>Messages about dead letters.</summary>
internal static class DeadLetterMessages
{
    public static Message Reading() => Message.Of($"Reading dead letters");

    public static Message NotAQueue(string text) => Message.Of($"{text} is not the name, the ARN or the URL of an Amazon SQS queue.");

    public static Message OtherRegion(string queue, string region, string own) => Message.Of($"Queue {queue} is in the Region {region}, and this session is in {own}. To read it, specify {"Region":param}.");

    public static Message NotAllOfFifo(string queue, long count, int read) =>
        Message.Of($"Queue {queue} has about {count:message|messages}, of which {read} could be read: a FIFO queue shows the next messages of a group only after those before them are deleted.");

    public static Message NoQueues(IEnumerable<string> buses) => Message.Of($"No dead-letter queues were found: neither the event buses that were looked at ({buses}) nor the targets of their rules, nor functions that are targets, have one.");

    public static Message FunctionNotRead(string function, OpsException error) => Message.Of($"Whether {function} has a dead-letter queue of its own is unknown: {error}");

    public static Message NothingIn(IEnumerable<string> queues) => Message.Of($"No dead letters were found. Queues that were read: {queues}.");

    public static Message NothingAlikeIn(IEnumerable<string> queues) => Message.Of($"No dead letter has the message ID, rule or cause that you specified. Queues that were read: {queues}.");

    public static Message NothingAlikeOf(IEnumerable<string> buses) => Message.Of($"No dead letter has the message ID, rule or cause that you specified. The queues of these event buses and of the targets of their rules were read: {buses}.");

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

    public static Message RuleElsewhere(string rule, string account, string region) =>
        Message.Of($"Rule {rule} is in account {account} and Region {region}, so this session does not see whether the cause is gone. Run the command with credentials of that account, and {"Region":param} {region}.");

    public static Message RuleGone(string bus, string rule) => Message.Of($"Rule {rule} on event bus {bus} no longer exists.");

    public static Message TargetGone(string bus, string rule, string? target) => Message.Of($"Rule {rule} on event bus {bus} no longer has the target {target}.");

    public static Message SeveralTargets(string bus, string rule, int count) => Message.Of($"Rule {rule} on event bus {bus} has {count} targets with this ARN, and the message does not say which one it was for.");

    public static Message LookupFailed(OpsException error) => Message.Of($"Whether the cause is gone is unknown: {error}");

    public static Message Throttled(int? attempts) => attempts is { } count
        ? Message.Of($"The target was throttled or not available during {count:retry|retries}. Such a cause passes; only a delivery shows whether it has passed.")
        : Message.Of($"The target was throttled or not available. Such a cause passes; only a delivery shows whether it has passed.");

    public static Message TooLarge() => Message.Of($"The target does not accept an input of this size. Whether it would accept it now is unknown. Make the input smaller with an InputTransformer.");

    public static Message StillTooLarge(long bytes, long most) => Message.Of($"The input has {bytes} bytes, and the target accepts {most}. Make it smaller with an InputTransformer.");

    public static Message SmallNow(long bytes, long most) => Message.Of($"The input of the target now has {bytes} bytes, which is within the {most} that it accepts.");

    public static Message NoFairShare(string? queue) => Message.Of($"Job queue {queue} no longer has a scheduling policy.");

    public static Message StillMissing(string? target) => Message.Of($"{target} does not exist. Create it, or correct the target of the rule.");

    public static Message ExistsNow(string? target) => Message.Of($"{target} exists now.");

    public static Message Both(Message cause, Message more) => Message.Of($"{cause} {more}");

    public static Message FairShare(string? queue) => Message.Of($"Job queue {queue} has a fair-share scheduling policy and requires a share identifier, which EventBridge does not send. Use a job queue without such a policy.");

    public static Message NotFound(string? target) => Message.Of($"When the event was delivered, {target} or something that it needs did not exist. Whether it exists now is unknown.");

    public static Message LookupOfRoleFailed(Message reason) => Message.Of($"Whether the cause is gone is unknown: {reason}");

    public static Message Unexplained() => Message.Of($"Whether the cause is gone is unknown: the error message does not say what would have to change.");

    public static Message StillInactive(string reference, Message reason, int? latest) => latest is { } revision
        ? Message.Of($"The target still names {reference}: {reason}. The latest ACTIVE revision is {revision}. To repair the target, run {"target sync":cmd}.")
        : Message.Of($"The target still names {reference}: {reason}. Register the job definition again.");

    public static Message Deregistered(string revision, string who, string time) => Message.Of($"CloudTrail: {who} deregistered {revision} at {time}.");

    public static Message RevisionUnknown(string reference, Message reason) => Message.Of($"Whether {reference} is ACTIVE is unknown: {reason}");

    public static Message ActiveNow(string reference) => Message.Of($"The target now names {reference}, which is ACTIVE.");

    public static Message PolicyLacks(string target, string action, Message reason) => Message.Of($"The resource policy of {target} does not allow {action} for events.amazonaws.com: {reason}");

    public static Message PolicyNotRead(string target, string action) => Message.Of($"The resource policy of {target} did not allow {action} for events.amazonaws.com. Whether it does now is unknown: it is not read.");

    public static Message AllowedNow(string target, string action) => Message.Of($"The resource policy of {target} now allows {action} for the rule.");

    public static Message KeyUnknown(string target, string action, string key) =>
        Message.Of($"The resource policy of {target} allows {action} for the rule. Whether the policy of the key {key} allows events.amazonaws.com to use it (kms:GenerateDataKey, kms:Decrypt) is unknown: it is not read.");

    public static Message PassRoleUnknown(string role) => Message.Of($"Role {role} allows ecs:RunTask. Whether it may pass the roles of the task (iam:PassRole) is unknown: it is not looked at.");

    public static Message PermissionUnknown(string target) => Message.Of($"EventBridge was not allowed to call {target}. Whether it is allowed now is unknown.");

    // Why a dead letter cannot be delivered.
    public static Message NoTarget() => Message.Of($"It cannot be delivered again, because the message does not name its target by a valid ARN.");

    public static Message NoEvent() => Message.Of($"It cannot be delivered again, because the message does not contain an event.");

    public static Message NoInput(Message fault) => Message.Of($"It cannot be delivered again, because the input of the target cannot be computed: {fault}");

    public static Message InputNotJson() => Message.Of($"the input is not JSON.");

    public static Message ReservedSource() => Message.Of($"It cannot be delivered again: PutEvents does not accept an event whose source begins with \"aws.\".");

    public static Message BusWithInput(string bus) => Message.Of($"It cannot be delivered again: the target {bus} has an input of its own, and PutEvents sends a whole event.");

    public static Message OtherTarget(string target) => Message.Of($"It cannot be delivered again: EventBridgeOps delivers to job queues of AWS Batch, Amazon SQS, Amazon SNS, AWS Lambda and event buses, and {target} is of another kind.");

    // The delivery.
    public static Message HiddenByOthers(string queue, long count) => Message.Of($"About {count:message|messages} of queue {queue} could not be read, because a consumer or another run has received them. They are visible again when it does not delete them in time.");

    public static Message NotHeld(DeadLetter letter) => Message.Of($"Message {letter.MessageId} of queue {letter.QueueName} is no longer reserved for this run: another consumer may have received it. Run the command again.");

    public static Message Redriving() => Message.Of($"Delivering dead letters");

    public static Message Deliver(string operation, string target, string? bus, string? rule) => rule is null
        ? Message.Of($"Deliver the event to {target} ({operation})")
        : Message.Of($"Deliver the event to {target} ({operation}), a target of rule {rule} on event bus {bus}");

    public static Message DeleteDelivered(string change) => Message.Of($"Delete the message: change {change} delivered its event");

    public static Message DeliveredBefore(string change) => Message.Of($"Change {change} delivered the event. Only the message was left to delete.");

    public static Message FoundDelivered(string change, string id) => Message.Of($"Change {change} had delivered the event (job {id}), but ended before it could record that. Only the message was left to delete.");

    public static Message InDoubt(string operation, OpsException error) =>
        Message.Of($"Whether the target received the event is unknown, because {operation} did not return a result: {error:clause}. Look at the target, then either remove the message, or deliver it again with {"Force":param}.");

    public static Message StillInDoubt(string change) =>
        Message.Of($"Change {change} started to deliver the event, and did not record the outcome. Look at the target, then either remove the message, or deliver it again with {"Force":param}.");

    public static Message NotDeleted(OpsException error) => Message.Of($"The event was delivered, but its message could not be deleted: {error:clause}. The next run deletes it, and does not deliver the event again.");

    public static Message CancelledInFlight() => Message.Of($"the run was cancelled.");

    public static Message EntryRejected(string bus, string code, string? message) => Message.Of($"{bus} did not accept the event: {code}, {message}");

    public static Message Said(OpsException error) => Message.Of($"{error}");

    public static Message Skipped() => Message.Of($"skipped");

    public static Message Redriven() => Message.Of($"redriven");

    public static Message Removed() => Message.Of($"removed");

    public static Message WouldRemove() => Message.Of($"would be removed");

    public static Message Removing() => Message.Of($"Removing dead letters");

    public static Message Remove(string? detailType, string? source) => detailType is null
        ? Message.Of($"Remove the message, which cannot be restored")
        : Message.Of($"Remove the message with the event {detailType} of {source}, which cannot be restored");

    public static Message FileExists(string path) => Message.Of($"{path} already exists. Specify another file.");

    public static Message FileNotWritable(string path, Message fault) => Message.Of($"{path} cannot be written: {fault:clause}.");

    public static Message Save() => Message.Of($"Save dead letters");

    public static Message Exported(int count, string path) => Message.Of($"{count:dead letter|dead letters} saved in {path}.");

    public static Message WouldRedrive() => Message.Of($"would be redriven");

    public static Message Kept() => Message.Of($"kept");

    public static Message NotRedrivable() => Message.Of($"not redrivable");
}
