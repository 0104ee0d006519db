using System.Text.Json;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>
/// The metrics in a log event that is a document in the embedded metric format. A document that does not follow the specification is a log event and
/// nothing else, as is one whose time is not acceptable for a metric. High resolution is kept as a minute, as all metrics here are.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</remarks>
internal static class EmbeddedMetrics
{
    private const string Metadata = "_aws";
    private const string Directives = "CloudWatchMetrics";
    private const int MostMetrics = 100;
    private const int MostValues = 100;
    private const int MostDimensions = 30;

    /// <summary>Takes the metrics of a log event, if it has any.</summary>
    public static void Extract(Operation operation, string message)
    {
        if (message.IndexOf(Directives, StringComparison.Ordinal) < 0 || Parse(message) is not { } root || Read(operation, root) is not { Count: > 0 } data)
            return;
        MetricStore store = new(operation.State);
        store.Expire(operation.Now);
        foreach (Datum one in data)
            store.Add(one.Metric, one.Unit, one.Minute, one.Sample);
        AlarmClock.Touch(operation.State, operation.Now);
    }

    private static JsonElement? Parse(string message)
    {
        try
        {
            return Json.Parse(message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>All that the document asks for; null if it does not follow the specification somewhere.</summary>
    private static List<Datum>? Read(Operation operation, JsonElement root)
    {
        if (Member(root, Metadata, JsonValueKind.Object) is not { } metadata || Member(metadata, Directives, JsonValueKind.Array) is not { } directives || Time(operation, metadata) is not { } minute)
            return null;
        List<Datum> data = [];
        foreach (JsonElement directive in directives.EnumerateArray())
        {
            if (Text(directive, "Namespace", 255) is not { } space || space.StartsWith("AWS/", StringComparison.Ordinal) || Sets(root, directive) is not { } sets
                || Member(directive, "Metrics", JsonValueKind.Array) is not { } metrics || metrics.GetArrayLength() > MostMetrics)
            {
                return null;
            }

            foreach (JsonElement metric in metrics.EnumerateArray())
            {
                if (Text(metric, "Name", 255) is not { } name || Unit(metric) is not { } unit || !HasResolution(metric) || Values(root, name) is not { } values)
                    return null;
                data.AddRange(sets.Where(_ => values.Count > 0).Select(set => new Datum(MetricName.Of(space, name, set), unit, minute, Sample(values))));
            }
        }

        return data;
    }

    /// <summary>The minute of the metrics, which is that of the document, and not that of the log event.</summary>
    private static DateTimeOffset? Time(Operation operation, JsonElement metadata)
    {
        if (Member(metadata, "Timestamp", JsonValueKind.Number) is not { } value || !value.TryGetInt64(out long milliseconds))
            return null;
        return milliseconds >= operation.Now.AddDays(-14).ToUnixTimeMilliseconds() && milliseconds <= operation.Now.AddHours(2).ToUnixTimeMilliseconds()
            ? MetricTime.Minute(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
            : null;
    }

    /// <summary>The sets of dimensions with their values, which are members of the root; a set may be empty.</summary>
    private static List<(string Name, string Value)[]>? Sets(JsonElement root, JsonElement directive)
    {
        if (Member(directive, "Dimensions", JsonValueKind.Array) is not { } sets || sets.GetArrayLength() == 0)
            return null;
        List<(string Name, string Value)[]> all = [];
        foreach (JsonElement set in sets.EnumerateArray())
        {
            if (set.ValueKind != JsonValueKind.Array || set.GetArrayLength() > MostDimensions)
                return null;
            List<(string Name, string Value)> dimensions = [];
            foreach (JsonElement key in set.EnumerateArray())
            {
                if (key.ValueKind != JsonValueKind.String || key.GetString() is not { Length: > 0 and <= 250 } name || Text(root, name, 1024) is not { } value)
                    return null;
                if (!dimensions.Exists(dimension => dimension.Name == name))
                    dimensions.Add((name, value));
            }

            all.Add([.. dimensions]);
        }

        return all;
    }

    private static string? Unit(JsonElement metric) =>
        !metric.TryGetProperty("Unit", out JsonElement unit) ? "None"
        : unit.ValueKind == JsonValueKind.String && Array.IndexOf(PutMetricDataOperation.Units, unit.GetString()) >= 0 ? unit.GetString()
        : null;

    private static bool HasResolution(JsonElement metric) =>
        !metric.TryGetProperty("StorageResolution", out JsonElement seconds) || (seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out int number) && number is 1 or 60);

    /// <summary>The values of a metric: a number, or a list of numbers.</summary>
    private static List<double>? Values(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement target) || (target.ValueKind == JsonValueKind.Array && target.GetArrayLength() > MostValues))
            return null;
        List<double> values = [];
        foreach (JsonElement value in Json.Items(target))
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number) || !(Math.Abs(number) <= PutMetricDataOperation.Largest))
                return null;
            values.Add(number);
        }

        return values;
    }

    private static MetricSample Sample(List<double> values)
    {
        MetricSample sample = new();
        values.ForEach(value => sample.Add(value));
        return sample;
    }

    private static JsonElement? Member(JsonElement value, string name, JsonValueKind kind) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) && member.ValueKind == kind ? member : null;

    private static string? Text(JsonElement value, string name, int most) =>
        Member(value, name, JsonValueKind.String)?.GetString() is { } text && text.Length > 0 && text.Length <= most ? text : null;

    private sealed record Datum(MetricName Metric, string Unit, DateTimeOffset Minute, MetricSample Sample);
}
