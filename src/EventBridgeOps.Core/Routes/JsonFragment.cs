using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EventBridgeOps.Documents;

namespace EventBridgeOps.Routes;

/// <summary>A value out of an event: its JSON on one line, and its characters when it is a string.</summary>
/// <param name="Json">The JSON text; numbers as the event writes them.</param>
/// <param name="Text">The string's characters; null when it is no string.</param>
internal sealed record JsonFragment(string Json, string? Text)
{
    private static readonly JsonWriterOptions Writing = new() { MaxDepth = Document.MaxDepth + 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonFragment Of(JsonElement element) =>
        new(Write(element.WriteTo), element.ValueKind == JsonValueKind.String ? element.GetString() : null);

    public static JsonFragment Array(IEnumerable<JsonElement> elements) => new(
        Write(json =>
        {
            json.WriteStartArray();
            foreach (JsonElement element in elements)
                element.WriteTo(json);
            json.WriteEndArray();
        }),
        null);

    public static JsonFragment String(string text) => new(Write(json => json.WriteStringValue(text)), text);

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Writing))
            write(json);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
