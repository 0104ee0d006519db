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

    private static readonly Dialect s_draft07 = Dialect.Draft07.With(TimedPatterns.Handlers, MetaSchemas.Draft7Id);
    private static readonly Dialect s_draft201909 = Dialect.Draft201909.With(TimedPatterns.Handlers, MetaSchemas.Draft201909Id);
    private static readonly Dialect s_draft202012 = Dialect.Draft202012.With(TimedPatterns.Handlers, MetaSchemas.Draft202012Id);

    /// <summary>The dialect of the library that validates, with a limit of time for regular expressions.</summary>
    public static Dialect Validating(this SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.Draft07 => s_draft07,
        SchemaDialect.Draft201909 => s_draft201909,
        _ => s_draft202012,
    };

    /// <summary>The dialects that a schema can name.</summary>
    public static DialectRegistry Registry()
    {
        DialectRegistry registry = new();
        foreach (Dialect dialect in (Dialect[])[s_draft07, s_draft201909, s_draft202012])
            registry.Register(dialect);
        return registry;
    }

    /// <summary>The schema of the schemas.</summary>
    public static JsonSchema Meta(this SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.Draft07 => MetaSchemas.Draft7,
        SchemaDialect.Draft201909 => MetaSchemas.Draft201909,
        _ => MetaSchemas.Draft202012,
    };
}
