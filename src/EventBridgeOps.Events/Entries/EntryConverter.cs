using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Events.Entries;

/// <summary>Converts an entry into the event that EventBridge would create from it.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html and https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html.</remarks>
/// <param name="time">The clock, for entries without a time.</param>
/// <param name="random">Gives numbers from 0 up to 1, for ids.</param>
public sealed class EntryConverter(TimeProvider time, Func<double> random)
{
    /// <summary>Converts an entry into an event.</summary>
    /// <param name="entry">The entry; its <c>Detail</c> may be an object as well as a string.</param>
    /// <param name="defaults">Values that an entry does not contain.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEntry"/>: EventBridge would reject it; <see cref="ErrorIds.EntryNotEvent"/>: it is an event already.</exception>
    public EventDocument Convert(EventDocument entry, EntryDefaults defaults)
    {
        if (entry.Form == EventForm.Event)
            throw new OpsException(ErrorIds.EntryNotEvent, EntryMessages.NotAnEntry(entry.Origin));
        JsonObject fields = Read(entry);
        Arn? bus = Arn.TryParse(fields.String("EventBusName"), out Arn? arn) ? arn : null;
        JsonObject made = new()
        {
            ["version"] = "0",
            ["id"] = defaults.Id ?? NewId(),
            ["detail-type"] = Required(entry, fields, "DetailType"),
            ["source"] = Required(entry, fields, "Source"),
            ["account"] = defaults.AccountId ?? bus?.AccountId ?? EntryDefaults.SampleAccount,
            ["time"] = Time(entry, fields, defaults),
            ["region"] = defaults.Region ?? bus?.Region ?? EntryDefaults.SampleRegion,
            ["resources"] = Resources(entry, fields),
            ["detail"] = Detail(entry, fields),
        };
        return EventDocument.Parse(Document.WriteUtf8(made), entry.Origin);
    }

    private static JsonObject Read(EventDocument entry)
    {
        try
        {
            return Document.Parse(entry.Utf8.ToArray());
        }
        catch (JsonException e)
        {
            throw Invalid(entry, EventDocument.Reason(e), e);
        }
    }

    private static string Required(EventDocument entry, JsonObject fields, string name) => fields.String(name) is { Length: > 0 } text
        ? text
        : throw Invalid(entry, EntryMessages.FieldRequired(name));

    private static JsonObject Detail(EventDocument entry, JsonObject fields)
    {
        if (fields["Detail"] is JsonObject detail)
            return detail.DeepClone().AsObject();
        try
        {
            return Document.Parse(Required(entry, fields, "Detail"));
        }
        catch (JsonException e)
        {
            throw Invalid(entry, EntryMessages.DetailMalformed(EventDocument.Reason(e)), e);
        }
    }

    private static JsonArray Resources(EventDocument entry, JsonObject fields) => fields["Resources"] switch
    {
        null => [],
        JsonArray resources when resources.All(resource => resource?.GetValueKind() == JsonValueKind.String) => resources.DeepClone().AsArray(),
        _ => throw Invalid(entry, EntryMessages.ResourcesNotStrings()),
    };

    // EventBridge keeps whole seconds. The AWS CLI takes seconds since 1970 too.
    private string Time(EventDocument entry, JsonObject fields, EntryDefaults defaults)
    {
        DateTimeOffset moment = fields["Time"] is { } written
            ? EventTime.Read(written) ?? throw Invalid(entry, EntryMessages.InvalidTime())
            : defaults.Time ?? time.GetUtcNow();
        return EventTime.Of(moment);
    }

    private string NewId()
    {
        byte[] bytes = new byte[16];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(random() * 256);
        return RandomId.Of(bytes);
    }

    private static OpsException Invalid(EventDocument entry, Message fault, Exception? inner = null) =>
        new(ErrorIds.InvalidEntry, EntryMessages.Rejected(entry.Origin, fault), inner);
}

/// <summary>Ids as EventBridge gives events.</summary>
public static class RandomId
{
    /// <summary>A UUID of version 4 (RFC 9562).</summary>
    /// <param name="random">Sixteen random bytes, which are changed.</param>
    public static string Of(byte[] random)
    {
        random[7] = (byte)((random[7] & 0x0F) | 0x40); // the version, in the order of bytes that Guid has
        random[8] = (byte)((random[8] & 0x3F) | 0x80);
        return new Guid(random).ToString();
    }
}
