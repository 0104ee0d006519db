using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Reading;

/// <summary>The input of <c>aws events put-events --cli-input-json</c>: <c>{"Entries": [...]}</c>.</summary>
public static class EntriesRequest
{
    private const string Entries = nameof(Entries);

    /// <summary>The entries of a request; null if the document is not such a request.</summary>
    /// <param name="utf8">The document.</param>
    public static InnerItems? Open(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return Find(utf8) is { } list ? new InnerItems(Elements(list.Array, list.LinesBefore), IsList: true) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // Its reader says what is wrong.
        }
    }

    /// <summary>A field of a request besides its entries, such as <c>EndpointId</c>, which sends them to a global endpoint; null if there is none.</summary>
    /// <param name="utf8">A document that <see cref="Open"/> has read.</param>
    public static string? OtherField(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument request = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        return request.RootElement.EnumerateObject().Where(field => field.Name != Entries && field.Value.ValueKind != JsonValueKind.Null).Select(field => field.Name).FirstOrDefault();
    }

    /// <summary>What is wrong with a document that <c>aws events put-events</c> returns, which has as many elements as entries were sent, but nothing of them; null for a request.</summary>
    /// <param name="utf8">A document that <see cref="Open"/> has read.</param>
    public static Message? Answer(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument answer = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        return answer.RootElement.TryGetProperty("FailedEntryCount", out _)
            || (answer.RootElement.GetProperty(Entries) is { } entries && entries.GetArrayLength() > 0 && entries.EnumerateArray().All(IsResult))
            ? ReadingMessages.AnswerOfPutEvents() : null;
    }

    private static bool IsResult(JsonElement entry) => entry.ValueKind == JsonValueKind.Object
        && (entry.TryGetProperty("EventId", out _) || entry.TryGetProperty("ErrorCode", out _))
        && !entry.TryGetProperty("Source", out _) && !entry.TryGetProperty("DetailType", out _) && !entry.TryGetProperty("Detail", out _);

    private static (ReadOnlyMemory<byte> Array, int LinesBefore)? Find(ReadOnlyMemory<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8.Span, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
        (ReadOnlyMemory<byte>, int)? found = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isEntries = reader.ValueTextEquals(Entries);
            if (reader.ValueTextEquals("source") || reader.ValueTextEquals("detail-type") || reader.ValueTextEquals("Source") || reader.ValueTextEquals("DetailType"))
                return null;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            isEntries &= reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
            if (isEntries)
                found = (utf8.Slice(start, (int)reader.BytesConsumed - start), Lines(utf8.Span.Slice(0, start)));
        }

        return found;
    }

    private static List<InnerItem> Elements(ReadOnlyMemory<byte> array, int linesBefore)
    {
        List<InnerItem> elements = [];
        Utf8JsonReader reader = new(array.Span, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
        reader.Read();
        int seen = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            linesBefore += Lines(array.Span.Slice(seen, start - seen));
            seen = start;
            reader.Skip();
            elements.Add(new InnerItem(array.Slice(start, (int)reader.BytesConsumed - start), linesBefore));
        }

        return elements;
    }

    private static int Lines(ReadOnlySpan<byte> text)
    {
        int lines = 0;
        foreach (byte c in text)
            lines += c == '\n' ? 1 : 0;
        return lines;
    }
}
