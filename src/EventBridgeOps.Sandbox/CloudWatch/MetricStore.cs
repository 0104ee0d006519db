using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>
/// The metrics of a Region, minute by minute. Each metric has a row, and each of its hours another one, with its minutes and units.
/// AWS keeps minutes for 15 days and then coarser points for longer; here, what is older than 15 days is gone.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html, "Metrics retention"</remarks>
internal sealed class MetricStore(Region state)
{
    private const int Retention = 15 * 24; // In hours.
    private const string Last = "lastHour";
    private const string First = "firstHour";

    private Table Names => state["metrics"];

    private Table Hours => state["metricHours"];

    /// <summary>All metrics, in an order of their own, each with the hour of its last data.</summary>
    public IEnumerable<(string Key, MetricName Metric, DateTimeOffset LastHour)> All =>
        Names.Select(row => (row.Key, MetricName.From(row.Value), DateTimeOffset.FromUnixTimeSeconds(row.Value.Number(Last)!.Value * 3600)));

    /// <summary>Adds what was measured in a minute.</summary>
    public void Add(MetricName metric, string unit, DateTimeOffset at, MetricSample sample)
    {
        string key = metric.Key;
        long hour = Hour(at);
        RawDocument known = Names.Find(key) ?? metric.ToDocument().With("id", state.NextNumber()).With(First, hour).With(Last, hour);
        if (!Names.ContainsKey(key) || known.Number(First) > hour || known.Number(Last) < hour)
            Names[key] = known.With(First, Math.Min(known.Number(First)!.Value, hour)).With(Last, Math.Max(known.Number(Last)!.Value, hour));

        string row = Row(known, hour);
        string cell = string.Format(CultureInfo.InvariantCulture, "{0:D2}|{1}", at.UtcDateTime.Minute, unit);
        RawDocument minutes = Hours.Find(row) ?? RawDocument.Empty;
        if (minutes.Object(cell) is { } before)
            sample.Add(MetricSample.From(before));
        Hours[row] = minutes.With(cell, sample.ToElement());
    }

    /// <summary>What was measured between two times, minute by minute.</summary>
    public IEnumerable<(DateTimeOffset Minute, string Unit, MetricSample Sample)> Between(MetricName metric, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        if (Names.Find(metric.Key) is not { } known)
            yield break;

        long first = Math.Max(Math.Max(Hour(start), known.Number(First)!.Value), Hour(now) - Retention);
        long last = Math.Min(Hour(end), known.Number(Last)!.Value);
        for (long hour = first; hour <= last; hour++)
        {
            if (Hours.Find(Row(known, hour)) is not { } minutes)
                continue;
            foreach (KeyValuePair<string, JsonElement> cell in minutes.Members.OrderBy(cell => cell.Key, StringComparer.Ordinal))
            {
                string[] parts = cell.Key.Split('|');
                DateTimeOffset minute = DateTimeOffset.FromUnixTimeSeconds((hour * 3600) + (int.Parse(parts[0], CultureInfo.InvariantCulture) * 60));
                if (minute >= start && minute < end)
                    yield return (minute, parts[1], MetricSample.From(RawDocument.From(cell.Value)));
            }
        }
    }

    /// <summary>Drops what is too old, once an hour.</summary>
    public void Expire(DateTimeOffset now)
    {
        long oldest = Hour(now) - Retention;
        Table swept = state["metricSweep"];
        if (swept.Find("oldest")?.Number("hour") is { } before && before == oldest)
            return;

        swept["oldest"] = RawDocument.Empty.With("hour", oldest);
        foreach (KeyValuePair<string, RawDocument> row in Names.ToList())
        {
            long first = row.Value.Number(First)!.Value;
            long last = row.Value.Number(Last)!.Value;
            for (long hour = first; hour < oldest && hour <= last; hour++)
            {
                if (Hours.ContainsKey(Row(row.Value, hour)))
                    Hours.Remove(Row(row.Value, hour));
            }

            if (last < oldest)
                Names.Remove(row.Key);
            else if (first < oldest)
                Names[row.Key] = row.Value.With(First, oldest);
        }
    }

    private static long Hour(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    private static string Row(RawDocument known, long hour) => string.Format(CultureInfo.InvariantCulture, "{0:D10}|{1:D7}", known.Number("id"), hour);
}
