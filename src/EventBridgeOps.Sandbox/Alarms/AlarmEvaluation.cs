using System.Globalization;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>
/// What the data of a metric make of its alarm. The periods end with the minute of the evaluation. CloudWatch looks at some more periods than the alarm
/// has, and so takes older data in place of missing ones; its page has two more in the example, which is what the sandbox does.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html</remarks>
internal static class AlarmEvaluation
{
    private const int MorePeriods = 2;

    /// <summary>The state and its reason; null if the alarm stays as it is.</summary>
    /// <param name="operation">The Region.</param>
    /// <param name="alarm">The alarm.</param>
    /// <param name="hasData">Whether there were data in the periods, so that the next minute may be different.</param>
    public static (string State, string Reason, RawDocument Data)? Of(Operation operation, Alarm alarm, out bool hasData)
    {
        List<(DateTimeOffset Start, double Value)> found = Points(operation, alarm);
        hasData = found.Count > 0;
        List<(DateTimeOffset Start, double Value)> taken = [.. found.Skip(Math.Max(0, found.Count - alarm.EvaluationPeriods))];
        int missing = alarm.EvaluationPeriods - taken.Count, breaching = taken.Count(point => alarm.IsBreaching(point.Value));
        if (State(alarm, taken.Count, breaching, missing) is not { } state)
            return null;
        RawDocument data = RawDocument.Empty
            .With("version", "1.0")
            .With("queryDate", Alarm.Moment(operation.Now))
            .With("period", alarm.Period)
            .With("recentDatapoints", Json.Array(taken.Select(point => Json.Figure(point.Value))))
            .With("threshold", Json.Figure(alarm.Threshold));
        if (alarm.Statistic is { } statistic)
            data = data.With("statistic", statistic);
        if (taken.Count > 0)
            data = data.With("startDate", Alarm.Moment(taken[0].Start));
        return (state, Reason(alarm, state, taken, missing), data);
    }

    private static string? State(Alarm alarm, int present, int breaching, int missing)
    {
        int least = alarm.DatapointsToAlarm;
        if (breaching >= least)
            return Alarm.InAlarm;
        if (missing == 0)
            return Alarm.Ok;
        switch (alarm.Missing)
        {
            case "breaching":
                return breaching + missing >= least ? Alarm.InAlarm : Alarm.Ok;
            case "notBreaching":
                return Alarm.Ok;
            case "ignore":
                return breaching + missing >= least ? null : Alarm.Ok; // What is missing could decide, so the state stays.
            default:
                return present == 0 ? Alarm.NoData : breaching == present ? Alarm.InAlarm : Alarm.Ok;
        }
    }

    private static List<(DateTimeOffset Start, double Value)> Points(Operation operation, Alarm alarm)
    {
        DateTimeOffset end = MetricTime.Minute(operation.Now), start = end.AddSeconds(-alarm.Period * (alarm.EvaluationPeriods + MorePeriods));
        if (alarm.Queries is { Count: > 0 } queries)
            return AlarmQuery.Points(operation, queries, start, end, alarm.Period);
        return MetricStatistic.Points(MetricStatistic.Periods(operation, alarm.Metric, start, end, alarm.Period, alarm.Document.Text("Unit")), alarm.Statistic!);
    }

    /// <summary>The words of CloudWatch, as its notifications and events show them.</summary>
    private static string Reason(Alarm alarm, string state, List<(DateTimeOffset Start, double Value)> points, int missing)
    {
        if (state == Alarm.NoData)
            return $"Insufficient Data: {Counted(alarm.EvaluationPeriods)} {(alarm.EvaluationPeriods == 1 ? "was" : "were")} unknown.";
        if (points.Count == 0)
            return $"Threshold Crossed: no datapoints were received for {(missing == 1 ? "1 period" : missing + " periods")} and {missing} missing datapoint{(missing == 1 ? " was" : "s were")} treated as [{(state == Alarm.Ok ? "NonBreaching" : "Breaching")}].";

        string comparison = alarm.Comparison switch
        {
            "GreaterThanOrEqualToThreshold" => "greater than or equal to",
            "GreaterThanThreshold" => "greater than",
            "LessThanThreshold" => "less than",
            _ => "less than or equal to",
        };
        string values = string.Join(", ", points.AsEnumerable().Reverse().Select(point => $"{Figure(point.Value)} ({point.Start.UtcDateTime.ToString("dd/MM/yy HH:mm:ss", CultureInfo.InvariantCulture)})"));
        string threshold = $"{comparison} the threshold ({Figure(alarm.Threshold)})";
        int breaching = points.Count(point => alarm.IsBreaching(point.Value));
        return state == Alarm.Ok
            ? $"Threshold Crossed: {Counted(points.Count)} [{values}] {(points.Count == 1 ? "was" : "were")} not {threshold}."
            : $"Threshold Crossed: {breaching} out of the last {alarm.EvaluationPeriods} datapoints [{values}] {(breaching == 1 ? "was" : "were")} {threshold} (minimum {Counted(alarm.DatapointsToAlarm)} for OK -> ALARM transition).";
    }

    private static string Counted(int datapoints) => datapoints == 1 ? "1 datapoint" : FormattableString.Invariant($"{datapoints} datapoints");

    private static string Figure(double value) => Json.Figure(value).ToString();
}
