using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The metrics of functions, in the namespace AWS/Lambda: for the function, for its resource, and for all. What does not happen is not counted as zero, but for errors and throttles of an invocation.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html</remarks>
internal static class FunctionMetrics
{
    private const string Namespace = "AWS/Lambda";
    private const string OfFunction = "FunctionName";

    /// <summary>Counts an invocation that ended, at the minute in which it began.</summary>
    public static void Invoked(Operation operation, Invocation invocation, DateTimeOffset began, bool hasError, TimeSpan duration)
    {
        string function = invocation.Function.Text("FunctionName")!;
        Add(operation, function, "Invocations", "Count", began, 1);
        Add(operation, function, "Errors", "Count", began, hasError ? 1 : 0);
        Add(operation, function, "Throttles", "Count", began, 0);
        Add(operation, function, "Duration", "Milliseconds", began, duration.TotalMilliseconds);
    }

    /// <summary>Counts something that happened now.</summary>
    public static void Count(Operation operation, string function, string name) => Add(operation, function, name, "Count", operation.Now, 1);

    private static void Add(Operation operation, string function, string name, string unit, DateTimeOffset at, double value)
    {
        MetricStore store = new(operation.State);
        store.Expire(operation.Now);
        AlarmClock.Touch(operation.State, operation.Now);
        foreach ((string Name, string Value)[] dimensions in new (string, string)[][] { [], [(OfFunction, function)], [(OfFunction, function), ("Resource", function)] })
        {
            MetricSample sample = new();
            sample.Add(value);
            store.Add(MetricName.Of(Namespace, name, dimensions), unit, MetricTime.Minute(at), sample);
        }
    }
}
