using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>What the schema of a resource type says of a property.</summary>
internal sealed class PropertyShape
{
    private readonly Dictionary<string, (PropertyShape Shape, bool IsRequired, bool IsCreateOnly)> members = new(StringComparer.Ordinal);
    private readonly char kind;
    private PropertyShape? items;

    private PropertyShape(char kind) => this.kind = kind;

    public IEnumerable<string> Names => members.Keys;

    /// <summary>The properties whose change replaces the resource.</summary>
    public IEnumerable<string> CreateOnly => members.Where(member => member.Value.IsCreateOnly).Select(member => member.Key);

    /// <summary>Reads the properties of a type.</summary>
    public static PropertyShape Read(string text)
    {
        int at = 0;
        return Members(text, ref at);
    }

    /// <summary>Checks a value, and makes it what the schema says: a number or a flag may be written as a text, and a text as either.</summary>
    /// <param name="at">Where the value is: "#/Tags/0".</param>
    /// <param name="value">The value.</param>
    /// <param name="faults">Receives what is wrong with it.</param>
    public JsonElement Checked(string at, JsonElement value, List<string> faults) => kind switch
    {
        '(' when value.ValueKind == JsonValueKind.Object => Object(at, RawDocument.From(value), faults),
        '{' when value.ValueKind == JsonValueKind.Object => Map(at, RawDocument.From(value), faults),
        '[' when value.ValueKind == JsonValueKind.Array => Json.Array(value.EnumerateArray().Select((item, index) =>
            items!.Checked(string.Format(CultureInfo.InvariantCulture, "{0}/{1}", at, index), item, faults)).ToList()),
        's' when value.ValueKind == JsonValueKind.String => value,
        's' when value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Json.Text(value.GetRawText()),
        'i' or 'n' when Number(value) is { } number => number,
        'b' when Flag(value) is { } flag => Json.Flag(flag),
        'j' => value,
        _ => Wrong(at, value, faults),
    };

    /// <summary>The value with the names of its members as the JSON of an API writes them: with a small first letter. The keys of maps stay.</summary>
    public JsonElement Lowered(JsonElement value) => (kind, value.ValueKind) switch
    {
        ('(', JsonValueKind.Object) => RawDocument.From(value).Members.Aggregate(RawDocument.Empty, (all, member) => all.With(
            Lowered(member.Key), members.TryGetValue(member.Key, out (PropertyShape Shape, bool, bool) known) ? known.Shape.Lowered(member.Value) : member.Value)).ToElement(),
        ('[', JsonValueKind.Array) => Json.Array(value.EnumerateArray().Select(items!.Lowered).ToList()),
        _ => value,
    };

    private static string Lowered(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private JsonElement Object(string at, RawDocument value, List<string> faults)
    {
        RawDocument result = RawDocument.Empty;
        foreach (KeyValuePair<string, JsonElement> member in value.Members)
        {
            if (members.TryGetValue(member.Key, out (PropertyShape Shape, bool IsRequired, bool IsCreateOnly) known))
                result = result.With(member.Key, known.Shape.Checked($"{at}/{member.Key}", member.Value, faults));
            else
                faults.Add($"{at}: extraneous key [{member.Key}] is not permitted");
        }

        faults.AddRange(members.Where(member => member.Value.IsRequired && value[member.Key] is null).Select(member => $"{at}: required key [{member.Key}] not found"));
        return result.ToElement();
    }

    private JsonElement Map(string at, RawDocument value, List<string> faults) => value.Members.Aggregate(
        RawDocument.Empty, (all, member) => all.With(member.Key, items!.Checked($"{at}/{member.Key}", member.Value, faults))).ToElement();

    private JsonElement? Number(JsonElement value)
    {
        string? text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        return kind == 'i'
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? Json.Number(whole) : null
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? Json.Parse(number.ToString(CultureInfo.InvariantCulture)) : null;
    }

    private static bool? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString() switch { "true" or "True" => true, "false" or "False" => false, _ => null },
        _ => null,
    };

    private JsonElement Wrong(string at, JsonElement value, List<string> faults)
    {
        string expected = kind switch { '(' or '{' => "JSONObject", '[' => "JSONArray", 's' => "String", 'b' => "Boolean", _ => "Number" };
        string found = value.ValueKind switch
        {
            JsonValueKind.Object => "JSONObject",
            JsonValueKind.Array => "JSONArray",
            JsonValueKind.String => "String",
            JsonValueKind.Number => "Number",
            _ => "Boolean",
        };
        faults.Add($"{at}: expected type: {expected}, found: {found}");
        return value;
    }

    private static PropertyShape Members(string text, ref int at)
    {
        PropertyShape shape = new('(');
        while (at < text.Length && text[at] != ')')
        {
            int begin = at;
            while (text[at] != ':')
                at++;
            string name = text.Substring(begin, at - begin);
            at++;
            shape.members[name.TrimEnd('!', '@')] = (One(text, ref at), name.Contains('!'), name.Contains('@'));
            if (at < text.Length && text[at] == ' ')
                at++;
        }

        return shape;
    }

    private static PropertyShape One(string text, ref int at)
    {
        char kind = text[at++];
        if (kind == '(')
        {
            PropertyShape shape = Members(text, ref at);
            at++;
            return shape;
        }

        return kind is '[' or '{' ? new(kind) { items = One(text, ref at) } : new(kind);
    }
}
