using System.Text.Json;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>One of the queries of an alarm over several metrics: a metric, or a math expression, whose points the alarm looks at if it is the one that is returned.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html</remarks>
internal sealed record AlarmQuery(string Id, MetricName? Metric, string? Statistic, string? Unit, string? Expression, long? Period, bool IsReturned)
{
    private const int Most = 20;

    private static readonly string[] OfOneMetric = ["Namespace", "MetricName", "Dimensions", "Statistic", "ExtendedStatistic", "Period", "Unit"];

    /// <summary>The queries of a request.</summary>
    public static IReadOnlyList<AlarmQuery> ReadAll(RawDocument input)
    {
        string[] alone = [.. OfOneMetric.Where(name => input[name] is not null)];
        if (alone.Length > 0)
            throw MetricErrors.Invalid($"Metrics cannot be specified together with {string.Join(", ", alone)}."); // AWS documents the rule, and not the words.
        Constraints constraints = new();
        IReadOnlyList<JsonElement> items = constraints.List("metrics", input["Metrics"], 1, Most, required: true);
        List<AlarmQuery> queries = [.. items.Select((item, index) => Read(constraints, item, $"metrics.{index + 1}.member."))];
        MetricErrors.Check(constraints);
        if (queries.Select(query => query.Id).Distinct(StringComparer.Ordinal).Count() < queries.Count)
            throw MetricErrors.Invalid("The IDs of metrics must be unique.");
        if (queries.Count(query => query.IsReturned) != 1)
            throw MetricErrors.Invalid("Exactly one element of the metrics list should return data.");
        if (queries.Select(query => query.Period).OfType<long>().Distinct().Count() != 1)
            throw MetricErrors.Invalid("All metrics of an alarm must have the same period."); // AWS documents the rule, and not the words.
        return queries;
    }

    /// <summary>A query as it is kept.</summary>
    public static AlarmQuery From(RawDocument query)
    {
        RawDocument? stat = query.Object("MetricStat");
        return new(
            query.Text("Id")!, stat is null ? null : MetricName.From(stat.Object("Metric")!), stat?.Text("Stat"), stat?.Text("Unit"), query.Text("Expression"), stat?.Number("Period") ?? query.Number("Period"), query["ReturnData"] is not { ValueKind: JsonValueKind.False });
    }

    /// <summary>The points of the query that is returned, oldest first.</summary>
    public static List<(DateTimeOffset Start, double Value)> Points(Operation operation, IReadOnlyList<AlarmQuery> queries, DateTimeOffset start, DateTimeOffset end, long period)
    {
        List<DateTimeOffset> periods = [];
        for (DateTimeOffset at = start; at < end; at = at.AddSeconds(period))
            periods.Add(at);
        Dictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
        foreach (AlarmQuery query in queries.Where(query => query.Metric is not null))
            series[query.Id] = query.Series(operation, start, end, period);
        // An expression may use another one, which stands before or after it.
        List<AlarmQuery> left = [.. queries.Where(query => query.Metric is null)];
        while (left.Count > 0)
        {
            AlarmQuery next = left.Find(query => left.TrueForAll(other => other == query || !query.Uses(other.Id))) ?? throw MetricErrors.Invalid("The expressions of the alarm refer to each other in a circle.");
            series[next.Id] = MetricMath.Evaluate(next.Expression!, series, periods);
            left.Remove(next);
        }

        MetricSeries result = series[queries.Single(query => query.IsReturned).Id];
        return result.Number is { } number ? [.. periods.Select(at => (at, number))] : [.. result.Points.OrderBy(point => point.Key).Select(point => (point.Key, point.Value))];
    }

    private bool Uses(string id) => System.Text.RegularExpressions.Regex.IsMatch(Expression!, $@"\b{id}\b");

    private MetricSeries Series(Operation operation, DateTimeOffset start, DateTimeOffset end, long period) => new(
        MetricStatistic.Points(MetricStatistic.Periods(operation, Metric!, start, end, period, Unit), Statistic!).GroupBy(point => point.Start).ToDictionary(each => each.Key, each => each.Last().Value),
        IsMetric: true);

    private static AlarmQuery Read(Constraints constraints, JsonElement item, string at)
    {
        RawDocument query = constraints.Object(at.TrimEnd('.'), item, required: true);
        constraints.Text(at + "id", query["Id"], true, 1, 255, "[a-z][a-zA-Z0-9_]*");
        if (query["Expression"] is null == query["MetricStat"] is null)
            throw MetricErrors.Invalid("Each query of an alarm needs either Expression or MetricStat.");
        if (query["AccountId"] is not null)
            throw MetricErrors.NotSupported(CloudWatchMessages.NoParameter("AccountId"));
        if (query["MetricStat"] is null)
            return From(query);
        MetricQuery.Stat(constraints, query, at, "Metrics.member");
        return From(query);
    }
}
