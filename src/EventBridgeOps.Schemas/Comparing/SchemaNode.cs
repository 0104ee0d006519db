using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>A place in a schema that is a schema itself.</summary>
internal sealed class SchemaNode(SchemaSource source, Uri document, string pointer, JsonElement json)
{
    public SchemaSource Source => source;

    public Uri Document => document;

    /// <summary>The place, as a JSON pointer.</summary>
    public string Pointer => pointer;

    public JsonElement Json => json;

    /// <summary>Names the node among all of a comparison.</summary>
    public string Id { get; } = $"{source.Number}:{document}#{pointer}";

    public bool IsFalse => json.ValueKind is JsonValueKind.False;

    public SchemaDialect Dialect { get; } = source.Dialect(document);

    /// <summary>Keywords beside <c>$ref</c> have no effect in draft-07 (https://json-schema.org/draft-07/draft-handrews-json-schema-01#rfc.section.8.3).</summary>
    private bool HidesSiblings => Dialect is SchemaDialect.Draft07 && json.TryGetProperty("$ref", out _);

    /// <summary>A keyword's value; null if it is absent, unknown to the dialect, or without effect beside a <c>$ref</c> of draft-07.</summary>
    public JsonElement? this[string keyword] =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(keyword, out JsonElement value) && (keyword == "$ref" || !HidesSiblings) && DialectKeywords.Has(Dialect, keyword) ? value : null;

    /// <summary>The keywords that are not hidden, known or not.</summary>
    public IEnumerable<string> Keywords => json.ValueKind is not JsonValueKind.Object ? [] : json.EnumerateObject().Select(member => member.Name).Where(keyword => keyword == "$ref" || !HidesSiblings);

    /// <summary>The schema that a <c>$ref</c> names; null if there is none, or it was not found.</summary>
    public SchemaNode? Reference
    {
        get
        {
            if (!_isResolved)
                (_isResolved, _reference) = (true, this["$ref"] is { ValueKind: JsonValueKind.String } reference ? source.Resolve(this, reference.GetString()!) : null);
            return _reference;
        }
    }

    /// <summary>The document that a <c>$ref</c> names and that is written in another dialect, so that it is not compared; null if there is none.</summary>
    public Uri? OtherDialect => this["$ref"] is { ValueKind: JsonValueKind.String } reference ? source.OtherDialect(this, reference.GetString()!) : null;

    /// <summary>The schema that is a keyword's value; null if it is absent or not one.</summary>
    public SchemaNode? Child(string keyword) =>
        this[keyword] is { ValueKind: JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False } child ? source.Node(document, JsonPointers.Add(pointer, keyword), child) : null;

    /// <summary>The schemas of a keyword whose value is an array of them.</summary>
    public IReadOnlyList<SchemaNode> List(string keyword)
    {
        if (this[keyword] is not { ValueKind: JsonValueKind.Array } list)
            return [];
        if (!_lists.TryGetValue(keyword, out IReadOnlyList<SchemaNode>? nodes))
        {
            string at = JsonPointers.Add(pointer, keyword);
            _lists[keyword] = nodes = [.. list.EnumerateArray().Select((item, index) => source.Node(document, JsonPointers.Add(at, index), item))];
        }

        return nodes;
    }

    /// <summary>The schemas of a keyword whose value has them by name.</summary>
    public IReadOnlyDictionary<string, SchemaNode> Map(string keyword)
    {
        if (this[keyword] is not { ValueKind: JsonValueKind.Object } map)
            return s_none;
        if (!_maps.TryGetValue(keyword, out IReadOnlyDictionary<string, SchemaNode>? nodes))
        {
            string at = JsonPointers.Add(pointer, keyword);
            _maps[keyword] = nodes = map.EnumerateObject().Where(field => field.Value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False)
                .ToDictionary(field => field.Name, field => source.Node(document, JsonPointers.Add(at, field.Name), field.Value), StringComparer.Ordinal);
        }

        return nodes;
    }

    /// <summary>The texts of a keyword whose value is an array of them, or one of them.</summary>
    public IReadOnlyList<string> Texts(string keyword) => this[keyword] switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)],
        _ => [],
    };

    /// <summary>A number; null if it is absent, or a decimal cannot have exactly its value.</summary>
    public decimal? Number(string keyword) => this[keyword] is { ValueKind: JsonValueKind.Number } value ? JsonNumber.Decimal(value) : null;

    public string? Text(string keyword) => this[keyword] is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool IsTrue(string keyword) => this[keyword] is { ValueKind: JsonValueKind.True };

    /// <summary>The schemas of the first items of an array.</summary>
    public IReadOnlyList<SchemaNode> FirstItems => this["prefixItems"] is not null ? List("prefixItems") : this["items"] is { ValueKind: JsonValueKind.Array } ? List("items") : [];

    /// <summary>The schema of the items after the first ones; null if they are open.</summary>
    public SchemaNode? OtherItems => this["items"] is { ValueKind: JsonValueKind.Array } ? Child("additionalItems") : Child("items");

    /// <summary>The names that must be present if another is: <c>dependentRequired</c>, and <c>dependencies</c> of draft-07.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Needs)> DependentNames =>
        from keyword in (string[])["dependentRequired", "dependencies"]
        where this[keyword] is { ValueKind: JsonValueKind.Object }
        from member in this[keyword]!.Value.EnumerateObject()
        where member.Value.ValueKind is JsonValueKind.Array
        select (member.Name, (IReadOnlyList<string>)[.. member.Value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)]);

    /// <summary>The schemas that hold if a name is present: <c>dependentSchemas</c>, and <c>dependencies</c> of draft-07.</summary>
    public IEnumerable<KeyValuePair<string, SchemaNode>> DependentSchemas => Map("dependentSchemas").Concat(Map("dependencies"));

    public bool IsValid(JsonElement value) => source.Schema.Decide(document, pointer, value);

    private static readonly Dictionary<string, SchemaNode> s_none = [];
    private bool _isResolved;
    private SchemaNode? _reference;
    private readonly Dictionary<string, IReadOnlyDictionary<string, SchemaNode>> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<SchemaNode>> _lists = new(StringComparer.Ordinal);
}
