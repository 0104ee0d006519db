using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Delivers to the targets of one service.</summary>
internal interface ITarget
{
    /// <summary>The service, as the ARN of a target names it.</summary>
    string Service { get; }

    /// <summary>Delivers, or says why not.</summary>
    /// <exception cref="DeliveryRefusal">The target, or a permission, refused.</exception>
    /// <exception cref="AwsError">The service refused in its own words, which no retry would change.</exception>
    /// <returns>Null if it was delivered; else what the sandbox does not simulate.</returns>
    Message? Deliver(Attempt attempt);
}

/// <summary>One attempt of a delivery.</summary>
/// <param name="Operation">The Region and account in which it happens.</param>
/// <param name="Event">The event.</param>
/// <param name="RuleArn">The rule that matched.</param>
/// <param name="Target">The target.</param>
/// <param name="Input">What the target receives.</param>
internal sealed record Attempt(Operation Operation, BusEvent Event, string RuleArn, RuleTarget Target, string Input)
{
    /// <summary>Refuses what the policy of the target denies, and its role, if it has one.</summary>
    /// <exception cref="DeliveryRefusal">Both deny it, or there is no role.</exception>
    /// <returns>Why it is unknown whether the delivery is allowed; null if it is.</returns>
    public Message? Doubt(PolicyDecision policy, string action)
    {
        if (Target.Document.Text("RoleArn") is not { Length: > 0 } role)
            return Doubt(policy);
        // EventBridge takes roles for targets of other accounts; which of the two counts in one account is not documented.
        PolicyDecision byRole = Operation.Account.Roles.May(Operation, role, PolicyRequest.EventBridge, RuleArn, action, Target.Arn.ToString());
        return byRole.IsAllowed == policy.IsAllowed && byRole.IsDenied == policy.IsDenied ? Doubt(policy) : DeliveryMessages.RoleOrPolicy(role, byRole.Reason, policy.Reason);
    }

    /// <summary>Refuses what a policy denies.</summary>
    /// <exception cref="DeliveryRefusal">The policy denies it.</exception>
    /// <returns>Why it is unknown whether the policy allows it; null if it does.</returns>
    public Message? Doubt(PolicyDecision decision)
    {
        if (decision.IsDenied)
            throw DeliveryRefusal.NoPermission($"Access to the resource {Target.Arn} is denied.");
        return decision.IsAllowed ? null : decision.Reason;
    }
}

/// <summary>A delivery that a target refused.</summary>
/// <param name="code">The code, as a dead letter has it.</param>
/// <param name="message">The reason.</param>
internal sealed class DeliveryRefusal(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Whether EventBridge tries again.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html: not for missing permissions or resources.</remarks>
    public bool IsRetried { get; init; }

    public static DeliveryRefusal NoPermission(string message) => new("NO_PERMISSIONS", message);

    public static DeliveryRefusal NoResource(string message) => new("NO_RESOURCE", message);
}
