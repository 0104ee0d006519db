using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Reading;

/// <summary>
/// Records of the log of an event bus. One step for each event has the event in it: <c>EVENT_INGEST_SUCCESS</c>, which is logged with the levels INFO and TRACE,
/// and has the detail if the log includes it (<c>IncludeDetail</c> is <c>FULL</c>) and the record did not become too large.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-logs-schema.html. Whether the detail is an object or text is not documented, so both are read.</remarks>
internal static class BusLogRecord
{
    private const string StepWithEvent = "EVENT_INGEST_SUCCESS";

    /// <summary>That of the year 9999.</summary>
    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>Whether a document is such a record.</summary>
    public static bool Is(JsonElement root) => Text(root, "resource_arn") is not null && Text(root, "message_type") is not null;

    /// <summary>The step that the record is about.</summary>
    public static string Step(JsonElement root) => Text(root, "message_type") ?? "";

    /// <summary>The event in a record, with the detail as it is written; null if it does not have one.</summary>
    public static byte[]? EventIn(JsonElement root)
    {
        if (!Is(root) || Step(root) != StepWithEvent || !root.TryGetProperty("details", out JsonElement details) || DetailIn(details) is not { } detail)
            return null;
        Arn? bus = Arn.TryParse(Text(root, "resource_arn"), out Arn? arn) ? arn : null;
        using MemoryStream utf8 = new();
        using (Utf8JsonWriter writer = new(utf8))
        {
            writer.WriteStartObject();
            writer.WriteString("version", "0");
            Write("id", Text(root, "event_id"));
            Write("detail-type", Text(details, "detail_type"));
            Write("source", Text(details, "source"));
            Write("account", Text(details, "caller_account_id") ?? bus?.AccountId);
            Write("time", TimeIn(details));
            Write("region", bus?.Region);
            writer.WritePropertyName("resources");
            writer.WriteRawValue(details.TryGetProperty("resources", out JsonElement resources) && resources.ValueKind == JsonValueKind.Array ? resources.GetRawText() : "[]");
            writer.WritePropertyName("detail");
            writer.WriteRawValue(detail, skipInputValidation: true); // The reader of events says what is wrong.
            writer.WriteEndObject();

            void Write(string name, string? value)
            {
                if (value is not null)
                    writer.WriteString(name, value);
            }
        }

        return utf8.ToArray();
    }

    private static string? DetailIn(JsonElement details) => details.ValueKind == JsonValueKind.Object && details.TryGetProperty("event_detail", out JsonElement detail)
        ? detail.ValueKind == JsonValueKind.String ? detail.GetString() : detail.GetRawText()
        : null;

    private static string? TimeIn(JsonElement details) =>
        details.TryGetProperty("source_time_ms", out JsonElement time) && time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out long milliseconds) && milliseconds is >= 0 and <= LastMillisecond
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
}
