using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Aws.Services;

/// <summary>PutEvents over the wire.</summary>
internal sealed class EventBusApi(AwsDocumentClient client) : IEventBusApi
{
    private static readonly ServiceOperation PutEvents = new(AwsService.EventBridge, nameof(PutEvents), "events:PutEvents");
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public async Task<IReadOnlyList<PutEventAnswer>> PutEventsAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
    {
        Message subject = Subject(entries);
        Answer answer = new(PutEvents, subject, await client.InvokeAsync(PutEvents, subject, () => Write(entries), cancellationToken));
        IReadOnlyList<JsonObject> documents = answer.Documents("Entries");
        if (documents.Count != entries.Count)
            throw answer.Wrong(ServicesMessages.OtherCount("Entries", documents.Count, entries.Count));
        return [.. documents.Select(document => Read(new Answer(PutEvents, subject, document)))];
    }

    private static PutEventAnswer Read(Answer entry) => new(entry.Text("EventId"), entry.Text("ErrorCode"), entry.Text("ErrorMessage"));

    private static Message Subject(IReadOnlyList<EventEntry> entries)
    {
        string[] buses = [.. entries.Select(entry => entry.EventBusName ?? "default").Distinct(StringComparer.Ordinal)];
        return buses.Length == 1 ? ServicesMessages.EventBus(buses[0]) : ServicesMessages.SeveralBuses(buses);
    }

    // Written directly as bytes: there may be very many entries, and an intermediate document has no use.
    private static byte[] Write(IReadOnlyList<EventEntry> entries)
    {
        using MemoryStream stream = new(entries.Sum(entry => entry.Detail.Length) * 9 / 8);
        using (Utf8JsonWriter json = new(stream, Writing))
        {
            json.WriteStartObject();
            json.WriteStartArray("Entries");
            foreach (EventEntry entry in entries)
                Write(json, entry);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, EventEntry entry)
    {
        json.WriteStartObject();
        if (entry.Time is { } time)
            json.WriteNumber("Time", time.ToUnixTimeMilliseconds() / 1000m);
        json.WriteString("Source", entry.Source);
        json.WriteString("DetailType", entry.DetailType);
        json.WriteString("Detail", entry.Detail);
        if (entry.EventBusName is { } bus)
            json.WriteString("EventBusName", bus);
        if (entry.TraceHeader is { } header)
            json.WriteString("TraceHeader", header);
        if (entry.Resources.Count > 0)
        {
            json.WriteStartArray("Resources");
            foreach (string resource in entry.Resources)
                json.WriteStringValue(resource);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
