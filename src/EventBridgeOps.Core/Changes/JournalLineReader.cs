using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Changes;

/// <summary>Reads lines of the journal, of both versions.</summary>
internal static class JournalLineReader
{
    /// <summary>Reads a line.</summary>
    /// <param name="utf8">The line.</param>
    /// <param name="withDocuments">Whether the documents of a change are needed.</param>
    /// <param name="version">The line's version, if it is a later one than this product knows.</param>
    /// <returns>Null for half a line, which a crash may leave behind, and for what is not a line of ours.</returns>
    public static JournalLine? Read(ReadOnlySpan<byte> utf8, Func<string, bool> withDocuments, out int? version)
    {
        version = null;
        try
        {
            Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            Fields fields = new(withDocuments);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                fields.Read(ref reader, utf8);
            if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
                return null;
            if (fields.Version > JournalLine.Version)
                version = fields.Version;
            return fields.ToLine();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The fields of a line as they come.</summary>
    private sealed class Fields(Func<string, bool> withDocuments)
    {
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
        private List<JournalItem> _items = [];
        private bool _revert;
        private bool? _documents;

        public int Version { get; private set; } = 1;

        public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    _texts[name] = reader.GetString()!;
                    break;
                case JsonTokenType.Number when name == JournalLine.Name.Version:
                    Version = reader.TryGetInt32(out int version) ? version : int.MaxValue;
                    break;
                case JsonTokenType.True when name == JournalLine.Name.Revert:
                    _revert = true;
                    break;
                case JsonTokenType.StartArray when name is JournalLine.Name.Items or JournalLine.Name.Targets:
                    _documents ??= Text(JournalLine.Name.Change) is { } change && withDocuments(change);
                    _items = ReadItems(ref reader, utf8);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        public JournalLine? ToLine()
        {
            if (Text(JournalLine.Name.Change) is not { } change)
                return null;
            DateTimeOffset time = DateTimeOffset.TryParse(Text(JournalLine.Name.Time), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read) ? read : default;
            return Text(JournalLine.Name.Type) switch
            {
                JournalLine.Name.Started => new JournalLine(change, JournalLineType.Started) { Time = time, Origin = Origin() },
                JournalLine.Name.Writing => new JournalLine(change, JournalLineType.Writing) { Time = time, IsRevert = _revert, Items = _items },
                JournalLine.Name.Written => new JournalLine(change, JournalLineType.Written) { Time = time, IsRevert = _revert, Items = _items },
                _ => null,
            };
        }

        private ChangeOrigin Origin() => new(
            Enum.TryParse(Text(JournalLine.Name.Kind), out ChangeKind kind) ? kind : ChangeKind.Sync, Text(JournalLine.Name.Region) ?? "", Text(JournalLine.Name.Undoes))
        {
            Caller = Text(JournalLine.Name.Account) is { } account ? new CallerIdentity(account, Text(JournalLine.Name.Identity) ?? "", "") : null,
        };

        private List<JournalItem> ReadItems(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
        {
            List<JournalItem> items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    items.Add(ReadItem(ref reader, utf8));
                else
                    reader.Skip();
            }

            return items;
        }

        private JournalItem ReadItem(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
        {
            string? kind = null, name = null, from = null, to = null, error = null, before = null, after = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string field = reader.GetString()!;
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject && field is JournalLine.Name.Before or JournalLine.Name.After)
                {
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    if (_documents != true)
                        continue;
                    string json = Encoding.UTF8.GetString(utf8.Slice(start, (int)reader.BytesConsumed - start).ToArray());
                    (before, after) = field == JournalLine.Name.Before ? (json, after) : (before, json);
                    continue;
                }

                string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
                switch (field)
                {
                    case JournalLine.Name.Resource: kind = text; break;
                    case JournalLine.Name.ResourceName or JournalLine.Name.TargetId: name = text; break;
                    case JournalLine.Name.From: from = text; break;
                    case JournalLine.Name.To: to = text; break;
                    case JournalLine.Name.Error: error = text; break;
                }
            }

            // A kind that this product does not know must not be taken for a target.
            ResourceId resource = Version == 1 ? OldResource(name ?? "", from) : new(Enum.TryParse(kind, out ChangeItemKind known) ? known : throw new JsonException(), name ?? "");
            if (Version == 1 && resource.Kind == ChangeItemKind.Target) // it has its references in the documents only
                (from, to) = (Reference(before), Reference(after));
            return new JournalItem(resource) { From = from, To = to, Before = before, After = after, Error = error };
        }

        private ResourceId OldResource(string id, string? from) => Text(JournalLine.Name.Item) switch
        {
            nameof(ChangeItemKind.Registration) => ResourceId.JobDefinition(Text(JournalLine.Name.JobDefinition) ?? ""),
            nameof(ChangeItemKind.Deregistration) => ResourceId.Revision(from ?? ""),
            _ => ResourceId.Target(Text(JournalLine.Name.EventBus) ?? "", Text(JournalLine.Name.Rule) ?? "", id),
        };

        private static string? Reference(string? document) => document is null ? null : TargetDocument.JobDefinition(Document.Parse(document));

        private string? Text(string name) => _texts.TryGetValue(name, out string? text) ? text : null;
    }
}
