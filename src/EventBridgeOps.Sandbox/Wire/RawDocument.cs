using System.Text;
using System.Text.Json;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>
/// A JSON object whose members keep their order and whose values stay exactly as written: what the sandbox stores and answers.
/// Immutable, so that a snapshot of the state is a copy of references.
/// </summary>
internal sealed class RawDocument
{
    private readonly KeyValuePair<string, JsonElement>[] members;

    private RawDocument(IEnumerable<KeyValuePair<string, JsonElement>> members) => this.members = members.ToArray();

    public static RawDocument Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, JsonElement>> Members => members;

    public JsonElement? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, JsonElement> member in members)
            {
                if (member.Key == name)
                    return member.Value;
            }

            return null;
        }
    }

    /// <summary>Reads an object's members; of a name that is there twice the last one counts.</summary>
    public static RawDocument From(JsonElement value)
    {
        // The place of each name, for an object can have as many members as fit into a request.
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        List<KeyValuePair<string, JsonElement>?> members = [];
        foreach (JsonProperty property in value.EnumerateObject())
        {
            string name = property.Name;
            if (places.TryGetValue(name, out int before))
                members[before] = null;
            places[name] = members.Count;
            members.Add(new(name, property.Value));
        }

        return new(members.OfType<KeyValuePair<string, JsonElement>>());
    }

    /// <summary>Reads a JSON object; null for anything else.</summary>
    public static RawDocument? TryParse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return From(Json.Parse(utf8));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static RawDocument Parse(string json) => From(Json.Parse(json));

    public string? Text(string name) => this[name] is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public long? Number(string name) =>
        this[name] is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) ? number : null;

    public bool Flag(string name) => this[name] is { ValueKind: JsonValueKind.True };

    public RawDocument? Object(string name) => this[name] is { ValueKind: JsonValueKind.Object } value ? From(value) : null;

    public IEnumerable<JsonElement> List(string name) =>
        this[name] is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    public IEnumerable<string> Texts(string name) =>
        List(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    public RawDocument With(string name, JsonElement value)
    {
        KeyValuePair<string, JsonElement> changed = new(name, value);
        return this[name] is null
            ? new(members.Append(changed))
            : new(members.Select(member => member.Key == name ? changed : member));
    }

    public RawDocument With(string name, string? value) => value is null ? this : With(name, Json.Text(value));

    public RawDocument With(string name, bool value) => With(name, Json.Flag(value));

    public RawDocument With(string name, long value) => With(name, Json.Number(value));

    public RawDocument With(string name, RawDocument value) => With(name, value.ToElement());

    public RawDocument With(string name, IEnumerable<RawDocument> values) => With(name, Json.Array(values.Select(value => value.ToElement())));

    public RawDocument With(string name, IEnumerable<string> values) => With(name, Json.Texts(values));

    /// <summary>This document with the other's members laid over it.</summary>
    public RawDocument With(RawDocument other)
    {
        Dictionary<string, JsonElement> changed = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonElement> member in other.members)
            changed[member.Key] = member.Value;
        HashSet<string> own = new(members.Select(member => member.Key), StringComparer.Ordinal);
        return new(members.Select(member => changed.TryGetValue(member.Key, out JsonElement value) ? new(member.Key, value) : member)
            .Concat(other.members.Where(member => !own.Contains(member.Key))));
    }

    public RawDocument Without(params string[] names) => new(members.Where(member => !names.Contains(member.Key)));

    public RawDocument Only(params string[] names) => new(members.Where(member => names.Contains(member.Key)));

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, JsonElement> member in members)
        {
            writer.WritePropertyName(member.Key);
            Json.WriteRaw(writer, member.Value);
        }

        writer.WriteEndObject();
    }

    public byte[] ToUtf8() => Json.Write(WriteTo);

    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());

    public JsonElement ToElement() => Json.Parse(ToUtf8());
}
