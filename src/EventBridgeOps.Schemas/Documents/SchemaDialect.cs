using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using Json.Schema;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>The version of JSON Schema, or of OpenAPI, in which a schema is written.</summary>
public enum SchemaDialect
{
    /// <summary>JSON Schema draft-07 (https://json-schema.org/draft-07).</summary>
    Draft07,

    /// <summary>JSON Schema 2019-09 (https://json-schema.org/draft/2019-09).</summary>
    Draft201909,

    /// <summary>JSON Schema 2020-12 (https://json-schema.org/draft/2020-12), which is also assumed without <c>$schema</c>.</summary>
    Draft202012,

    /// <summary>OpenAPI 3.0, the form of the EventBridge schema registry (https://spec.openapis.org/oas/v3.0.3#schema-object).</summary>
    OpenApi30,

    /// <summary>OpenAPI 3.1, whose schemas are JSON Schema 2020-12 (https://spec.openapis.org/oas/v3.1.0#schema-object).</summary>
    OpenApi31,
}

internal static class SchemaDialects
{
    /// <summary>The dialect that a <c>$schema</c> names; null if it is not supported.</summary>
    public static SchemaDialect? Named(string uri) => uri.TrimEnd('#') switch
    {
        "http://json-schema.org/draft-07/schema" or "https://json-schema.org/draft-07/schema" => SchemaDialect.Draft07,
        "https://json-schema.org/draft/2019-09/schema" => SchemaDialect.Draft201909,
        "https://json-schema.org/draft/2020-12/schema" => SchemaDialect.Draft202012,
        _ => null,
    };

    /// <summary>The dialect of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="other">The dialect if it does not say it: that of the schema which refers to it.</param>
    public static SchemaDialect Of(JsonElement document, SchemaDialect other) =>
        document.ValueKind is JsonValueKind.Object && document.TryGetProperty("$schema", out JsonElement uri) && uri.ValueKind is JsonValueKind.String ? Named(uri.GetString()!) ?? other : other;

    private static readonly Dialect s_draft07 = Dialect.Draft07.With(Handlers([]));
    private static readonly Dialect s_draft201909 = Dialect.Draft201909.With(Handlers([new GuardedReferences.Recursive()]));
    private static readonly Dialect s_draft202012 = Dialect.Draft202012.With(Handlers([new GuardedReferences.Dynamic()]));

    private static readonly Lazy<JsonSchema> s_meta07 = Own(SchemaDialect.Draft07, () => [MetaSchemas.Draft7]);
    private static readonly Lazy<JsonSchema> s_meta201909 = Own(SchemaDialect.Draft201909, () =>
        [MetaSchemas.Core201909, MetaSchemas.Applicator201909, MetaSchemas.Validation201909, MetaSchemas.Metadata201909, MetaSchemas.Format201909, MetaSchemas.Content201909, MetaSchemas.Draft201909]);

    private static readonly Lazy<JsonSchema> s_meta202012 = Own(SchemaDialect.Draft202012, () =>
        [MetaSchemas.Core202012, MetaSchemas.Applicator202012, MetaSchemas.Unevaluated202012, MetaSchemas.Validation202012, MetaSchemas.Metadata202012, MetaSchemas.FormatAnnotation202012, MetaSchemas.Content202012, MetaSchemas.Draft202012]);

    private static IEnumerable<IKeywordHandler> Handlers(IEnumerable<IKeywordHandler> own) => [.. TimedPatterns.Handlers, .. ExactKeywords.Handlers, new GuardedReferences.Plain(), new PresentProperties(), .. own];

    /// <summary>The dialect of the library that validates, with keywords of our own: exact numbers and lengths, and limits of time and depth.</summary>
    public static Dialect Validating(this SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.Draft07 => s_draft07,
        SchemaDialect.Draft201909 => s_draft201909,
        _ => s_draft202012,
    };

    /// <summary>A document without its <c>$schema</c>, so that it is read by our dialect. The library takes its own for one that is named.</summary>
    /// <param name="document">The document.</param>
    public static JsonElement Unnamed(JsonElement document) => document.ValueKind is JsonValueKind.Object && document.TryGetProperty("$schema", out _)
        ? Document.Element(new JsonObject(document.EnumerateObject().Where(field => field.Name != "$schema").Select(field => new KeyValuePair<string, JsonNode?>(field.Name, Read(field.Value.GetRawText())))))
        : document;

    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = Document.MaxDepth };

    /// <summary>JSON that was read before, as deep as it may be.</summary>
    /// <param name="text">JSON text.</param>
    public static JsonNode? Read(string text) => JsonNode.Parse(text, documentOptions: s_reading);

    /// <summary>The schema of the schemas.</summary>
    public static JsonSchema Meta(this SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.Draft07 => s_meta07.Value,
        SchemaDialect.Draft201909 => s_meta201909.Value,
        _ => s_meta202012.Value,
    };

    // With our keywords, as those of the library take twice the time.
    private static Lazy<JsonSchema> Own(SchemaDialect dialect, Func<JsonSchema[]> documents) => new(() =>
    {
        BuildOptions options = new() { SchemaRegistry = new SchemaRegistry(), Dialect = dialect.Validating() };
        JsonSchema[] made = [.. documents().Select(document => JsonSchema.Build(Unnamed(document.Root.Source), options, document.BaseUri))];
        return made[made.Length - 1];
    });
}
