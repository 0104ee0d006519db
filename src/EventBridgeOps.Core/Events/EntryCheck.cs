using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Events;

/// <summary>Finds, before anything is sent, what EventBridge would refuse an entry for.</summary>
internal static class EntryCheck
{
    /// <summary>Where the id of ours is in a detail.</summary>
    public const string IdField = "ebopsId";

    private const int TraceHeaderLength = 500;
    private const int ResourceLength = 2048;

    // NonPartnerEventBusNameOrArn of the service's model.
    private static readonly Regex BusName = new(@"\A(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus/)?[.\-_A-Za-z0-9]{1,256}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The first fault, in words that name its field; null when there is none.</summary>
    public static string? Fault(EventEntry entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Source))
            return "Source is empty; give who sends the event, for example mycompany.orders.";
        if (entry.Source.StartsWith("aws.", StringComparison.Ordinal))
            return $"Source {entry.Source} begins with aws., which only AWS services may use.";
        if (string.IsNullOrWhiteSpace(entry.DetailType))
            return "DetailType is empty; give what has happened, for example Order Placed.";
        if (entry.DetailType.Length > EntryLimits.DetailTypeLength)
            return $"DetailType has {entry.DetailType.Length} characters; at most {EntryLimits.DetailTypeLength} are allowed.";
        if (entry.EventBusName is { } bus && !BusName.IsMatch(bus))
            return $"EventBusName '{bus}' is neither a name nor the ARN of an event bus.";
        if (entry.TraceHeader is { Length: 0 or > TraceHeaderLength })
            return $"TraceHeader has {entry.TraceHeader.Length} characters; it must have 1 to {TraceHeaderLength}.";
        if (entry.Resources.Any(resource => resource is null || resource.Length > ResourceLength))
            return $"Resources has an entry of more than {ResourceLength} characters.";
        if (DetailFault(entry.Detail) is { } fault)
            return fault;
        int size = EntryLimits.SizeOf(entry);
        return size > EntryLimits.Bytes ? $"it has {size} bytes as EventBridge counts them; at most {EntryLimits.Bytes} are allowed. Put what is large into S3, and the object's URL into Detail." : null;
    }

    /// <summary>The entry with an id of ours in its detail: the one that is there, else a new one. What is no JSON object stays as it is.</summary>
    public static EventEntry WithId(EventEntry entry, Func<string> newId)
    {
        if (entry.Id is not null)
            return entry;
        try
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(entry.Detail), new JsonReaderOptions { MaxDepth = EntryLimits.Depth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return entry;
            int open = (int)reader.TokenStartIndex; // Before it there is only white space, so bytes are letters.
            bool isEmpty = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                isEmpty = false;
                bool isId = reader.ValueTextEquals(IdField);
                reader.Read();
                if (isId)
                    return reader.TokenType == JsonTokenType.String ? entry with { Id = reader.GetString() } : entry;
                reader.Skip();
            }

            string id = newId();
            return entry with { Id = id, Detail = $"{{\"{IdField}\":\"{id}\"{(isEmpty ? "" : ",")}{entry.Detail.Substring(open + 1)}" };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or EncoderFallbackException)
        {
            return entry; // The check says so.
        }
    }

    private static string? DetailFault(string detail)
    {
        try
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(detail), new JsonReaderOptions { MaxDepth = EntryLimits.Depth });
            if (reader.Read() && reader.TokenType != JsonTokenType.StartObject)
                return "Detail is JSON, but not an object; put the value into one: {\"value\": ...}.";
            while (reader.Read())
            {
                // To the end, since a fault may be anywhere.
            }

            return null;
        }
        catch (JsonException e)
        {
            return $"Detail is not JSON: it breaks at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."; // The message itself quotes the text.
        }
    }
}
