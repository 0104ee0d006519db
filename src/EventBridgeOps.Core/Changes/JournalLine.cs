using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Changes;

/// <summary>The kind of a line of the journal.</summary>
internal enum JournalLineType
{
    /// <summary>Once for a change: who, where, when.</summary>
    Started,

    /// <summary>Before the writes of a group: the documents before and after.</summary>
    Writing,

    /// <summary>After them: the outcomes.</summary>
    Written,
}

/// <summary>One line of the journal.</summary>
/// <remarks>
/// Version 2 names each resource by kind and name. Version 1, which is still read, had a form for targets and another for job definitions.
/// Each line has the version, so that a later form can be told apart.
/// </remarks>
/// <param name="ChangeId">The change that it belongs to.</param>
/// <param name="Type">The kind of line.</param>
internal sealed record JournalLine(string ChangeId, JournalLineType Type)
{
    /// <summary>The version that is written.</summary>
    public const int Version = 2;

    /// <summary>When it was written, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Where the change comes from; for the first line of a change.</summary>
    public ChangeOrigin? Origin { get; init; }

    /// <summary>Whether the run rolls back what it wrote.</summary>
    public bool IsRevert { get; init; }

    /// <summary>The resources of the line.</summary>
    public IReadOnlyList<JournalItem> Items { get; init; } = [];

    /// <summary>The line's JSON text.</summary>
    public byte[] ToUtf8()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { MaxDepth = Document.MaxDepth, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteNumber(Name.Version, Version);
            writer.WriteString(Name.Change, ChangeId);
            writer.WriteString(Name.Type, Type switch { JournalLineType.Started => Name.Started, JournalLineType.Writing => Name.Writing, _ => Name.Written });
            if (Origin is { } origin)
            {
                writer.WriteString(Name.Kind, origin.Kind.ToString());
                Write(writer, Name.Undoes, origin.Undoes);
                writer.WriteString(Name.Region, origin.Region);
                Write(writer, Name.Account, origin.Caller?.AccountId);
                Write(writer, Name.Identity, origin.Caller?.Arn);
            }
            else
            {
                if (IsRevert)
                    writer.WriteBoolean(Name.Revert, true);
                writer.WriteStartArray(Name.Items);
                foreach (JournalItem item in Items)
                    item.WriteTo(writer);
                writer.WriteEndArray();
            }

            writer.WriteString(Name.Time, Time.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    /// <summary>The names of the fields.</summary>
    internal static class Name
    {
        public const string Version = "v";
        public const string Change = "change";
        public const string Type = "type";
        public const string Time = "time";
        public const string Kind = "kind";
        public const string Undoes = "undoes";
        public const string Region = "region";
        public const string Account = "account";
        public const string Identity = "identity";
        public const string Revert = "revert";
        public const string Items = "items";
        public const string Resource = "resource";
        public const string ResourceName = "name";
        public const string From = "from";
        public const string To = "to";
        public const string Before = "before";
        public const string After = "after";
        public const string Error = "error";
        public const string Started = "started";
        public const string Writing = "writing";
        public const string Written = "written";

        // Of version 1.
        public const string EventBus = "eventBus";
        public const string Rule = "rule";
        public const string Item = "item";
        public const string JobDefinition = "jobDefinition";
        public const string Targets = "targets";
        public const string TargetId = "id";
    }
}

/// <summary>One resource of a line of the journal.</summary>
/// <param name="Resource">What is written.</param>
internal sealed record JournalItem(ResourceId Resource)
{
    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>The JSON text before; null when there was nothing, or when documents are not read.</summary>
    public string? Before { get; init; }

    /// <summary>The JSON text after.</summary>
    public string? After { get; init; }

    /// <summary>Why it failed; null if it succeeded.</summary>
    public string? Error { get; init; }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(JournalLine.Name.Resource, Resource.Kind.ToString());
        writer.WriteString(JournalLine.Name.ResourceName, Resource.Name);
        if (From is not null)
            writer.WriteString(JournalLine.Name.From, From);
        if (To is not null)
            writer.WriteString(JournalLine.Name.To, To);
        Write(writer, JournalLine.Name.Before, Before);
        Write(writer, JournalLine.Name.After, After);
        if (Error is not null)
            writer.WriteString(JournalLine.Name.Error, Error);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is null)
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }
}

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

            ResourceId resource = Version > 1 ? new(Enum.TryParse(kind, out ChangeItemKind known) ? known : ChangeItemKind.Target, name ?? "") : OldResource(name ?? "", from);
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
