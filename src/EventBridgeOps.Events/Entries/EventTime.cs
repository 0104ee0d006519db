using System.Globalization;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Events.Entries;

/// <summary>Times as EventBridge and other services write them.</summary>
public static class EventTime
{
    /// <summary>Reads the time of an entry: a text in ISO 8601, or seconds since 1970, as the AWS CLI and the JSON protocol write it.</summary>
    /// <returns>The time in whole seconds, or null if it is neither.</returns>
    public static DateTimeOffset? Read(JsonNode written) => written switch
    {
        JsonValue text when text.TryGetValue(out string? iso) && DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read) => read,
        JsonValue number when number.TryGetValue(out double seconds) && seconds is >= -62135596800 and < 253402300800 => DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(seconds)),
        _ => null,
    };

    /// <summary>A moment in ISO 8601, in UTC and whole seconds: <c>2026-01-01T00:00:00Z</c>.</summary>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
