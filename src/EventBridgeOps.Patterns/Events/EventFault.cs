using System.Text.Json;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Events;

/// <summary>Says why a text is not an event, and where.</summary>
internal static class EventFault
{
    /// <summary>The flags say that something is wrong and about where; a reader that goes step by step says it better.</summary>
    public static EventException Explain(ReadOnlySpan<byte> text, int at)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = EventScanner.MaxDepth });
        try
        {
            while (reader.Read() && (reader.CurrentDepth > 0 || reader.TokenType == JsonTokenType.StartObject))
            {
            }
        }
        catch (JsonException e)
        {
            return new EventException(JsonFault.Text(e), (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
        }

        return At(text, at, EventsTexts.NotJson());
    }

    /// <summary>What is wrong at a place of the text.</summary>
    public static EventException At(ReadOnlySpan<byte> text, int at, string reason)
    {
        TextPosition position = TextPosition.Of(text, at);
        return new EventException(reason, position.Line, position.Column);
    }
}
