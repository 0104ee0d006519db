using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Events.Documents;

/// <summary>Reads and writes the JSON objects of AWS services without loss.</summary>
/// <remarks>Numbers keep their original text, unknown fields are kept, and up to <see cref="MaxDepth"/> levels of nesting are accepted.</remarks>
public static class Document
{
    /// <summary>The maximum nesting depth of a document.</summary>
    public const int MaxDepth = 1000;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth };

    private static readonly JsonWriterOptions Writing = new() { MaxDepth = MaxDepth, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions WritingIndented = new() { MaxDepth = MaxDepth, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>Reads a document.</summary>
    /// <param name="utf8Json">JSON text in UTF-8.</param>
    /// <exception cref="JsonException">It is not one JSON object, an object in it has a key twice, or a string in it is not valid.</exception>
    public static JsonObject Parse(byte[] utf8Json) => Checked(JsonNode.Parse(utf8Json, documentOptions: Reading));

    /// <summary>Reads a document.</summary>
    /// <param name="json">JSON text.</param>
    /// <exception cref="JsonException">It is not one JSON object, an object in it has a key twice, or a string in it is not valid.</exception>
    public static JsonObject Parse(string json) => Checked(JsonNode.Parse(json, documentOptions: Reading));

    /// <summary>Reads an object or an array.</summary>
    /// <param name="json">JSON text.</param>
    /// <exception cref="JsonException">It is neither, an object in it has a key twice, or a string in it is not valid.</exception>
    internal static JsonNode ParseAny(string json)
    {
        JsonNode? node = JsonNode.Parse(json, documentOptions: Reading);
        Touch(node);
        return node is JsonObject or JsonArray ? node : throw new JsonException(DocumentMessages.NeitherObjectNorArray().ToString());
    }

    /// <summary>The document's JSON text on one line.</summary>
    /// <param name="node">A document or a part of one; null is JSON's <c>null</c>.</param>
    public static string Write(JsonNode? node) => Text(WriteUtf8(node, Writing));

    /// <summary>The document's JSON text, indented for people.</summary>
    /// <param name="node">A document or a part of one; null is JSON's <c>null</c>.</param>
    public static string WriteIndented(JsonNode? node) => Text(WriteUtf8(node, WritingIndented));

    /// <summary>The document's JSON text on one line in UTF-8.</summary>
    /// <param name="node">A document or a part of one; null is JSON's <c>null</c>.</param>
    /// <exception cref="JsonException">A string in it is not valid.</exception>
    public static byte[] WriteUtf8(JsonNode? node) => WriteUtf8(node, Writing).ToArray();

    /// <summary>A document, or a part of one, that is only read.</summary>
    /// <param name="node">A document or a part of one; null is JSON's <c>null</c>.</param>
    public static JsonElement Element(JsonNode? node)
    {
        using JsonDocument document = JsonDocument.Parse(WriteUtf8(node), Reading);
        return document.RootElement.Clone();
    }

    /// <summary>A string field of a document, or null when it is absent or not a string.</summary>
    /// <param name="document">The document.</param>
    /// <param name="field">The field's name.</param>
    public static string? String(this JsonObject document, string field) =>
        Text(document[field]);

    /// <summary>The text of a node, or null when it is absent or not a string.</summary>
    /// <param name="node">A part of a document.</param>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonObject Checked(JsonNode? node)
    {
        if (node is not JsonObject document)
            throw new JsonException(DocumentMessages.NotAnObject().ToString());
        Touch(node);
        return document;
    }

    // JsonObject detects a duplicate key or invalid text only when it is first read: better here than in the middle of a change.
    private static void Touch(JsonNode? node)
    {
        try
        {
            if (node is JsonObject fields)
            {
                foreach (KeyValuePair<string, JsonNode?> field in fields)
                    Touch(field.Value);
            }
            else if (node is JsonArray elements)
            {
                foreach (JsonNode? element in elements)
                    Touch(element);
            }
            else if (node is JsonValue value)
            {
                value.TryGetValue(out string? _);
            }
        }
        catch (ArgumentException e)
        {
            throw new JsonException(DocumentMessages.KeyTwice().ToString(), e);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(DocumentMessages.NotUnicode().ToString(), e);
        }
    }

    private static MemoryStream WriteUtf8(JsonNode? node, JsonWriterOptions options)
    {
        MemoryStream stream = new();
        Utf8JsonWriter writer = new(stream, options);
        try
        {
            if (node is null)
                writer.WriteNullValue();
            else
                node.WriteTo(writer);
            writer.Flush();
            return stream;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new JsonException(DocumentMessages.NotWritable(e.Message).ToString(), e); // half a surrogate pair, for example
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static string Text(MemoryStream stream) => System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
}
