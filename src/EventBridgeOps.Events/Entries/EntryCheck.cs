using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Events.Entries;

/// <summary>Finds out why EventBridge would reject an entry before it is sent.</summary>
public static class EntryCheck
{
    /// <summary>The field of a detail that holds the ID added by this product.</summary>
    internal const string IdField = "ebopsId";

    private const int TraceHeaderLength = 500;
    private const int ResourceLength = 2048;

    // NonPartnerEventBusNameOrArn of the service's model.
    private static readonly Regex BusName = new(@"\A(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus/)?[.\-_A-Za-z0-9]{1,256}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Prepares an entry: returns it with its size and an ID, or the first fault, which names the field.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="newId">Creates an ID for a detail that has none; null to add none.</param>
    public static (EventEntry Entry, Message? Fault) Prepare(EventEntry entry, Func<string>? newId)
    {
        if (FieldFault(entry) is { } fault)
            return (entry, fault);
        (entry, fault) = WithDetailRead(entry, newId);
        if (fault is not null)
            return (entry, fault);
        return entry.Size > EntryLimits.Bytes
            ? (entry, EntryMessages.TooLarge(entry.Size ?? 0, EntryLimits.Bytes))
            : (entry, null);
    }

    private static Message? FieldFault(EventEntry entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Source))
            return EntryMessages.SourceMissing();
        if (EntryLimits.IsReserved(entry.Source))
            return EntryMessages.SourceReserved(entry.Source);
        if (string.IsNullOrWhiteSpace(entry.DetailType))
            return EntryMessages.DetailTypeMissing();
        if (EntryLimits.LengthOf(entry.DetailType) is > EntryLimits.DetailTypeLength and int letters)
            return EntryMessages.DetailTypeTooLong(letters, EntryLimits.DetailTypeLength);
        if (entry.EventBusName is { } bus && !BusName.IsMatch(bus))
            return EntryMessages.InvalidBus(bus);
        if (entry.TraceHeader is { } header && EntryLimits.LengthOf(header) is (0 or > TraceHeaderLength) and int length)
            return EntryMessages.TraceHeaderLength(length, TraceHeaderLength);
        return entry.Resources.Any(resource => resource is null || EntryLimits.LengthOf(resource) > ResourceLength) ? EntryMessages.InvalidResource(ResourceLength) : null;
    }

    // There may be very many entries, so a detail is encoded and read once for all that there is to know of it.
    private static (EventEntry Entry, Message? Fault) WithDetailRead(EventEntry entry, Func<string>? newId)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(entry.Detail.Length));
        try
        {
            int length = Encoding.UTF8.GetBytes(entry.Detail, 0, entry.Detail.Length, buffer, 0);
            Utf8JsonReader reader = new(buffer.AsSpan(0, length), new JsonReaderOptions { MaxDepth = EntryLimits.Depth });
            if (reader.Read() && reader.TokenType != JsonTokenType.StartObject)
                return (entry, EntryMessages.DetailNotAnObject());
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
            return (entry, LostQuotes.Are(entry.Detail) ? EntryMessages.DetailLostQuotes(LostQuotes.Fault) : EntryMessages.DetailNotJson(e.LineNumber + 1, e.BytePositionInLine + 1));
        }
        catch (InvalidOperationException)
        {
            return (entry, EntryMessages.DetailNotUnicode());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
