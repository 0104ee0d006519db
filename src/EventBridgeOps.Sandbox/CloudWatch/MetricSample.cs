using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>What was measured in a span of time: the statistics and, for percentiles, how often each value occurred.</summary>
internal sealed class MetricSample
{
    /// <summary>So many different values are kept exactly; more are put together with those that are less than ten percent away.</summary>
    private const int MostValues = 1000;
    private const double BucketRatio = 1.1;

    private readonly SortedDictionary<double, double> values = [];
    private bool hasValues = true;

    public double Count { get; private set; }

    public double Sum { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Adds a value that occurred so often.</summary>
    public void Add(double value, double count = 1)
    {
        AddStatistics(count, value * count, value, value);
        Note(value, count);
    }

    /// <summary>Adds a set of statistics, of which nothing but equal values is known one by one.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html: percentiles need a count of 1, or minimum and maximum to be equal.</remarks>
    public void AddSet(double count, double sum, double minimum, double maximum)
    {
        AddStatistics(count, sum, minimum, maximum);
        if (minimum == maximum)
            Note(minimum, count);
        else
            hasValues = false;
    }

    public void Add(MetricSample other)
    {
        AddStatistics(other.Count, other.Sum, other.Minimum, other.Maximum);
        hasValues &= other.hasValues;
        foreach (KeyValuePair<double, double> value in other.values)
            Note(value.Key, value.Value);
    }

    /// <summary>The value below which so many percent of the values are, as the nearest rank; null where it is unknown.</summary>
    /// <remarks>
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html: not available where a value is negative. AWS documents
    /// no formula; the nearest rank is one of the values that were measured.
    /// </remarks>
    public double? Percentile(double percent)
    {
        if (!hasValues || values.Count == 0 || Minimum < 0)
            return null;

        double rank = percent / 100 * Count;
        double passed = 0;
        foreach (KeyValuePair<double, double> value in values)
        {
            passed += value.Value;
            if (passed >= rank)
                return value.Key;
        }

        return Maximum;
    }

    /// <summary>The sample as it is kept; written at once, for there are many.</summary>
    public JsonElement ToElement() => Json.Parse(Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", Count);
        writer.WriteNumber("sum", Sum);
        writer.WriteNumber("min", Minimum);
        writer.WriteNumber("max", Maximum);
        if (hasValues)
        {
            writer.WriteStartArray("values");
            foreach (KeyValuePair<double, double> value in values)
            {
                writer.WriteNumberValue(value.Key);
                writer.WriteNumberValue(value.Value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }));

    public static MetricSample From(RawDocument kept)
    {
        MetricSample sample = new() { hasValues = kept["values"] is not null };
        sample.AddStatistics(Figure(kept["n"]), Figure(kept["sum"]), Figure(kept["min"]), Figure(kept["max"]));
        List<double> pairs = [.. kept.List("values").Select(value => value.GetDouble())];
        for (int i = 0; i + 1 < pairs.Count; i += 2)
            sample.values[pairs[i]] = pairs[i + 1];
        return sample;
    }

    private static double Figure(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;

    private void AddStatistics(double count, double sum, double minimum, double maximum)
    {
        Count += count;
        Sum += sum;
        Minimum = Math.Min(Minimum, minimum);
        Maximum = Math.Max(Maximum, maximum);
    }

    private void Note(double value, double count)
    {
        values[value] = values.TryGetValue(value, out double before) ? before + count : count;
        if (values.Count > MostValues)
            PutTogether();
    }

    private void PutTogether()
    {
        List<KeyValuePair<double, double>> all = [.. values];
        values.Clear();
        foreach (IGrouping<double, KeyValuePair<double, double>> bucket in all.GroupBy(value => value.Key <= 0 ? 0 : Math.Floor(Math.Log(value.Key) / Math.Log(BucketRatio)) + 10_000))
        {
            double count = bucket.Sum(value => value.Value);
            values[bucket.Sum(value => value.Key * value.Value) / count] = count;
        }
    }
}
