using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Which keywords decide what is valid, in which dialect.</summary>
internal static class DialectKeywords
{
    private static readonly HashSet<string> s_all = new(StringComparer.Ordinal)
    {
        "$ref", "type", "enum", "const", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "multipleOf", "maxLength", "minLength", "pattern", "format",
        "items", "maxItems", "minItems", "uniqueItems", "contains", "properties", "patternProperties", "additionalProperties", "required", "maxProperties", "minProperties", "propertyNames",
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
    };

    private static readonly HashSet<string> s_until201909 = new(StringComparer.Ordinal) { "additionalItems" };
    private static readonly HashSet<string> s_draft07 = new(StringComparer.Ordinal) { "dependencies" };
    private static readonly HashSet<string> s_since201909 = new(StringComparer.Ordinal) { "minContains", "maxContains", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties" };
    private static readonly HashSet<string> s_since202012 = new(StringComparer.Ordinal) { "prefixItems" };

    private static readonly HashSet<string> s_annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "examples", "example", "$comment", "deprecated", "readOnly", "writeOnly", "$schema", "$id", "$defs", "definitions", "$anchor", "$dynamicAnchor",
        "contentEncoding", "contentMediaType", "contentSchema", "externalDocs", "xml", "nullable", "discriminator", "$vocabulary",
    };

    /// <summary>The keywords that decide what is valid, of any dialect.</summary>
    public static HashSet<string> Decides { get; } = new([.. s_all, .. s_until201909, .. s_draft07, .. s_since201909, .. s_since202012], StringComparer.Ordinal);

    /// <summary>Whether a keyword decides what is valid.</summary>
    public static bool Has(SchemaDialect dialect, string keyword) => s_all.Contains(keyword) || dialect switch
    {
        SchemaDialect.Draft07 => s_draft07.Contains(keyword) || s_until201909.Contains(keyword),
        SchemaDialect.Draft201909 => s_until201909.Contains(keyword) || s_since201909.Contains(keyword),
        _ => s_since201909.Contains(keyword) || s_since202012.Contains(keyword),
    };

    /// <summary>Whether a keyword says nothing about which values are valid. Those that begin with <c>x-</c> are extensions of OpenAPI.</summary>
    public static bool IsAnnotation(string keyword) => s_annotations.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal);

    /// <summary>Whether the same words mean the same in both dialects.</summary>
    public static bool AreAlike(SchemaDialect a, SchemaDialect b) => a == b || (a >= SchemaDialect.Draft202012 && b >= SchemaDialect.Draft202012);
}
