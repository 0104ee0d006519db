using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Policies;

/// <summary>Why policies allow a request, deny it, or do not decide. Those of the doubts are clauses.</summary>
internal static class PolicyMessages
{
    public static Message Allowed(Message statement, string principal, string action, string resource) => Message.Of($"{statement} allows {principal} to perform {action} on {resource}.");

    public static Message Denied(Message statement, string principal, string action, string resource) => Message.Of($"{statement} denies {principal} {action} on {resource}.");

    public static Message NotAllowed(string principal, string action, string resource) => Message.Of($"No statement allows {principal} to perform {action} on {resource}.");

    public static Message NoPolicy(string principal, string action, string resource) => Message.Of($"No policy allows {principal} to perform {action} on {resource}.");

    public static Message Doubtful(Message statement, string principal, string action, string resource, Message why) => Message.Of($"Whether {principal} may perform {action} on {resource} is unknown. {statement} depends on {why:clause}.");

    public static Message Statement(string number, string policy) => policy.Length == 0 ? Message.Of($"Statement {number}") : Message.Of($"Statement {number} of policy {policy}");

    public static Message Unreadable(string policy) => policy.Length == 0
        ? Message.Of($"The policy could not be read: it is not JSON with statements that allow or deny.")
        : Message.Of($"The policy {policy} could not be read: it is not JSON with statements that allow or deny.");

    public static Message UnknownKey(string key) => Message.Of($"the value of the condition key {key} in the request");

    public static Message UnknownOperator(string name) => Message.Of($"the condition operator {name}, which is not evaluated here");

    public static Message UnknownVariable(string text) => Message.Of($"the value of a variable in {text}");

    public static Message UnreadableCondition() => Message.Of($"a condition that could not be read");

    public static Message SeveralValues(string key) => Message.Of($"the condition key {key}, which has several values in the request and is compared without ForAnyValue or ForAllValues");

    public static Message NotComparable(string actual, string wanted) => Message.Of($"the comparison of '{actual}' with '{wanted}', which are not both numbers or both dates");

    public static Message NotAnArn(string pattern) => Message.Of($"the ARN operator with '{pattern}', which does not have the six parts of an ARN");

    public static Message WildcardBeyondColon(string pattern) => Message.Of($"whether a wildcard in {pattern} stands for a colon too");

    public static Message NotPrincipal() => Message.Of($"NotPrincipal with a role or user, which depends on how the request is made");

    public static Message UnknownPrincipal(string value) => Message.Of($"what the principal {value} stands for");

    public static Message OtherNameOfService(string value, string service) => Message.Of($"whether {value} stands for {service}");

    public static Message OneSession(string value) => Message.Of($"whether the session of the role is {value}");

    public static Message AccountOfResource(string resource) => Message.Of($"the account that owns {resource}");
}
