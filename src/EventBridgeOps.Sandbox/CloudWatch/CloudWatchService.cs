using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>CloudWatch's metrics.</summary>
internal sealed class CloudWatchService : IService
{
    public string Name => "monitoring";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["PutMetricData"] = PutMetricDataOperation.Put,
        ["GetMetricData"] = GetMetricDataOperation.Get,
        ["GetMetricStatistics"] = GetMetricStatisticsOperation.Get,
        ["ListMetrics"] = ListMetricsOperation.List,
    };

    public AwsError BadToken => new(400, "InvalidNextToken", "Request parameter NextToken is invalid.");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "InternalServiceFault", "An internal error has occurred.") { QueryCode = "InternalServiceError" };
}
