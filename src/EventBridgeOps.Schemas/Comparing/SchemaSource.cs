using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>The places of a schema and of those to which it refers.</summary>
internal sealed class SchemaSource
{
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Uri Document, string Pointer)> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> _bases = new(StringComparer.Ordinal);

    /// <summary>Reads the names in a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="number">Tells its nodes from those of other schemas.</param>
    public SchemaSource(EventSchema schema, int number)
    {
        (Schema, Number) = (schema, number);
        foreach (KeyValuePair<Uri, JsonElement> document in schema.Documents)
        {
            _named[document.Key.ToString()] = (document.Key, "");
            Index(document.Key, document.Value, "", document.Key);
        }
    }

    public EventSchema Schema { get; }

    public int Number { get; }

    /// <summary>Keywords beside <c>$ref</c> have no effect in draft-07 (https://json-schema.org/draft-07/draft-handrews-json-schema-01#rfc.section.8.3).</summary>
    public bool RefHidesSiblings => Schema.Dialect is SchemaDialect.Draft07;

    public SchemaNode Root => Node(Schema.Uri, "");

    public SchemaNode Node(Uri document, string pointer)
    {
        string key = document + "#" + pointer;
        if (!_nodes.TryGetValue(key, out SchemaNode? node))
            _nodes[key] = node = new SchemaNode(this, document, pointer, JsonPointers.Find(Schema.Documents[document], pointer)!.Value);
        return node;
    }

    /// <summary>The node that a reference names; null if there is none.</summary>
    public SchemaNode? Resolve(SchemaNode from, string reference)
    {
        if (!Uri.TryCreate(Base(from), reference, out Uri? uri))
            return null;
        string fragment = Uri.UnescapeDataString(uri.Fragment.TrimStart('#'));
        string document = uri.GetLeftPart(UriPartial.Query);
        if (fragment.Length > 0 && fragment[0] != '/')
            return _named.TryGetValue(document + "#" + fragment, out (Uri Document, string Pointer) anchor) ? Node(anchor.Document, anchor.Pointer) : null;
        if (!_named.TryGetValue(document, out (Uri Document, string Pointer) place))
            return null;
        string pointer = place.Pointer + fragment;
        return JsonPointers.Find(Schema.Documents[place.Document], pointer) is null ? null : Node(place.Document, pointer);
    }

    private Uri Base(SchemaNode node)
    {
        string pointer = node.Pointer;
        while (true)
        {
            if (_bases.TryGetValue(node.Document + "#" + pointer, out Uri? found))
                return found;
            if (pointer.Length == 0)
                return node.Document;
            pointer = pointer.Substring(0, pointer.LastIndexOf('/'));
        }
    }

    private void Index(Uri document, JsonElement json, string pointer, Uri above)
    {
        if (json.ValueKind is JsonValueKind.Object)
        {
            Uri here = above;
            if (json.TryGetProperty("$id", out JsonElement id) && id.ValueKind is JsonValueKind.String && !(RefHidesSiblings && json.TryGetProperty("$ref", out _)) && Uri.TryCreate(above, id.GetString()!, out Uri? named))
            {
                if (named.Fragment.Length > 1)
                {
                    _named[named.ToString()] = (document, pointer);
                }
                else
                {
                    here = named;
                    _bases[document + "#" + pointer] = named;
                    _named[named.GetLeftPart(UriPartial.Query)] = (document, pointer);
                }
            }

            foreach (string keyword in (string[])["$anchor", "$dynamicAnchor"])
            {
                if (json.TryGetProperty(keyword, out JsonElement anchor) && anchor.ValueKind is JsonValueKind.String)
                    _named[here.GetLeftPart(UriPartial.Query) + "#" + anchor.GetString()] = (document, pointer);
            }

            foreach (JsonProperty field in json.EnumerateObject())
            {
                if (field.Name is not ("enum" or "const" or "default" or "examples"))
                    Index(document, field.Value, JsonPointers.Add(pointer, field.Name), here);
            }
        }
        else if (json.ValueKind is JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement element in json.EnumerateArray())
                Index(document, element, JsonPointers.Add(pointer, index++), above);
        }
    }
}

/// <summary>The schemas of a comparison, with those that are made on the way.</summary>
internal sealed class SchemaSources
{
    private readonly Dictionary<string, SchemaSource> _made = new(StringComparer.Ordinal);
    private int _count;

    public SchemaSource Of(EventSchema schema) => new(schema, _count++);

    /// <summary>A schema that says one thing, such as that a name is present.</summary>
    public SchemaNode Made(JsonObject schema)
    {
        string text = schema.ToJsonString();
        if (!_made.TryGetValue(text, out SchemaSource? source))
            _made[text] = source = Of(EventSchema.Parse(text, "made"));
        return source.Root;
    }

    /// <summary>What a node refuses.</summary>
    public SchemaNode Not(SchemaNode node)
    {
        string text = "not " + node.Id;
        if (!_made.TryGetValue(text, out SchemaSource? source))
        {
            // A schema of its own beside the node's document, to which it refers.
            Dictionary<string, string> others = node.Source.Schema.Documents.ToDictionary(document => document.Key.ToString(), document => document.Value.GetRawText());
            string reference = node.Document + "#" + string.Join("/", node.Pointer.Split('/').Select(Uri.EscapeDataString));
            JsonObject not = new() { ["not"] = new JsonObject { ["$ref"] = reference } };
            if (node.Source.Schema.Dialect is SchemaDialect.Draft07)
                not["$schema"] = "http://json-schema.org/draft-07/schema#";
            else if (node.Source.Schema.Dialect is SchemaDialect.Draft201909)
                not["$schema"] = "https://json-schema.org/draft/2019-09/schema";
            _made[text] = source = Of(EventSchema.Parse(not.ToJsonString(), "not/" + _count, others));
        }

        return source.Root;
    }

    /// <summary>An object that has a property.</summary>
    public SchemaNode Having(string name) => Made(Has(name));

    /// <summary>What is not an object that has a property.</summary>
    public SchemaNode Lacking(string name) => Made(new JsonObject { ["not"] = Has(name) });

    private static JsonObject Has(string name) => new() { ["type"] = "object", ["required"] = new JsonArray(name) };

    public SchemaNode OfType(params string[] types) => Made(new JsonObject { ["type"] = new JsonArray([.. types.Select(type => (JsonNode)type)]) });
}
