using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>The references of a schema.</summary>
internal static class SchemaLinks
{
    /// <summary>The first reference that names nothing; null if there is none.</summary>
    /// <param name="name">The name of the schema.</param>
    /// <param name="names">What can be named.</param>
    /// <param name="document">The place of the schema.</param>
    /// <param name="root">The schema.</param>
    public static SchemaFault? Unknown(string name, SchemaNames names, Uri document, JsonElement root)
    {
        foreach ((string pointer, string reference) in References(root, ""))
        {
            if (names.Resolve(document, pointer, reference) is null && SchemaDialects.Named(reference) is null)
                return new SchemaFault(JsonPointers.Add(pointer, "$ref"), NotFound(name, reference));
        }

        return null;
    }

    private static Message NotFound(string name, string reference) =>
        reference.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || reference.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? SchemaMessages.RefNotDownloaded(reference)
        : reference.Length > 0 && reference[0] != '#' && SchemaReferences.Path(name, reference) is null ? SchemaMessages.RefLeadsOut(reference)
        : SchemaMessages.RefNotFound(reference);

    private static IEnumerable<(string Pointer, string Reference)> References(JsonElement node, string pointer)
    {
        if (node.ValueKind is JsonValueKind.Object)
        {
            if (node.TryGetProperty("$ref", out JsonElement reference) && reference.ValueKind is JsonValueKind.String)
                yield return (pointer, reference.GetString()!);
            foreach (JsonProperty field in node.EnumerateObject())
            {
                if (field.Name is "enum" or "const" or "default" or "examples")
                    continue;
                foreach ((string, string) found in References(field.Value, JsonPointers.Add(pointer, field.Name)))
                    yield return found;
            }
        }
        else if (node.ValueKind is JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement element in node.EnumerateArray())
            {
                foreach ((string, string) found in References(element, JsonPointers.Add(pointer, index)))
                    yield return found;
                index++;
            }
        }
    }
}
