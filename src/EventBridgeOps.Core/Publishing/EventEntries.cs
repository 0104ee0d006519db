using System.Runtime.CompilerServices;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Publishing;

/// <summary>Makes new entries of events that were logged or exported, so that they can be sent again.</summary>
/// <remarks>
/// EventBridge gives each entry an ID, an account and a Region of its own. Its other fields, as <c>replay-name</c>, an entry does not have. The ID of the event becomes that of the
/// detail, if it has none, so that a consumer recognizes the event.
/// </remarks>
/// <param name="eventBusName">The name or ARN of the event bus; null for the default event bus.</param>
public sealed class EventEntries(string? eventBusName)
{
    /// <summary>The entries of events, in their order.</summary>
    /// <param name="events">The events.</param>
    /// <param name="observer">Receives what is not an event with all that an entry needs; the rest goes on.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public async IAsyncEnumerable<EventEntry> ReadAsync(IAsyncEnumerable<EventDocument> events, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using RepeatedFaults faults = new(observer);
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            EventEntry? entry = null;
            try
            {
                entry = Read(document.RequireEvent());
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                faults.Failed(new ItemFailure(e, document.Origin));
            }
            catch (InvalidOperationException)
            {
                faults.Failed(new ItemFailure(EventDocument.Invalid(document.Origin, PublishingMessages.NotUnicode()), document.Origin));
            }

            if (entry is not null)
                yield return entry;
        }
    }

    /// <summary>The entry of an event.</summary>
    /// <param name="document">The event.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: a field is missing, or of another type.</exception>
    private EventEntry Read(EventDocument document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document.Utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        JsonElement root = parsed.RootElement;
        if (!root.TryGetProperty("detail", out JsonElement detail) || detail.ValueKind != JsonValueKind.Object)
            throw EventDocument.Invalid(document.Origin, PublishingMessages.DetailOfEvent());
        return new EventEntry
        {
            Source = Text(document, root, "source"),
            DetailType = Text(document, root, "detail-type"),
            Detail = detail.GetRawText(),
            EventBusName = eventBusName,
            Time = Time(document),
            Resources = Resources(document, root),
            EventId = document.Id,
            Origin = document.Origin,
        };
    }

    private static string Text(EventDocument document, JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw EventDocument.Invalid(document.Origin, PublishingMessages.TextOfEvent(name));

    private static DateTimeOffset? Time(EventDocument document) => document.Time is not { } text ? null
        : EventTime.Read(System.Text.Json.Nodes.JsonValue.Create(text)!) ?? throw EventDocument.Invalid(document.Origin, PublishingMessages.TimeOfEvent(text));

    private static IReadOnlyList<string> Resources(EventDocument document, JsonElement root) => !root.TryGetProperty("resources", out JsonElement list) ? []
        : list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) ? [.. list.EnumerateArray().Select(one => one.GetString()!)]
        : throw EventDocument.Invalid(document.Origin, PublishingMessages.ResourcesOfEvent());
}
