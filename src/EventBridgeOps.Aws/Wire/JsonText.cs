using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Aws.Wire;

/// <summary>JSON in and out so that a document survives: numbers keep their digits, text its letters, depth is no obstacle.</summary>
internal static class JsonText
{
    /// <summary>Far beyond what any service nests, and within what a thread's stack takes.</summary>
    private const int MaxDepth = 2000;

    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = MaxDepth };
    private static readonly JsonWriterOptions WriteOptions = new() { MaxDepth = MaxDepth, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a JSON object; an empty body is an empty object.</summary>
    /// <exception cref="JsonException">It is no JSON, not an object, cut off, or names a key twice.</exception>
    public static JsonObject ReadObject(byte[] body)
    {
        if (body.All(letter => letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            return [];

        var node = JsonNode.Parse(body, documentOptions: ReadOptions);
        if (node is not JsonObject document)
            throw new JsonException("The answer is JSON, but not an object.");
        RefuseTwins(body);
        return document;
    }

    /// <summary>Writes the document, compact.</summary>
    /// <exception cref="JsonException">The document cannot be written, for example because of half a surrogate pair in it.</exception>
    public static byte[] Write(JsonObject document)
    {
        using var stream = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(stream, WriteOptions);
            document.WriteTo(writer);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new JsonException(exception.Message, exception);
        }

        return stream.ToArray();
    }

    /// <summary>A key given twice would break the document much later, at the first look into it, so it is refused here.</summary>
    private static void RefuseTwins(byte[] body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        var open = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                else if (reader.TokenType == JsonTokenType.EndObject)
                    open.Pop();
                else if (reader.TokenType == JsonTokenType.PropertyName && !open.Peek().Add(reader.GetString()!))
                    throw new JsonException($"The answer names the key '{reader.GetString()}' twice in one object.");
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The answer has a key that is no valid text.", exception);
        }
    }
}
