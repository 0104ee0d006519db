using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Events.Entries;

/// <summary>Finds, before anything is sent, what EventBridge would refuse an entry for.</summary>
public static class EntryCheck
{
    /// <summary>Where the id of ours is in a detail.</summary>
    public const string IdField = "ebopsId";

    private const int TraceHeaderLength = 500;
    private const int ResourceLength = 2048;

    // NonPartnerEventBusNameOrArn of the service's model.
    private static readonly Regex BusName = new(@"\A(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus/)?[.\-_A-Za-z0-9]{1,256}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>An entry that may be sent, with its size and an id; or the first fault, in words that name its field.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="newId">Makes an id where the detail has none; null to put none in.</param>
    public static (EventEntry Entry, string? Fault) Prepare(EventEntry entry, Func<string>? newId)
    {
        if (FieldFault(entry) is { } fault)
            return (entry, fault);
        (entry, fault) = WithDetailRead(entry, newId);
        if (fault is not null)
            return (entry, fault);
        return entry.Size > EntryLimits.Bytes
            ? (entry, $"it has {entry.Size} bytes as EventBridge counts them; at most {EntryLimits.Bytes} are allowed. Put what is large into S3, and the object's URL into Detail.")
            : (entry, null);
    }

    private static string? FieldFault(EventEntry entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Source))
            return "Source is empty; give who sends the event, for example mycompany.orders.";
        if (EntryLimits.IsReserved(entry.Source))
            return $"Source {entry.Source} begins with aws., which only AWS services may use.";
        if (string.IsNullOrWhiteSpace(entry.DetailType))
            return "DetailType is empty; give what has happened, for example Order Placed.";
        if (entry.DetailType.Length > EntryLimits.DetailTypeLength)
            return $"DetailType has {entry.DetailType.Length} characters; at most {EntryLimits.DetailTypeLength} are allowed.";
        if (entry.EventBusName is { } bus && !BusName.IsMatch(bus))
            return $"EventBusName '{bus}' is neither a name nor the ARN of an event bus.";
        if (entry.TraceHeader is { Length: 0 or > TraceHeaderLength })
            return $"TraceHeader has {entry.TraceHeader.Length} characters; it must have 1 to {TraceHeaderLength}.";
        return entry.Resources.Any(resource => resource is null || resource.Length > ResourceLength) ? $"Resources has an entry of more than {ResourceLength} characters." : null;
    }

    // There may be very many entries, so a detail is encoded and read once for all that there is to know of it.
    private static (EventEntry Entry, string? Fault) WithDetailRead(EventEntry entry, Func<string>? newId)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(entry.Detail.Length));
        try
        {
            int length = Encoding.UTF8.GetBytes(entry.Detail, 0, entry.Detail.Length, buffer, 0);
            Utf8JsonReader reader = new(buffer.AsSpan(0, length), new JsonReaderOptions { MaxDepth = EntryLimits.Depth });
            if (reader.Read() && reader.TokenType != JsonTokenType.StartObject)
                return (entry, "Detail is JSON, but not an object; put the value into one: {\"value\": ...}.");
            int open = (int)reader.TokenStartIndex; // Before it there is only white space, so bytes are letters.
            bool isEmpty = true, hasId = entry.Id is not null;
            string? id = entry.Id;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                    continue;
                isEmpty = false;
                if (hasId || !reader.ValueTextEquals(IdField))
                    continue;
                hasId = true;
                reader.Read();
                id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }

            int size = EntryLimits.SizeWithout(entry) + length;
            if (hasId || newId is null)
                return (entry with { Id = id, Size = size }, null);
            id = newId();
            string head = $"{{\"{IdField}\":\"{id}\"{(isEmpty ? "" : ",")}";
            return (entry with { Id = id, Detail = head + entry.Detail.Substring(open + 1), Size = size + head.Length - 1 }, null);
        }
        catch (JsonException e)
        {
            return (entry, $"Detail is not JSON: it breaks at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."); // The message itself quotes the text.
        }
        catch (InvalidOperationException)
        {
            return (entry, "Detail has a text in it that is not valid Unicode.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
