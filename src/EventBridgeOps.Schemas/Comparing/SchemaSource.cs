using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>The places of a schema and of those to which it refers.</summary>
/// <param name="schema">The schema.</param>
/// <param name="number">Tells its nodes from those of other schemas.</param>
internal sealed class SchemaSource(EventSchema schema, int number)
{
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<Uri, SchemaDialect> _dialects = [];

    /// <summary>What is known of whether its nodes say the same as others.</summary>
    public Dictionary<(SchemaNode, SchemaNode), bool> Same { get; } = [];

    public EventSchema Schema => schema;

    public int Number => number;

    /// <summary>The dialect of a document, which can be another one than the schema's that refers to it.</summary>
    public SchemaDialect Dialect(Uri document) =>
        document == schema.Uri ? schema.Dialect : _dialects.TryGetValue(document, out SchemaDialect dialect) ? dialect : _dialects[document] = SchemaDialects.Of(schema.Documents[document], schema.Dialect);

    public SchemaNode Root => Node(Schema.Uri, "");

    public SchemaNode Node(Uri document, string pointer, JsonElement? json = null)
    {
        string key = document + "#" + pointer;
        if (!_nodes.TryGetValue(key, out SchemaNode? node))
            _nodes[key] = node = new SchemaNode(this, document, pointer, json ?? JsonPointers.Find(Schema.Documents[document], pointer)!.Value);
        return node;
    }

    /// <summary>The node that a reference names; null if there is none, or it is in a file of another dialect, of which not all is validated by its own rules.</summary>
    public SchemaNode? Resolve(SchemaNode from, string reference) =>
        schema.Names.Resolve(from.Document, from.Pointer, reference) is { } place && DialectKeywords.AreAlike(Dialect(place.Document), schema.Dialect) ? Node(place.Document, place.Pointer) : null;

    /// <summary>The document of another dialect that a reference names; null if there is none.</summary>
    public Uri? OtherDialect(SchemaNode from, string reference) =>
        schema.Names.Resolve(from.Document, from.Pointer, reference) is { } place && !DialectKeywords.AreAlike(Dialect(place.Document), schema.Dialect) ? place.Document : null;
}

/// <summary>The schemas of a comparison, with those that are made on the way.</summary>
/// <param name="cancellation">Ends the comparison.</param>
internal sealed class SchemaSources(CancellationToken cancellation = default)
{
    public CancellationToken Cancellation => cancellation;

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
            string reference = node.Source.Schema.Names.Address(node.Document, node.Pointer);
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
