using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Finds the roles of the account from any Region, and says what a service may do with one of them.</summary>
internal sealed class RoleDirectory(World world) : IRoles
{
    public PolicyDecision May(Operation operation, string roleArn, string service, string sourceArn, string action, string resource)
    {
        string home = Role.HomeOf(operation.Call.Region);
        return world.Use(operation.Account.Place(home), state =>
        {
            Operation iam = Operation.OfService(home, state, operation.Account);
            if (Role.AtArn(iam, roleArn) is not { } role)
                return new(PolicyOutcome.ImplicitDeny, IamMessages.NoRole(roleArn), []);
            PolicyDecision trust = role.Trusts(PolicyRequest.OfService(service, "sts:AssumeRole", roleArn, sourceArn, operation.Account.Id));
            return trust.IsAllowed ? role.Allows(action, resource, operation.Call.Region) : trust;
        });
    }
}
