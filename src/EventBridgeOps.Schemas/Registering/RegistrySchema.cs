using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Registering;

/// <summary>A schema as the EventBridge schema registry takes it: OpenAPI 3, or JSON Schema draft 4.</summary>
/// <param name="Kind">The type of the schema in the registry: <c>OpenApi3</c> or <c>JSONSchemaDraft4</c>.</param>
/// <param name="Content">The schema.</param>
/// <param name="Notes">What could not be said; empty if the schema says the same as before.</param>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html.</remarks>
public sealed record RegistrySchema(string Kind, JsonObject Content, IReadOnlyList<RegistryNote> Notes)
{
    /// <summary>Makes the form of the registry. An OpenAPI document stays as it is. A newer JSON Schema becomes draft 4, with the files to which it refers.</summary>
    /// <param name="text">The text of the schema.</param>
    /// <param name="schema">The schema that was read from it.</param>
    /// <returns>A schema that accepts what the other accepts, and no more where <see cref="Notes"/> is empty.</returns>
    public static RegistrySchema Of(string text, EventSchema schema)
    {
        if (schema.IsOpenApi)
            return new RegistrySchema("OpenApi3", Document.Parse(text), []);
        (JsonObject content, IReadOnlyList<RegistryNote> notes) = new Draft4(schema).Convert();
        return new RegistrySchema("JSONSchemaDraft4", content, notes);
    }
}

/// <summary>What JSON Schema draft 4 cannot say.</summary>
/// <param name="Pointer">The place as a JSON pointer (RFC 6901), after the name of the file and <c>#</c> if it is in a file to which the schema refers.</param>
/// <param name="Message">What is no longer checked.</param>
public sealed record RegistryNote(string Pointer, Message Message);
