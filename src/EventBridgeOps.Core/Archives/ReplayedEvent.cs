using System.Runtime.CompilerServices;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Archives;

/// <summary>Gives events the field that EventBridge adds to those that it replays.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html; its place among the fields is as LocalStack recorded it from AWS.</remarks>
public static class ReplayedEvent
{
    /// <summary>The name if no other is specified.</summary>
    public const string DefaultName = "local";

    /// <summary>The events with the name of a replay. An event that has one keeps it.</summary>
    /// <param name="events">The events.</param>
    /// <param name="replayName">The name; null or empty for <see cref="DefaultName"/>.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static async IAsyncEnumerable<EventDocument> NameAsync(IAsyncEnumerable<EventDocument> events, string? replayName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
            yield return Name(document, string.IsNullOrEmpty(replayName) ? DefaultName : replayName!);
    }

    // The rest of the event stays as it is, byte for byte.
    private static EventDocument Name(EventDocument document, string replayName)
    {
        ReadOnlySpan<byte> text = document.Utf8.Span;
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
        reader.Read();
        int place = (int)reader.BytesConsumed;
        bool isAfter = false, isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            if (reader.ValueTextEquals(ReplayPattern.Field))
                return document;
            bool isRegion = reader.ValueTextEquals("region");
            reader.Read();
            reader.Skip();
            if (isRegion)
                (place, isAfter) = ((int)reader.BytesConsumed, true);
        }

        string field = $"\"{ReplayPattern.Field}\":{JsonSerializer.Serialize(replayName)}";
        byte[] added = System.Text.Encoding.UTF8.GetBytes(isAfter ? "," + field : isEmpty ? field : field + ",");
        byte[] named = new byte[text.Length + added.Length];
        text.Slice(0, place).CopyTo(named);
        added.CopyTo(named, place);
        text.Slice(place).CopyTo(named.AsSpan(place + added.Length));
        return EventDocument.Parse(named, document.Origin);
    }
}
