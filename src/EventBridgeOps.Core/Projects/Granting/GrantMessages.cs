using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Granting;

/// <summary>Messages about the policies of those who deploy projects.</summary>
internal static class GrantMessages
{
    public static Message NotAnIdentity(string given) => Message.Of($"{given} is not a role or user. Specify a name, role/NAME, user/NAME, or the ARN of a role or user, with {nameof(GrantRequest.Apply):param}. A group or the root user cannot be specified.");

    public static Message NoIdentity(string name, string account) => Message.Of($"There is no role or user {name} in account {account}.");

    public static Message NoSuch(IamIdentityKind kind, string name, string account) => Message.Of($"There is no {Word(kind)} {name} in account {account}.");

    public static Message Ambiguous(string name) => Message.Of($"There are a role and a user {name}. Specify role/{name} or user/{name} with {nameof(GrantRequest.Apply):param}.");

    public static Message OtherIdentity(string given, string found) => Message.Of($"{given} does not exist; the one of this name is {found}.");

    public static Message OtherAccount(string caller, string account, string environment, string wanted) =>
        Message.Of($"{caller} is in account {account}, but environment {environment} is in {wanted}. Use credentials of that account, or correct the environment in ebproject.yaml.");

    public static Message ForeignIdentity(string identity, string environment, string account) => Message.Of($"{identity} does not belong to account {account} of environment {environment}.");

    public static Message Description(string project, string environment) => Message.Of($"Lets its owner deploy environment {environment} of project {project}. Made by EventBridgeOps.");

    public static Message Subject(string policy) => Message.Of($"policy {policy}");

    public static Message Create(IamIdentity identity) => Message.Of($"Create the policy, and attach it to {Word(identity.Kind)} {identity.Name}");

    public static Message Update(IamIdentity identity, string? deletes) => deletes is null
        ? Message.Of($"Create a version of the policy, and attach it to {Word(identity.Kind)} {identity.Name}")
        : Message.Of($"Delete version {deletes} of the policy, create another one, and attach the policy to {Word(identity.Kind)} {identity.Name}");

    public static Message Attach(IamIdentity identity) => Message.Of($"Attach the policy to {Word(identity.Kind)} {identity.Name}");

    public static Message Remove(IamIdentity identity) => Message.Of($"Detach the policy from {Word(identity.Kind)} {identity.Name}, and delete it if no other identity has it");

    public static Message NotReadBack(string policy, string identity) => Message.Of($"Policy {policy} was written, but IAM does not show it as it was written, or not as a policy of {identity}. Run the command again.");

    public static Message ActionTooLong(string statement, int most) => Message.Of($"Statement {statement} of the policy does not fit into {most} characters.");

    private static string Word(IamIdentityKind kind) => kind == IamIdentityKind.Role ? "role" : "user";
}
