using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>Times and figures of requests, as the protocols of CloudWatch write them.</summary>
internal static class MetricTime
{
    /// <summary>The time of a member: seconds since 1970, or ISO 8601, as the query protocol has it. Null if there is none.</summary>
    public static DateTimeOffset? Read(RawDocument document, string name) => document[name] switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } seconds when Math.Abs(seconds.GetDouble()) < 2e11 => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds.GetDouble() * 1000)),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(
            text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) => time,
        _ => throw new AwsError(400, "SerializationException", $"{name} is not a timestamp."),
    };

    /// <summary>A time as it is answered.</summary>
    public static JsonElement Write(DateTimeOffset time) => Json.Number(time.ToUnixTimeSeconds());

    /// <summary>The beginning of the minute.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html: a start time of the last 15 days is rounded down to the minute.</remarks>
    public static DateTimeOffset Minute(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(time.ToUnixTimeMilliseconds() / 60_000d) * 60);
}
