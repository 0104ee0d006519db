using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>What a registry takes as a schema: OpenAPI 3, or JSON Schema in draft 4 alone.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html</remarks>
internal static class SchemaContent
{
    private const int Longest = 100_000;

    /// <summary>Checks a schema.</summary>
    /// <exception cref="AwsError">It is not one of that type.</exception>
    public static void Check(string? type, string? content)
    {
        if (type is not ("OpenApi3" or "JSONSchemaDraft4"))
            throw SchemaErrors.Bad("Type must be OpenApi3 or JSONSchemaDraft4.");
        if (content is not { Length: > 0 and <= Longest })
            throw SchemaErrors.Bad($"Content must have 1 to {Longest} characters.");
        RawDocument document;
        try
        {
            document = RawDocument.Parse(content);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw SchemaErrors.Bad("Content is not a JSON object.");
        }

        if (type == "OpenApi3")
            CheckOpenApi(document);
        else if (document["$schema"] is { } draft && !IsDraft4(draft))
            throw SchemaErrors.Bad($"Content is not a schema of JSON Schema Draft 4: its $schema is {draft.GetRawText()}.");
    }

    private static bool IsDraft4(JsonElement draft) => draft.ValueKind == JsonValueKind.String
        && draft.GetString()!.TrimEnd('#') is "http://json-schema.org/draft-04/schema" or "https://json-schema.org/draft-04/schema";

    private static void CheckOpenApi(RawDocument document)
    {
        if (document.Text("openapi")?.StartsWith("3.0.", StringComparison.Ordinal) != true)
            throw SchemaErrors.Bad("Content is not an OpenAPI 3.0 document: openapi must be 3.0.x.");
        foreach (string name in new[] { "info", "paths" })
        {
            if (document.Object(name) is null)
                throw SchemaErrors.Bad($"Content is not an OpenAPI 3.0 document: {name} must be an object.");
        }
    }
}
