using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Roles;

/// <summary>What is said of the roles of targets.</summary>
internal static class RoleMessages
{
    public static Message NotARole(string role) => Message.Of($"{role} is not the ARN of a role. Correct the target of the rule.");

    public static Message NoRole(string role) => Message.Of($"Role {role} does not exist.");

    public static Message OtherPath(string role, string found) => Message.Of($"Role {role} does not exist; the role of this name is {found}. Correct the target of the rule.");

    public static Message OtherAccount(string role, string account) => Message.Of($"Role {role} does not belong to account {account}, so its policies are not read.");

    public static Message NotTrusted(string role, Message reason) => Message.Of($"The trust policy of role {role} does not let events.amazonaws.com assume it: {reason}");

    public static Message Lacks(string role, string action, string resource, string decision) => Message.Of($"Role {role} does not allow {action} on {resource} (IAM: {decision}).");

    public static Message PoliciesLack(string role, string action, Message reason) => Message.Of($"Role {role} does not allow {action}: {reason}");

    public static Message WithoutRevision(string role, string action, string resource) =>
        Message.Of($"Role {role} does not allow {action} on {resource}. Whether it allows it on a revision is unknown, because the target names none.");

    public static Message Allows(string role, string action) => Message.Of($"Role {role} allows {action}.");

    public static Message PoliciesAllow(string role, string action, OpsException reason) =>
        Message.Of($"The policies of role {role} allow {action}. Service control policies were not considered, because IAM did not simulate them: {reason}");

    public static Message BoundaryUnknown(string role, string action, OpsException reason) =>
        Message.Of($"The policies of role {role} allow {action}. Whether its permissions boundary does is unknown, because IAM did not simulate it: {reason}");

    public static Message NotRead(OpsException reason) => Message.Of($"{reason}");

    public static Message NothingToSimulate(string role) => Message.Of($"events.amazonaws.com may assume role {role}. What it allows is unknown, because the job queue or the job definition has no ARN yet.");
}
