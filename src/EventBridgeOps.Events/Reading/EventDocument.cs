using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Events.Reading;

/// <summary>One event (or PutEvents entry) as it was read, byte for byte, and where it was read.</summary>
public sealed class EventDocument
{
    /// <summary>The fields, all of them texts, that TestEventPattern wants of an event: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html.</summary>
    public static IReadOnlyList<string> TestedFields { get; } = ["id", "account", "source", "time", "region", "detail-type"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] OtherSpellings = ["detailType", "detail_type", "detailtype", "Detail-Type", "DetailType", "Detail", "Source"];

    private EventDocument(ReadOnlyMemory<byte> utf8, string origin, EventForm form, string? id, string? time) => (Utf8, Origin, Form, Id, Time) = (utf8, origin, form, id, time);

    /// <summary>The JSON text in UTF-8, as it was read: one object, valid JSON.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Where it was read, for people: <c>week.jsonl:12</c>.</summary>
    public string Origin { get; }

    /// <summary>Whether it is an event or an entry.</summary>
    internal EventForm Form { get; }

    /// <summary>The event's <c>id</c>; null when it has none.</summary>
    public string? Id { get; }

    /// <summary>The event's <c>time</c> as it is written; null when it has none.</summary>
    public string? Time { get; }

    /// <summary>The JSON text.</summary>
    public string Text => Strict.GetString(Utf8.ToArray());

    /// <summary>Reads one event or entry.</summary>
    /// <param name="json">JSON text.</param>
    /// <param name="origin">Where it comes from, for people.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: it is not one JSON object.</exception>
    public static EventDocument Parse(string json, string origin)
    {
        try
        {
            return Parse(Strict.GetBytes(json), origin);
        }
        catch (EncoderFallbackException e)
        {
            throw Invalid(origin, ReadingMessages.HalfSurrogate(), e);
        }
    }

    /// <summary>Reads one event or entry.</summary>
    /// <param name="utf8">JSON text in UTF-8, which is kept and must not change afterwards.</param>
    /// <param name="origin">Where it comes from, for people.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: it is not one JSON object.</exception>
    public static EventDocument Parse(ReadOnlyMemory<byte> utf8, string origin)
    {
        try
        {
            return Read(utf8, origin);
        }
        catch (JsonException e)
        {
            throw Invalid(origin, ReadingMessages.NotJson(Reason(e, Encoding.UTF8.GetString(utf8.ToArray()))), e);
        }
        catch (InvalidOperationException e)
        {
            throw Invalid(origin, ReadingMessages.NotUnicode(), e);
        }
    }

    /// <summary>Returns this document if it is an event.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.EntryNotEvent"/>: it is an entry of PutEvents.</exception>
    public EventDocument RequireEvent() => Form == EventForm.Event ? this : throw new OpsException(
        ErrorIds.EntryNotEvent,
        ReadingMessages.EntryNotEvent(Origin));

    /// <summary>Where it was read.</summary>
    public override string ToString() => Origin;

    /// <summary>The error that something is not a valid event.</summary>
    /// <param name="origin">Where it was read, for people.</param>
    /// <param name="fault">Why not; a clause.</param>
    /// <param name="inner">The cause, if any.</param>
    public static OpsException Invalid(string origin, Message fault, Exception? inner = null) => new(ErrorIds.InvalidEvent, ReadingMessages.NotAnEvent(origin, fault), inner);

    /// <summary>The message of a JSON error without the parts that are specific to .NET.</summary>
    /// <param name="e">The error.</param>
    public static Message Reason(JsonException e)
    {
        string fault = JsonFault.Text(e);
        return e.BytePositionInLine is { } column ? ReadingMessages.JsonAt(fault, e.LineNumber + 1, column + 1) : ReadingMessages.Json(fault);
    }

    /// <summary>The same, or that a shell took the quotation marks of the text away.</summary>
    /// <param name="e">The error.</param>
    /// <param name="text">The text that is not valid JSON.</param>
    public static Message Reason(JsonException e, string text) => LostQuotes.Are(text) ? LostQuotes.Fault : Reason(e);

    private static EventDocument Read(ReadOnlyMemory<byte> utf8, string origin)
    {
        utf8 = utf8.Slice(InputText.MarkLength(utf8.Span));
        if (!IsText(utf8))
            throw Invalid(origin, ReadingMessages.NotUtf8());
        Utf8JsonReader reader = new(utf8.Span, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw Invalid(origin, ReadingMessages.NotAnObject(reader.TokenType));
        string? id = null, time = null;
        bool isEvent = false, isEntry = false;
        bool isCloudEvent = false;
        string? misspelt = null;
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                continue;
            isEvent |= reader.ValueTextEquals("source") || reader.ValueTextEquals("detail-type");
            isEntry |= reader.ValueTextEquals("Source") || reader.ValueTextEquals("DetailType") || reader.ValueTextEquals("Detail");
            misspelt ??= Misspelt(ref reader);
            isCloudEvent |= reader.ValueTextEquals("specversion");
            bool isId = reader.ValueTextEquals("id");
            if ((isId || reader.ValueTextEquals("time")) && reader.Read() && reader.TokenType == JsonTokenType.String)
                (id, time) = isId ? (reader.GetString(), time) : (id, reader.GetString());
        }

        if (isCloudEvent)
            throw Invalid(origin, ReadingMessages.CloudEvent());
        if (isEvent && misspelt is not null)
            throw Invalid(origin, ReadingMessages.Misspelt(misspelt));
        return new EventDocument(utf8, origin, isEntry && !isEvent ? EventForm.Entry : EventForm.Event, id, time);
    }

    /// <summary>The name, if it is that of a field of events in another spelling, which no rule would find.</summary>
    private static string? Misspelt(ref Utf8JsonReader reader)
    {
        foreach (string name in OtherSpellings)
        {
            if (reader.ValueTextEquals(name))
                return name;
        }

        return null;
    }

#if NETSTANDARD2_0
    /// <summary>Whether the bytes are valid UTF-8.</summary>
    public static bool IsText(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return Strict.GetCharCount(utf8.ToArray()) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
#else
    /// <summary>Whether the bytes are valid UTF-8.</summary>
    public static bool IsText(ReadOnlyMemory<byte> utf8) => System.Text.Unicode.Utf8.IsValid(utf8.Span);
#endif
}

/// <summary>The form of an event document.</summary>
internal enum EventForm
{
    /// <summary>An event, as matched by rules: <c>source</c>, <c>detail-type</c>, <c>detail</c> as an object.</summary>
    Event,

    /// <summary>An entry of PutEvents: <c>Source</c>, <c>DetailType</c>, <c>Detail</c> as a string.</summary>
    Entry,
}
