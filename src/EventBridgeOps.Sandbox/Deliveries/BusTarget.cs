using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Another event bus of the account, in this Region or another one. It receives the whole event, whatever the target's input says.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html</remarks>
internal sealed class BusTarget(World world, Courier courier) : IRoleTarget
{
    public const string ServiceName = "events";

    public string Service => ServiceName;

    public IEnumerable<RolePermission> Permissions(Attempt attempt) => [new("events:PutEvents", attempt.Target.Arn.ToString())];

    public Message? Deliver(Attempt attempt)
    {
        Arn arn = attempt.Target.Arn;
        if (!BusName.TryRead(arn.ToString(), out _, out string? bus))
            return DeliveryMessages.NotSimulated("events " + arn.Resource.Split('/')[0]);
        if (arn.AccountId != attempt.Operation.Account.Id)
            return DeliveryMessages.OtherAccount(arn.AccountId);
        if (attempt.Event.IsForwarded)
            throw new DeliveryRefusal("THIRD_ACCOUNT_HOP_DETECTED", DeliveryMessages.ThirdBus().ToString()); // As seen in dead-letter queues.

        world.Use(arn.Region, state =>
        {
            Operation there = Operation.OfService(arn.Region, state, attempt.Operation.Account);
            if (bus != BusName.Default && !state["buses"].ContainsKey(bus!))
                throw DeliveryRefusal.NoResource($"Event bus {bus} does not exist.");
            courier.Publish(there, attempt.Event with { Bus = bus!, IsForwarded = true });
            return state;
        });
        return null;
    }
}
