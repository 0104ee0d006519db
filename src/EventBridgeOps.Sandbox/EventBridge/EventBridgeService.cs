using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>EventBridge as far as it is spoken here.</summary>
internal sealed class EventBridgeService : IService
{
    public string Name => "events";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateEventBus"] = BusOperations.Create,
        ["UpdateEventBus"] = BusOperations.Update,
        ["DeleteEventBus"] = BusOperations.Delete,
        ["DescribeEventBus"] = BusOperations.Describe,
        ["ListEventBuses"] = BusOperations.List,
        ["PutPermission"] = BusPermissions.Put,
        ["RemovePermission"] = BusPermissions.Remove,
        ["PutRule"] = RuleOperations.Put,
        ["DescribeRule"] = RuleOperations.Describe,
        ["ListRules"] = RuleOperations.List,
        ["EnableRule"] = RuleOperations.Enable,
        ["DisableRule"] = RuleOperations.Disable,
        ["DeleteRule"] = RuleOperations.Delete,
        ["PutTargets"] = TargetOperations.Put,
        ["RemoveTargets"] = TargetOperations.Remove,
        ["ListTargetsByRule"] = TargetOperations.List,
        ["ListRuleNamesByTarget"] = TargetOperations.ListRuleNames,
        ["TestEventPattern"] = PatternOperations.Test,
        ["PutEvents"] = PutEventsOperation.Put,
        ["CreateArchive"] = ArchiveOperations.Create,
        ["DescribeArchive"] = ArchiveOperations.Describe,
        ["ListArchives"] = ArchiveOperations.List,
        ["UpdateArchive"] = ArchiveOperations.Update,
        ["DeleteArchive"] = ArchiveOperations.Delete,
        ["StartReplay"] = ReplayOperations.Start,
        ["DescribeReplay"] = ReplayOperations.Describe,
        ["ListReplays"] = ReplayOperations.List,
        ["CancelReplay"] = ReplayOperations.Cancel,
        ["TagResource"] = EventTagOperations.Tag,
        ["UntagResource"] = EventTagOperations.Untag,
        ["ListTagsForResource"] = EventTagOperations.List,
    };

    public AwsError BadToken => AwsError.Validation("Token is invalid.");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "InternalException", "An internal error has occurred.");
}
