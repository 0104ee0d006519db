using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudTrail;

/// <summary>CloudTrail as far as it is spoken here: trails with management events, and the event history of what <see cref="CallRecord"/> records.</summary>
internal sealed class TrailService : IService
{
    public string Name => "cloudtrail";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateTrail"] = TrailOperations.Create,
        ["DescribeTrails"] = TrailOperations.Describe,
        ["GetTrail"] = TrailOperations.Get,
        ["ListTrails"] = TrailOperations.List,
        ["DeleteTrail"] = TrailOperations.Delete,
        ["GetTrailStatus"] = TrailLogging.Status,
        ["StartLogging"] = TrailLogging.Start,
        ["StopLogging"] = TrailLogging.Stop,
        ["GetEventSelectors"] = EventSelectors.Get,
        ["PutEventSelectors"] = EventSelectors.Put,
        ["LookupEvents"] = LookupEventsOperation.Lookup,
    };

    public AwsError BadToken => new(400, "InvalidNextTokenException", "The token is not valid.");

    public AwsError Internal(int status) => new(status, "InternalFailure", "An internal error has occurred.");
}
