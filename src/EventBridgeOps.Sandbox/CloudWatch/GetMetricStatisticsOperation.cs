using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>GetMetricStatistics: several statistics of one metric. Periods begin at the start time.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html</remarks>
internal static class GetMetricStatisticsOperation
{
    private const int MostPoints = 1440;

    public static RawDocument Get(Operation operation)
    {
        RawDocument input = operation.Input;
        foreach (string name in new[] { "Namespace", "MetricName", "StartTime", "EndTime", "Period" })
        {
            if (input[name] is null)
                throw MetricErrors.Missing(name);
        }

        Constraints constraints = new();
        constraints.Text("namespace", input["Namespace"], true, 1, 255, "[^:].*");
        constraints.Number("period", input["Period"], 1, int.MaxValue);
        constraints.List("statistics", input["Statistics"], 1, 5, required: false);
        constraints.List("extendedStatistics", input["ExtendedStatistics"], 1, 10, required: false);
        MetricName metric = MetricName.Read(constraints, "", input, input.Text("Namespace"));
        MetricErrors.Check(constraints);

        List<string> names = [.. input.Texts("Statistics")];
        List<string> extended = [.. input.Texts("ExtendedStatistics")];
        if (names.Count == 0 == (extended.Count == 0))
            throw MetricErrors.BadCombination("Must specify either Statistics or ExtendedStatistics, but not both.");
        if (names.Find(name => name is not ("SampleCount" or "Average" or "Sum" or "Minimum" or "Maximum")) is { } unknown)
        {
            throw MetricErrors.Invalid(
                $"1 validation error detected: Value '[{unknown}]' at 'statistics' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [Sum, Maximum, Minimum, SampleCount, Average]]");
        }


        extended.ForEach(name => MetricStatistic.Named(name));

        DateTimeOffset start = MetricTime.Minute(MetricTime.Read(input, "StartTime")!.Value);
        DateTimeOffset end = MetricTime.Read(input, "EndTime")!.Value;
        if (start >= end)
            throw MetricErrors.BadValue("The parameter StartTime must be less than the parameter EndTime.");

        long period = input.Number("Period")!.Value;
        MetricStatistic.CheckPeriod(period);
        double points = Math.Ceiling((end - start).TotalSeconds / period);
        if (points > MostPoints)
        {
            throw MetricErrors.BadCombination(
                $"You have requested up to {points:#,##0} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.");
        }

        operation.State.Settle();
        return RawDocument.Empty
            .With("Label", metric.Name)
            .With("Datapoints", MetricStatistic.Periods(operation, metric, start, end, period, input.Text("Unit"))
                .Select(one => Point(one, names, extended)).Where(point => point.Members.Count > 2));
    }

    private static RawDocument Point((DateTimeOffset Start, string Unit, MetricSample Sample) one, List<string> names, List<string> extended)
    {
        RawDocument point = RawDocument.Empty.With("Timestamp", MetricTime.Write(one.Start));
        point = Statistics(one.Sample, names).Members.Aggregate(point, (all, statistic) => all.With(statistic.Key, statistic.Value)).With("Unit", one.Unit);
        return Statistics(one.Sample, extended) is { Members.Count: > 0 } found ? point.With("ExtendedStatistics", found) : point;
    }

    private static RawDocument Statistics(MetricSample sample, List<string> names) => names.Aggregate(
        RawDocument.Empty,
        (all, name) => MetricStatistic.Named(name)(sample) is { } value ? all.With(name, Json.Figure(value)) : all);
}
