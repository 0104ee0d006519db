using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Documents;

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
