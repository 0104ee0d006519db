using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>What live tests say.</summary>
internal static class LiveTestMessages
{
    // What is tested.
    public static Message ErrorsFirst(string name, int failed) => Message.Of($"Project {name} has {failed:error|errors}, so it was not tested live. To see them, run {"project test":cmd} without {"Live":param}.");

    public static Message WhichEnvironment(IEnumerable<string> names) => Message.Of($"The project has several environments. Specify one of them: {names}.");

    public static Message UnknownEnvironment(string name, IEnumerable<string> names) => Message.Of($"The project has no environment {name}. Environments: {names}.");

    public static Message UnknownRule(string name, string? meant) => meant is null ? Message.Of($"The project has no rule {name}.") : Message.Of($"The project has no rule {name}. Did you mean {meant}?");

    // What cannot be tested.
    public static Message FieldNotSent(string field) => Message.Of($"The event has the field {field}, which PutEvents does not take.");

    public static Message TimeNotSent() => Message.Of($"The time of the event is not valid.");

    public static Message NotSendable(Message fault) => Message.Of($"The event cannot be sent. {fault}");

    public static Message OtherPlace(string accountId, string region) => Message.Of($"The rule asks for an account or a Region that the event has in the project, but not when it is sent from account {accountId} and Region {region}.");

    public static Message NoEvent() => Message.Of($"The rule matches none of the examples, and has no tests.");

    public static Message InputNotKnown(Message reason) => Message.Of($"The input cannot be foretold: {reason:clause}.");

    // What was found.
    public static Message CopyEnabled() => Message.Of($"The rule is disabled; its copy was enabled for the test.");

    public static Message NoMatch() => Message.Of($"Does not match, as expected.");

    public static Message NotSent(string reason) => Message.Of($"The event was not sent: {reason}");

    public static Message OtherInput(string actual, string? expected) => Message.Of($"The target received {actual}, but must receive {expected}.");

    public static Message NoInput(int seconds, string? expected) => Message.Of($"The rule matched, but the target received nothing within {seconds} seconds. It must receive {expected}.");

    public static Message NotMatched(int seconds) => Message.Of($"Nothing arrived within {seconds} seconds: the rule did not match the event.");

    public static Message MatchesThough() => Message.Of($"The rule matched the event, but by its pattern it must not.");

    public static Message NotForetold(string actual) => Message.Of($"The target received {actual}, which belongs to none of the events.");

    public static Message Ignored(int count) => Message.Of($"{count:message|messages} arrived more than once, and were ignored.");

    public static Message Summary(string name, string environment, int passed, int failed, int open, long? p50, long? p99) => p50 is null
        ? Message.Of($"Project {name}, environment {environment}: {passed} passed, {failed} failed, {open} not tested.")
        : Message.Of($"Project {name}, environment {environment}: {passed} passed, {failed} failed, {open} not tested. Latency: p50 {p50} ms, p99 {p99} ms.");

    public static Message NothingToTest(string name) => Message.Of($"Project {name} has no rules, so nothing was tested.");

    public static Message Failed(string name, string environment, int failed) => Message.Of($"The live test of project {name} in environment {environment} failed: {failed:result differs|results differ} from what was foretold.");

    // How it goes.
    public static Message Creating() => Message.Of($"Creating copies of rules");

    public static Message Waiting() => Message.Of($"Waiting for deliveries");

    public static Message SendingAgain(int count) => Message.Of($"{count:event is|events are} sent again, because a new rule can take some time until it matches.");

    public static Message Removing() => Message.Of($"Deleting the resources of the test");

    // What is left.
    public static Message RemovingLeftovers(string name) => Message.Of($"An earlier live test was interrupted. Its resources {name} are deleted.");

    public static Message OtherRun(string name) => Message.Of($"Another live test seems to be running: {name}. If it is not, its resources are deleted by a test that starts an hour after it.");

    public static Message LeftoversNotKnown(OpsException reason) => Message.Of($"It could not be found out whether an earlier live test left resources: {reason:clause}.");

    public static Message NotRecorded(string reason) => Message.Of($"The live test could not be recorded in the folder of the project, so after an interruption, its resources are deleted only by a test that starts an hour later. {reason}");

    public static Message NotRemoved(Message what, OpsException reason) => Message.Of($"The test could not delete {what}: {reason:clause}. The next live test of the project deletes it.");

    public static Message NotRemovedInTime(Message what) => Message.Of($"The test could not delete {what} in time. The next live test of the project deletes it.");

    public static Message Resources(string name) => Message.Of($"its resources {name}");

    public static Message Rule(string rule, string bus) => Message.Of($"rule {rule} (event bus {bus})");

    public static Message Bus(string name) => Message.Of($"event bus {name}");

    public static Message Queue(string name) => Message.Of($"queue {name}");

    public static Message TargetRejected(string rule, string code, string message) => Message.Of($"A target of the copy of rule {rule} was rejected: {code}: {message}");

    // Targets that are invoked.
    public static Message Invoke(int events, string bus, Message rules) => Message.Of($"Send {events:event|events} to event bus {bus}, and so invoke the real targets of {rules}");

    public static Message RuleTargets(string rule, IReadOnlyList<string> targets) => targets.Count == 0 ? Message.Of($"rule {rule} (no targets)") : Message.Of($"rule {rule} ({targets})");

    public static Message CopiesFailed() => Message.Of($"The targets were not invoked, because the test of the copy of the rule failed.");

    public static Message NotApproved() => Message.Of($"The targets were not invoked, because this was not confirmed.");

    public static Message NoMark() => Message.Of($"The targets were not invoked, because each mark by which the test could find its events changes which rules match.");

    public static Message MarkedByTime(string bus) => Message.Of($"A rule on event bus {bus} looks at the resources of events, so the events of the test are marked by an unusual time instead.");

    public static Message Arrived(string bus) => Message.Of($"The event arrived on event bus {bus}.");

    public static Message NotArrived(string bus, int seconds) => Message.Of($"The event was not seen on event bus {bus} within {seconds} seconds.");

    public static Message NotOnBus(string rule, string bus) => Message.Of($"No enabled rule {rule} on event bus {bus} matches the event. Publish the project first.");

    public static Message BusMissing(string bus) => Message.Of($"Event bus {bus} does not exist. Publish the project first.");

    public static Message DeliveryUnknown() => Message.Of($"EventBridge was asked to invoke the target. Whether it did is not known, because EventBridge does not confirm deliveries, and metrics arrive minutes later.");

    public static Message NoNewDeadLetters(string queue) => Message.Of($"EventBridge was asked to invoke the target. Whether it did is not known; the dead-letter queue {queue} has received nothing new so far.");

    public static Message DeadLetters(string queue, long before, long after) => Message.Of($"The dead-letter queue {queue} has {after:message|messages}, and had {before} before. To see why, run {"dlq list":cmd}.");
}
