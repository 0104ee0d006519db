using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Inputs;

/// <summary>A value from an event: its JSON on one line, and its characters if it is a string.</summary>
/// <param name="Json">The JSON text; numbers as the event writes them.</param>
/// <param name="Text">The string's characters; null when it is not a string.</param>
public sealed record JsonFragment(string Json, string? Text)
{
    private static readonly JsonWriterOptions Writing = new() { MaxDepth = Document.MaxDepth + 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of a value, and its text where it is a string.</summary>
    public static JsonFragment Of(JsonElement element) =>
        new(Write(element.WriteTo), element.ValueKind == JsonValueKind.String ? element.GetString() : null);

    internal static JsonFragment Array(IEnumerable<JsonElement> elements) => new(
        Write(json =>
        {
            json.WriteStartArray();
            foreach (JsonElement element in elements)
                element.WriteTo(json);
            json.WriteEndArray();
        }),
        null);

    internal static JsonFragment String(string text) => new(Write(json => json.WriteStringValue(text)), text);

    internal static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Writing))
            write(json);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
