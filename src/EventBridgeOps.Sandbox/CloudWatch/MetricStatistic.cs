using System.Globalization;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>Statistics of a metric over periods.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html</remarks>
internal static class MetricStatistic
{
    /// <summary>What calculates a statistic; it gives null where the statistic is not available.</summary>
    public static Func<MetricSample, double?> Named(string name) => name switch
    {
        "SampleCount" => sample => sample.Count,
        "Sum" => sample => sample.Sum,
        "Average" => sample => sample.Sum / sample.Count,
        "Minimum" => sample => sample.Minimum,
        "Maximum" => sample => sample.Maximum,
        _ => Percent(name) is { } percent ? sample => sample.Percentile(percent) : throw MetricErrors.NotSupported(CloudWatchMessages.NoStatistic(name)),
    };

    /// <summary>The periods with data from a start time on, each with the unit of its data, oldest first.</summary>
    public static List<(DateTimeOffset Start, string Unit, MetricSample Sample)> Periods(
        Operation operation, MetricName metric, DateTimeOffset start, DateTimeOffset end, long period, string? unit)
    {
        Dictionary<(long Number, string Unit), MetricSample> periods = [];
        foreach ((DateTimeOffset minute, string measured, MetricSample sample) in new MetricStore(operation.State).Between(metric, start, end, operation.Now))
        {
            if (unit is not null && measured != unit)
                continue;
            (long Number, string Unit) key = ((long)(minute - start).TotalSeconds / period, measured);
            if (periods.TryGetValue(key, out MetricSample? all))
                all.Add(sample);
            else
                periods[key] = sample;
        }

        return [.. periods.OrderBy(one => one.Key.Number).Select(one => (start.AddSeconds(one.Key.Number * period), one.Key.Unit, one.Value))];
    }

    /// <summary>The values of a statistic over the periods in which it is available, oldest first.</summary>
    public static List<(DateTimeOffset Start, double Value)> Points(IEnumerable<(DateTimeOffset Start, string Unit, MetricSample Sample)> periods, string statistic)
    {
        Func<MetricSample, double?> calculate = Named(statistic);
        List<(DateTimeOffset Start, double Value)> points = [];
        foreach ((DateTimeOffset at, _, MetricSample sample) in periods)
        {
            if (calculate(sample) is { } value)
                points.Add((at, value));
        }

        return points;
    }

    /// <summary>Checks a period: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html.</summary>
    public static void CheckPeriod(long period)
    {
        if (period is 1 or 5 or 10 or 20 or 30)
            throw MetricErrors.NotSupported(CloudWatchMessages.NoHighResolution());
        if (period <= 0 || period % 60 != 0)
            throw MetricErrors.BadValue("The parameter Period must be 1, 5, 10, 20, 30, or any multiple of 60.");
    }

    /// <summary>p0.0 to p100, with up to ten decimal places.</summary>
    private static double? Percent(string name)
    {
        int point = name.IndexOf('.');
        return name.Length > 1 && name[0] == 'p' && (point < 0 || name.Length - point - 1 is >= 1 and <= 10)
            && double.TryParse(name.Substring(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent <= 100
            ? percent
            : null;
    }
}
