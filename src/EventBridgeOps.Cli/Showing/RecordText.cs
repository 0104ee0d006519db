using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Writes records as JSON, and their properties as the fields of CSV.</summary>
internal static class RecordText
{
    /// <summary>Writes one JSON object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="shape">The description of the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="withDocuments">Whether to include documents as AWS returned them, which are large.</param>
    public static void Write(Utf8JsonWriter json, RecordShape shape, object record, bool withDocuments)
    {
        json.WriteStartObject();
        foreach (RecordField field in shape.Fields.Where(field => withDocuments || !field.IsDocument))
        {
            json.WritePropertyName(field.Name);
            Write(json, field, field.Value(record), withDocuments);
        }

        json.WriteEndObject();
    }

    /// <summary>The properties as values that are separated by tabs.</summary>
    public static string Values(RecordShape shape, object record) =>
        TabbedText.Line(shape.Fields.Where(field => !field.IsDocument).Select(field => field.Value(record) is null ? null : Csv(field, record)));

    /// <summary>A property as the text of a CSV field. A list is JSON text.</summary>
    public static string Csv(RecordField field, object record) => field.Value(record) switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IEnumerable list => JsonText.Of(json => Write(json, field, list, withDocuments: false)),
        { } other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    private static void Write(Utf8JsonWriter json, RecordField field, object? value, bool withDocuments)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                break;
            case IEnumerable elements:
                json.WriteStartArray();
                foreach (object element in elements)
                {
                    if (field.Element is { } shape)
                        Write(json, shape, element, withDocuments);
                    else
                        Write(json, field, element, withDocuments);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}

/// <summary>JSON text for people and programs: only the necessary characters are escaped.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions NodeOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON value on one line.</summary>
    public static string Of(JsonNode? value) => value is null ? "null" : InertText.Json(value.ToJsonString(NodeOptions));

    /// <summary>A JSON text as the text that it stands for; any other JSON value on one line.</summary>
    public static string Plain(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : Of(value);

    public static string Of(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
            write(json);
        return InertText.Json(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
