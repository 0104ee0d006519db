using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>PutMetricData: takes all of the data of a request, or refuses it whole.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html</remarks>
internal static class PutMetricDataOperation
{
    private const int MostData = 1000;
    private const int MostValues = 150;

    internal static readonly string[] Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits",
        "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
        "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    /// <summary>What a value may be.</summary>
    internal static readonly double Largest = Math.Pow(2, 360);

    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        if (input["EntityMetricData"] is not null || input["StrictEntityValidation"] is not null)
            throw MetricErrors.NotSupported(CloudWatchMessages.NoParameter("EntityMetricData"));
        string space = input.Text("Namespace") ?? throw MetricErrors.Missing("Namespace");
        if (input["MetricData"] is null)
            throw MetricErrors.Missing("MetricData");

        Constraints constraints = new();
        constraints.Text("namespace", input["Namespace"], true, 1, 255, "[^:].*");
        IReadOnlyList<JsonElement> items = constraints.List("metricData", input["MetricData"], 0, MostData);
        List<(RawDocument Datum, MetricName Metric)> data = [];
        for (int i = 0; i < items.Count; i++)
        {
            string at = string.Format(CultureInfo.InvariantCulture, "metricData.{0}.member.", i + 1);
            RawDocument datum = constraints.Object(at.TrimEnd('.'), items[i], required: true);
            constraints.OneOf(at + "unit", datum["Unit"], Units);
            data.Add((datum, MetricName.Read(constraints, at, datum, space)));
        }

        MetricErrors.Check(constraints);
        if (space.StartsWith("AWS/", StringComparison.Ordinal))
            throw MetricErrors.BadValue($"The value {space} for parameter Namespace is invalid.");

        List<(MetricName Metric, string Unit, DateTimeOffset Time, MetricSample Sample)> read =
            [.. data.Select((one, index) => (one.Metric, one.Datum.Text("Unit") ?? "None", Time(operation, one.Datum, index + 1), Sample(one.Datum, index + 1)))];
        MetricStore store = new(operation.State);
        store.Expire(operation.Now);
        foreach ((MetricName metric, string unit, DateTimeOffset time, MetricSample sample) in read)
            store.Add(metric, unit, MetricTime.Minute(time), sample);
        AlarmClock.Touch(operation.State, operation.Now);
        return RawDocument.Empty;
    }

    private static DateTimeOffset Time(Operation operation, RawDocument datum, int number)
    {
        DateTimeOffset time = MetricTime.Read(datum, "Timestamp") ?? operation.Now;
        string name = string.Format(CultureInfo.InvariantCulture, "MetricData.member.{0}.Timestamp", number);
        if (time < operation.Now.AddDays(-14))
            throw MetricErrors.BadValue($"The parameter {name} must specify a time within the past two weeks.");
        if (time > operation.Now.AddHours(2))
            throw MetricErrors.BadValue($"The parameter {name} must specify a time no more than two hours in the future.");
        if (datum["StorageResolution"] is not null && datum.Number("StorageResolution") != 60)
            throw MetricErrors.NotSupported(CloudWatchMessages.NoHighResolution());
        return time;
    }

    private static MetricSample Sample(RawDocument datum, int number)
    {
        string at = string.Format(CultureInfo.InvariantCulture, "MetricData.member.{0}.", number);
        RawDocument given = datum.Only("Value", "Values", "StatisticValues");
        if (given.Members.Count == 0)
            throw MetricErrors.Missing(at + "Value");
        if (given.Members.Count > 1)
        {
            throw MetricErrors.BadCombination(
                $"The parameters {at}{given.Members[0].Key} and {at}{given.Members[1].Key} are mutually exclusive and you have specified both.");
        }

        MetricSample sample = new();
        if (datum["Value"] is { } value)
            sample.Add(Figure(value, at + "Value"));
        else if (datum.Object("StatisticValues") is { } set)
            AddSet(sample, set, at + "StatisticValues.");
        else
            AddValues(sample, datum, at);
        return sample;
    }

    private static void AddSet(MetricSample sample, RawDocument set, string at)
    {
        double Member(string name) => Figure(set[name] ?? throw MetricErrors.Missing(at + name), at + name);
        sample.AddSet(Member("SampleCount"), Member("Sum"), Member("Minimum"), Member("Maximum"));
    }

    private static void AddValues(MetricSample sample, RawDocument datum, string at)
    {
        List<double> values = [.. datum.List("Values").Select(value => Figure(value, at + "Values"))];
        List<double> counts = datum["Counts"] is null ? [.. values.Select(_ => 1d)] : [.. datum.List("Counts").Select(count => Figure(count, at + "Counts"))];
        if (values.Count != counts.Count)
            throw MetricErrors.BadValue($"The parameters {at}Values and {at}Counts must be of the same size.");
        if (values.Count is 0 or > MostValues)
            throw MetricErrors.BadValue($"The parameter {at}Values must have 1 to {MostValues} values.");
        if (counts.Any(count => count <= 0))
            throw MetricErrors.BadValue($"The parameter {at}Counts must have values greater than 0.");
        for (int i = 0; i < values.Count; i++)
            sample.Add(values[i], counts[i]);
    }

    private static double Figure(JsonElement value, string name)
    {
        double figure = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double read) => read,
            _ => throw new AwsError(400, "SerializationException", $"{name} is not a number."),
        };
        return Math.Abs(figure) <= Largest ? figure : throw MetricErrors.BadValue($"The value {value} for parameter {name} is invalid."); // NaN is not less, either.
    }
}
