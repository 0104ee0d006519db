using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>CloudWatch Logs as far as it is spoken here: no metric filters, subscriptions, queries and exports.</summary>
internal sealed class LogsService : IService
{
    public string Name => "logs";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateLogGroup"] = GroupOperations.Create,
        ["DeleteLogGroup"] = GroupOperations.Delete,
        ["DescribeLogGroups"] = GroupOperations.Describe,
        ["PutRetentionPolicy"] = GroupOperations.PutRetention,
        ["DeleteRetentionPolicy"] = GroupOperations.DeleteRetention,
        ["CreateLogStream"] = StreamOperations.Create,
        ["DeleteLogStream"] = StreamOperations.Delete,
        ["DescribeLogStreams"] = StreamOperations.Describe,
        ["PutLogEvents"] = PutLogEventsOperation.Put,
        ["GetLogEvents"] = GetLogEventsOperation.Get,
        ["FilterLogEvents"] = FilterLogEventsOperation.Filter,
        ["PutResourcePolicy"] = LogPolicies.Put,
        ["DescribeResourcePolicies"] = LogPolicies.Describe,
        ["DeleteResourcePolicy"] = LogPolicies.Delete,
        ["TagResource"] = LogTags.Tag,
        ["UntagResource"] = LogTags.Untag,
        ["ListTagsForResource"] = LogTags.List,
        ["TagLogGroup"] = LogTags.TagGroup,
        ["UntagLogGroup"] = LogTags.UntagGroup,
        ["ListTagsLogGroup"] = LogTags.ListGroup,
        ["PutDeliverySource"] = SourceOperations.Put,
        ["GetDeliverySource"] = SourceOperations.Get,
        ["DescribeDeliverySources"] = SourceOperations.Describe,
        ["DeleteDeliverySource"] = SourceOperations.Delete,
        ["PutDeliveryDestination"] = DestinationOperations.Put,
        ["GetDeliveryDestination"] = DestinationOperations.Get,
        ["DescribeDeliveryDestinations"] = DestinationOperations.Describe,
        ["DeleteDeliveryDestination"] = DestinationOperations.Delete,
        ["CreateDelivery"] = DeliveryOperations.Create,
        ["GetDelivery"] = DeliveryOperations.Get,
        ["DescribeDeliveries"] = DeliveryOperations.Describe,
        ["DeleteDelivery"] = DeliveryOperations.Delete,
    };

    public AwsError BadToken => LogErrors.BadParameter("The specified nextToken is invalid.");

    public AwsError Internal(int status) => new(status, "ServiceUnavailableException", "An internal error has occurred.");
}
