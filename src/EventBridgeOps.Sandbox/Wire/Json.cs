using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>Reads and writes JSON without changing the original text of a value.</summary>
internal static class Json
{
    /// <summary>Deeper than any document that AWS takes (PutEvents stops at 1000 levels).</summary>
    private const int Depth = 4096;

    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = Depth };

    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Depth, SkipValidation = true };

    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = JsonDocument.Parse(utf8, ReaderOptions);
        return document.RootElement.Clone();
    }

    public static JsonElement Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, ReaderOptions);
        return document.RootElement.Clone();
    }

    public static JsonElement Text(string value) => Parse(Write(writer => writer.WriteStringValue(value)));

    public static JsonElement Flag(bool value) => Parse(Write(writer => writer.WriteBooleanValue(value)));

    public static JsonElement Number(long value) => Parse(Write(writer => writer.WriteNumberValue(value)));

    /// <summary>A floating-point number: always with a point or an exponent, and the text "NaN" or "Infinity" for what JSON has no number for.</summary>
    public static JsonElement Figure(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            return Text(value.ToString(CultureInfo.InvariantCulture));
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return Parse(text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text);
    }

    /// <summary>A time as AWS's JSON protocols write it: seconds since 1970.</summary>
    public static JsonElement Time(DateTimeOffset value) =>
        Parse(Write(writer => writer.WriteNumberValue(Math.Round(value.ToUnixTimeMilliseconds() / 1000m, 3))));

    public static JsonElement Array(IEnumerable<JsonElement> items) => Parse(Write(writer =>
    {
        writer.WriteStartArray();
        foreach (JsonElement item in items)
            WriteRaw(writer, item);
        writer.WriteEndArray();
    }));

    /// <summary>Whether a text is a JSON object.</summary>
    public static bool IsObject(string text)
    {
        try
        {
            return Parse(text).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The items of a list, or the value itself where a single one may stand for a list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : new[] { value };

    public static JsonElement Texts(IEnumerable<string> items) => Array(items.Select(Text));

    /// <summary>The value exactly as it was read: its number literals, escapes and white space included.</summary>
    public static void WriteRaw(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, WriterOptions))
            write(writer);
        return buffer.ToArray();
    }
}
