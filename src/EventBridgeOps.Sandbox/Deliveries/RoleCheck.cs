using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Iam;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>A target that EventBridge reaches with a role.</summary>
internal interface IRoleTarget : ITarget
{
    /// <summary>What the role of the target must be allowed.</summary>
    IEnumerable<RolePermission> Permissions(Attempt attempt);
}

/// <summary>An action that a role must be allowed on a resource.</summary>
/// <param name="Action">The action: batch:SubmitJob.</param>
/// <param name="Resource">The ARN of the resource.</param>
/// <param name="Perhaps">Another ARN by which the service may ask for the same resource; null if there is one only.</param>
internal sealed record RolePermission(string Action, string Resource, string? Perhaps = null);

/// <summary>Looks at the role of a target as EventBridge does: it must exist, trust EventBridge, and allow what the target needs.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html</remarks>
internal sealed class RoleCheck(World world)
{
    /// <summary>Checks the role of a target.</summary>
    /// <exception cref="DeliveryRefusal">The role does not allow it.</exception>
    /// <returns>What is not known; null if the role allows it.</returns>
    public Message? Check(Attempt attempt, IEnumerable<RolePermission> permissions)
    {
        if (attempt.Target.Document.Text("RoleArn") is not { Length: > 0 } arn)
            return DeliveryMessages.NoRole();

        string home = Role.HomeOf(attempt.Operation.Call.Region);
        return world.Use(attempt.Operation.Account.Place(home), state =>
        {
            Operation iam = Operation.OfService(home, state, attempt.Operation.Account);
            // AWS documents no words for a role that EventBridge cannot assume.
            Role role = Role.AtArn(iam, arn) ?? throw DeliveryRefusal.NoPermission($"EventBridge cannot assume the role {arn}: it does not exist.");
            PolicyDecision trust = role.Trusts(PolicyRequest.OfEventBridge("sts:AssumeRole", arn, attempt.RuleArn, attempt.Operation.Account.Id));
            if (trust.IsDenied)
                throw DeliveryRefusal.NoPermission($"EventBridge cannot assume the role {arn}: its trust policy does not allow it.");
            List<Message?> remarks = [trust.IsAllowed ? null : trust.Reason, .. permissions.Select(permission => Check(role, permission, attempt))];
            return remarks.Find(remark => remark is not null);
        });
    }

    private static Message? Check(Role role, RolePermission permission, Attempt attempt)
    {
        PolicyDecision decision = role.Allows(permission.Action, permission.Resource, attempt.Operation.Call.Region);
        if (permission.Perhaps is { } other && role.Allows(permission.Action, other, attempt.Operation.Call.Region).IsAllowed != decision.IsAllowed)
            return DeliveryMessages.RoleUnclear(role.Name, permission.Action, permission.Resource, other);
        if (decision.IsDenied)
            throw DeliveryRefusal.NoPermission($"{role.Arn} is not authorized to perform: {permission.Action} on resource: {permission.Resource}");
        return decision.IsAllowed ? null : decision.Reason;
    }
}
