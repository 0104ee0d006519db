using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Another event bus, in this Region or another one, of this account or of another that the sandbox has. It receives the whole event, whatever the target's input says.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html</remarks>
internal sealed class BusTarget(World world, Courier courier) : IRoleTarget
{
    public const string ServiceName = "events";

    private const string PutEvents = "events:PutEvents";

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
    private static readonly (string Key, string Field)[] SentKeys = [("events:source", "source"), ("events:detail-type", "detail-type")];

    public string Service => ServiceName;

    public IEnumerable<RolePermission> Permissions(Attempt attempt) => [new(PutEvents, attempt.Target.Arn.ToString())];

    public Message? Deliver(Attempt attempt)
    {
        Arn arn = attempt.Target.Arn;
        if (!BusName.TryRead(arn.ToString(), out _, out string? bus))
            return DeliveryMessages.NotSimulated("events " + arn.Resource.Split('/')[0]);
        if (attempt.Operation.Account.All.Named(arn.AccountId) is not { } owner)
            return DeliveryMessages.OtherAccount(arn.AccountId);
        if (attempt.Event.IsForwarded)
            throw new DeliveryRefusal("THIRD_ACCOUNT_HOP_DETECTED", DeliveryMessages.ThirdBus().ToString()); // As seen in dead-letter queues.

        return world.Use<Message?>(owner.Place(arn.Region), state =>
        {
            if (bus != BusName.Default && !state["buses"].ContainsKey(bus!))
                throw DeliveryRefusal.NoResource($"Event bus {bus} does not exist.");
            if (owner.Id != attempt.Operation.Account.Id && attempt.Doubt(MayPut(attempt, state["buses"].Find(bus!)?.Text("Policy"))) is { } doubt)
                return doubt;
            courier.Publish(Operation.OfService(arn.Region, state, owner), attempt.Event with { Bus = bus!, IsForwarded = true });
            return null;
        });
    }

    /// <summary>Whether the policy of an event bus lets another account send events; without a role, the account itself asks.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html</remarks>
    private static PolicyDecision MayPut(Attempt attempt, string? policy)
    {
        Arn arn = attempt.Target.Arn;
        string principal = attempt.Target.Document.Text("RoleArn") is { Length: > 0 } role ? role : attempt.Operation.GlobalArn("iam", "root");
        PolicyRequest request = PolicyRequest.OfRole(principal, PutEvents, arn.ToString(), arn.Region);
        PolicyContext context = request.Context;
        foreach ((string key, string field) in SentKeys)
            context = RawDocument.From(attempt.Event.Root).Text(field) is { } value ? context.With(key, value) : context.Without(key);
        // AWS shows it in policies for rules, and documents it for calls that a service does not make by a role. So only what holds with and without it is certain.
        PolicyDecision without = Decide(context.Without("aws:SourceArn")), with = Decide(context.With("aws:SourceArn", attempt.RuleArn));
        return with.Outcome == without.Outcome ? with : Decide(context);

        PolicyDecision Decide(PolicyContext known) => PolicyEvaluation.OfResource(policy, request with { Context = known });
    }
}
