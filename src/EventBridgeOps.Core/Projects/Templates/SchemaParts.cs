using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Schemas.Registering;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The schema registry, and each version of a schema as a schema of its own: a new stack cannot create several versions of one.</summary>
internal static class SchemaParts
{
    /// <summary>The type of a schema registry.</summary>
    public const string RegistryKind = "AWS::EventSchemas::Registry";

    /// <summary>The type of a schema.</summary>
    public const string SchemaKind = "AWS::EventSchemas::Schema";

    public static void Add(StackParts parts)
    {
        ProjectSchema[] schemas = [.. parts.Project.Schemas.Where(schema => schema.Schema is not null && !schema.IsRetired)];
        if (schemas.Length == 0)
            return;
        // https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname.html: 64 characters.
        string name = LogicalIds.Shortened($"{parts.Settings.Name}-{parts.Environment.Name}", 64);
        JsonObject registry = new() { ["RegistryName"] = name };
        if (parts.Settings.Description is { } description)
            registry["Description"] = description.Length <= 256 ? description : description.Substring(0, 256);
        parts.Add("SchemaRegistry", RegistryKind, registry);
        parts.Output("SchemaRegistryName", "The name of the schema registry", name);
        if (parts.Settings.Retains("schemas"))
            parts.Retain("SchemaRegistry");
        foreach (ProjectSchema schema in schemas)
            Add(parts, schema);
    }

    private static void Add(StackParts parts, ProjectSchema schema)
    {
        RegistrySchema converted = RegistrySchema.Of(schema.File.Text, schema.Schema!);
        foreach (RegistryNote note in converted.Notes)
            parts.Warn(schema.Name, schema.File, note.Pointer, note.Message);
        JsonObject made = new()
        {
            ["RegistryName"] = Functions.GetAtt("SchemaRegistry", "RegistryName"),
            ["SchemaName"] = schema.Name,
            ["Type"] = converted.Kind,
            ["Content"] = Document.Write(converted.Content),
        };
        if (schema.Schema!.Root.ValueKind == System.Text.Json.JsonValueKind.Object && schema.Schema.Root.TryGetProperty("title", out System.Text.Json.JsonElement title) && title.ValueKind == System.Text.Json.JsonValueKind.String && title.GetString() is { Length: > 0 and <= 256 } text)
            made["Description"] = text;
        string id = parts.Id(schema.Family, FormattableString.Invariant($"V{schema.Version}Schema"));
        parts.Unit = ("schemas", schema.Name);
        parts.Add(id, SchemaKind, made);
        parts.Unit = null;
        if (parts.Settings.Retains("schemas"))
            parts.Retain(id);
    }
}
