using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>One query of GetMetricData.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html</remarks>
internal sealed record MetricQuery(string Id, string Label, bool IsReturned, MetricName Metric, string Statistic, long Period, string? Unit)
{
    public static MetricQuery Read(Constraints constraints, JsonElement item, int number)
    {
        string at = string.Format(CultureInfo.InvariantCulture, "metricDataQueries.{0}.member.", number);
        RawDocument query = constraints.Object(at.TrimEnd('.'), item, required: true);
        constraints.Text(at + "id", query["Id"], true, 1, 255, "[a-z][a-zA-Z0-9_]*");
        if (query["Expression"] is not null)
            throw MetricErrors.NotSupported(CloudWatchMessages.NoExpression());
        if (query["AccountId"] is not null)
            throw MetricErrors.NotSupported(CloudWatchMessages.NoParameter("AccountId"));
        if (query.Text("Label")?.Contains("${") == true)
            throw MetricErrors.NotSupported(CloudWatchMessages.NoDynamicLabel());

        (MetricName name, string statistic, long period, string? unit) = Stat(constraints, query, at, $"MetricDataQueries.member.{number}");
        return new(query.Text("Id")!, query.Text("Label") ?? $"{name.Name} {statistic}", query["ReturnData"] is not { ValueKind: JsonValueKind.False }, name, statistic, period, unit);
    }

    /// <summary>Reads and checks what a query measures.</summary>
    /// <param name="constraints">Collects what is wrong.</param>
    /// <param name="query">The query.</param>
    /// <param name="at">Where it stands, for the message of a constraint.</param>
    /// <param name="member">Where it stands, for the message of a missing parameter.</param>
    public static (MetricName Metric, string Statistic, long Period, string? Unit) Stat(Constraints constraints, RawDocument query, string at, string member)
    {
        RawDocument stat = constraints.Object(at + "metricStat", query["MetricStat"], required: true);
        RawDocument metric = constraints.Object(at + "metricStat.metric", stat["Metric"], required: true);
        constraints.Number(at + "metricStat.period", stat["Period"], 1, int.MaxValue);
        constraints.Text(at + "metricStat.stat", stat["Stat"], required: true);
        constraints.Text(at + "metricStat.metric.namespace", metric["Namespace"], true, 1, 255);
        MetricName name = MetricName.Read(constraints, at + "metricStat.metric.", metric, metric.Text("Namespace"));
        MetricErrors.Check(constraints);
        long period = stat.Number("Period") ?? throw MetricErrors.Missing(member + ".MetricStat.Period");
        MetricStatistic.CheckPeriod(period);
        string statistic = stat.Text("Stat")!;
        MetricStatistic.Named(statistic);
        return (name, statistic, period, stat.Text("Unit"));
    }

    /// <summary>The points between two times.</summary>
    public List<(DateTimeOffset Start, double Value)> Points(Operation operation, DateTimeOffset start, DateTimeOffset end, bool newestFirst)
    {
        List<(DateTimeOffset Start, string Unit, MetricSample Sample)> periods = MetricStatistic.Periods(operation, Metric, start, end, Period, Unit);
        if (periods.Select(one => one.Unit).Distinct(StringComparer.Ordinal).Take(2).Count() > 1)
            throw MetricErrors.NotSupported(CloudWatchMessages.MixedUnits(Metric.Name));

        List<(DateTimeOffset Start, double Value)> points = MetricStatistic.Points(periods, Statistic);
        if (newestFirst)
            points.Reverse();
        return points;
    }
}
