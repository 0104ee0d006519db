using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Sync;

/// <summary>A rule or a target of a rule as an object names it, together with the names that the user specified.</summary>
public sealed record NamedTarget
{
    /// <summary>The object, for messages.</summary>
    public required string Item { get; init; }

    /// <summary>The name of the event bus that the object stands for; null for a rule or a target.</summary>
    public string? EventBus { get; init; }

    /// <summary>The event buses; empty for the default event bus.</summary>
    public IReadOnlyList<string> EventBusName { get; init; } = [];

    /// <summary>The rules.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = [];

    /// <summary>The target IDs; empty for all Batch targets of the rule.</summary>
    public IReadOnlyList<string> TargetId { get; init; } = [];

    /// <summary>What is known about the target from an earlier scan, besides its names.</summary>
    public required TargetSelection Known { get; init; }

    /// <summary>The target or the rule.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the object is an event bus, its rule is unknown, or there are several names or wildcards.</exception>
    public TargetSelection Select()
    {
        if (EventBus is not null)
            throw Wrong(SyncMessages.IsAnEventBus(Item, EventBus));
        if (RuleName.Count == 0)
            throw Wrong(SyncMessages.RuleUnknown(Item));
        if (EventBusName.Count > 1 || RuleName.Count > 1 || TargetId.Count > 1 || EventBusName.Concat(RuleName).Concat(TargetId).Any(name => NamePattern.Parse(name).HasWildcard))
            throw Wrong(SyncMessages.OneNameEach(Item));
        return Known with
        {
            EventBusName = EventBusName.Count == 0 ? new RuleQuery().EventBusName[0] : EventBusName[0],
            RuleName = RuleName[0],
            TargetId = TargetId.Count == 0 ? null : TargetId[0],

            // Of a rule, these would be the rule's.
            JobDefinition = TargetId.Count == 0 ? null : Known.JobDefinition,
            Document = TargetId.Count == 0 ? null : Known.Document,
        };
    }

    private static OpsException Wrong(Message why) => new(ErrorIds.InvalidArgument, why);
}
