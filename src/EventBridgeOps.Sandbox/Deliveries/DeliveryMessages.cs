using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>What the delivery log says in the sandbox's own words.</summary>
internal static class DeliveryMessages
{
    /// <summary>A text of a service, with a full stop, so that another sentence can follow.</summary>
    public static string Sentence(string text) => text.TrimEnd() is { Length: > 0 } words && words[words.Length - 1] is not ('.' or '!' or '?') ? words + "." : text.TrimEnd();

    public static Message NotSimulated(string service) => Message.Of($"The sandbox does not deliver to {service} targets. The input shows what would have been sent.");

    public static Message OtherAccount(string account) => Message.Of($"The sandbox does not have the account {account}, and does not deliver to it.");

    public static Message ThirdBus() => Message.Of($"The event came from another event bus, and EventBridge does not forward such an event to a third one.");

    public static Message NoRole() => Message.Of($"The target has no role; whether EventBridge delivers to it without one is unknown.");

    public static Message RoleOrPolicy(string role, Message byRole, Message byPolicy) => Message.Of($"Whether EventBridge delivers with the role {role} or by the policy of the target is not documented, and they differ. The role: {byRole} The policy: {byPolicy}");

    public static Message RoleUnclear(string role, string action, string resource, string other) => Message.Of($"Whether the role {role} allows {action} is unknown: it depends on whether the service checks {resource} or {other}.");

    public static Message NoDeadLetterQueue() => Message.Of($"The event is lost: the target has no dead-letter queue.");

    public static Message DeadLetterMissing(string arn) => Message.Of($"The event is lost: the dead-letter queue {arn} does not exist.");

    public static Message DeadLetterElsewhere(string arn) => Message.Of($"The event is lost: the dead-letter queue {arn} is not in the Region of the rule.");

    public static Message DeadLetterFifo(string arn) => Message.Of($"The event is lost: the dead-letter queue {arn} is a FIFO queue, and EventBridge sends dead letters to standard queues only.");

    public static Message DeadLetterForbidden(string arn, Message reason) => Message.Of($"The event is lost: the policy of the dead-letter queue {arn} does not let EventBridge send messages for this rule. {reason}");

    public static Message DeadLetterRefused(string arn, string reason) => Message.Of($"The event is lost: the dead-letter queue {arn} refused it: {reason}");

    public static Message ClockStopped(int works, string at, Message busiest) => Message.Of($"The clock stopped at {at}, because {works} jobs, retries, schedules and other pieces of planned work became due on the way, and more are due: {busiest:clause}. If a rule starts what it matches, disable it. Otherwise, advance the clock again for the rest.");

    public static Message BusiestRule(string rule, int attempts, string target) => Message.Of($"the rule {rule} sent {attempts:event|events} to {target}.");

    public static Message BusiestJobRule(string rule, int attempts, string job, string definition) => Message.Of($"the rule {rule} submitted the job {job} (job definition {definition}) {attempts:time|times}.");

    public static Message NoRuleWorked() => Message.Of($"no rule sent an event, so they are jobs or messages that move by themselves.");

    public static Message NoInputOfLogGroups() => Message.Of($"What EventBridge sends to a log group for a target with Input or InputPath is not documented, and not simulated.");

    public static Message InputOfLogGroup() => Message.Of($"The input of a log group must be {{\"timestamp\": ..., \"message\": ...}}, both of them texts: the message not empty, the timestamp in milliseconds or in ISO 8601.");
}
