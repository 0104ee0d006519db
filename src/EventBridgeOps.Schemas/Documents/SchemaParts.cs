using System.Collections.Concurrent;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using Json.Schema;
using Json.Schema.Keywords;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>The schemas in a schema, each of which can be asked by itself, also from several threads.</summary>
/// <remarks>
/// The library validates only by documents. To build one for each part would take the square of their number, and would change the registry of schemas, which is not
/// made for several threads. So one document is built, whose only keyword evaluates the part that is asked for.
/// </remarks>
internal sealed class SchemaParts
{
    private const string PartKeyword = "part";

    [ThreadStatic]
    private static JsonSchemaNode? s_asked;

    private static readonly JsonElement s_document = JsonDocument.Parse($$"""{"{{PartKeyword}}":true}""").RootElement;
    private static readonly ConcurrentDictionary<Dialect, Dialect> s_dialects = new();

    private readonly object _gate = new();
    private readonly Dictionary<string, JsonSchema> _built = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<(Uri, string), JsonSchemaNode>> _nodes;
    private readonly SchemaNames _names;
    private readonly BuildOptions _options;
    private readonly Uri _uri;
    private readonly JsonSchema _asking;

    /// <summary>Prepares to ask.</summary>
    /// <param name="uri">The place of the schema.</param>
    /// <param name="documents">What was built of it, and of those to which it refers.</param>
    /// <param name="names">What the schemas in them are called.</param>
    /// <param name="options">How they were built.</param>
    public SchemaParts(Uri uri, IReadOnlyDictionary<Uri, JsonSchema> documents, SchemaNames names, BuildOptions options)
    {
        (_uri, _names, _options) = (uri, names, options);
        _nodes = new Lazy<Dictionary<(Uri, string), JsonSchemaNode>>(() => Find(documents));
        BuildOptions own = new() { SchemaRegistry = options.SchemaRegistry, Dialect = s_dialects.GetOrAdd(options.Dialect, dialect => dialect.With([new AskedPart()])) };
        _asking = JsonSchema.Build(s_document, own, new Uri(uri, "part"));
    }

    /// <summary>Whether a value follows a part.</summary>
    public bool Decide(Uri document, string pointer, JsonElement value, EvaluationOptions options)
    {
        if (!_nodes.Value.TryGetValue((document, pointer), out JsonSchemaNode? node))
            return Built(_names.Address(document, pointer), value, options);
        JsonSchemaNode? above = s_asked;
        s_asked = node;
        try
        {
            return _asking.Evaluate(value, options).IsValid;
        }
        finally
        {
            s_asked = above;
        }
    }

    // A place that no keyword leads to. Building it changes the registry, and the same place cannot be built twice.
    private bool Built(string reference, JsonElement value, EvaluationOptions options)
    {
        lock (_gate)
        {
            if (!_built.TryGetValue(reference, out JsonSchema? schema))
                _built[reference] = schema = JsonSchema.Build(Document.Element(new System.Text.Json.Nodes.JsonObject { ["$ref"] = reference }), _options, new Uri(_uri, "part/" + Uri.EscapeDataString(reference)));
            return schema.Evaluate(value, options).IsValid;
        }
    }

    private Dictionary<(Uri, string), JsonSchemaNode> Find(IReadOnlyDictionary<Uri, JsonSchema> documents)
    {
        Dictionary<(Uri, string), JsonSchemaNode> found = [];
        Stack<(Uri Document, string Pointer, JsonSchemaNode Node)> left = new(documents.Select(document => (document.Key, "", document.Value.Root)));
        while (left.Count > 0)
        {
            (Uri document, string pointer, JsonSchemaNode node) = left.Pop();
            if (found.ContainsKey((document, pointer)))
                continue;
            found[(document, pointer)] = node;
            foreach (KeywordData keyword in node.Keywords)
            {
                if (keyword.Handler is not (RefKeyword or Json.Schema.Keywords.DynamicRefKeyword))
                {
                    foreach (JsonSchemaNode below in keyword.Subschemas)
                        left.Push((document, JsonPointers.Add(pointer, keyword.Handler.Name) + below.RelativePath, below));
                }
                else if (keyword.Subschemas.FirstOrDefault() is { } target && keyword.Handler is GuardedReferences.Plain && _names.Resolve(document, pointer, keyword.RawValue.GetString()!) is { } place)
                {
                    // What only a reference leads to is there as well.
                    left.Push((place.Document, place.Pointer, target));
                }
            }
        }

        return found;
    }

    private sealed class AskedPart : IKeywordHandler
    {
        public string Name => PartKeyword;

        public object? ValidateKeywordValue(JsonElement value) => null;

        public void BuildSubschemas(KeywordData keyword, BuildContext context)
        {
        }

        public KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context)
        {
            EvaluationResults result = s_asked!.Evaluate(context with { EvaluationPath = context.EvaluationPath.Combine(Name) });
            return new KeywordEvaluation { Keyword = Name, IsValid = result.IsValid, Details = [result] };
        }
    }
}
