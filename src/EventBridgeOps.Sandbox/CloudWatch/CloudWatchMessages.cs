using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>What the sandbox says of requests for metrics that CloudWatch would answer.</summary>
internal static class CloudWatchMessages
{
    public static Message NoParameter(string name) => Message.Of($"The sandbox does not support the parameter {name} of CloudWatch.");

    public static Message NoExpression() => Message.Of($"The sandbox does not support metric math and Metrics Insights: a query needs MetricStat.");

    public static Message NoFunction(string name) => Message.Of($"The sandbox does not support {name} in metric math, only METRICS, SUM, AVG, MIN, MAX, FILL with a number, and + - * /.");

    public static Message NoStatistic(string name) => Message.Of($"The sandbox does not support the statistic {name}, only SampleCount, Sum, Average, Minimum, Maximum and percentiles (p50, p99.9).");

    public static Message NoHighResolution() => Message.Of($"The sandbox does not support metrics of high resolution: StorageResolution must be 60, and a period a multiple of 60 seconds.");

    public static Message NoDynamicLabel() => Message.Of($"The sandbox does not support dynamic labels.");

    public static Message MixedUnits(string metric) => Message.Of($"The sandbox does not combine units: the metric {metric} has data with several units, so the query must specify Unit.");
}
