using System.Globalization;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>Schemas: each change of the content is a version of its own.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html</remarks>
internal static class SchemaOperations
{
    /// <summary>The number of the version that was made last; a number is not used again.</summary>
    private const string Last = "last";

    public static RawDocument Create(Operation operation)
    {
        Registry.At(operation);
        string name = Registry.NewName(operation, "SchemaName", 385, "0-9A-Za-z_.@-"), registry = Registry.NameOf(operation);
        Registry.CheckDescription(operation);
        SchemaContent.Check(operation.Input.Text("Type"), operation.Input.Text("Content"));
        string key = Registry.KeyOf(registry, name);
        if (Registry.Schemas(operation).ContainsKey(key))
            throw SchemaErrors.Conflict($"Schema with name {name} already exists.");
        Registry.Schemas(operation)[key] = AddVersion(operation, key, RawDocument.Empty
            .With(operation.Input.Only("Description"))
            .With("SchemaArn", operation.Arn("schemas", "schema/" + key))
            .With("SchemaName", name)
            .With("tags", SchemaTags.Given(operation)));
        return Shown(operation);
    }

    public static RawDocument Describe(Operation operation)
    {
        (string key, RawDocument schema) = Registry.SchemaAt(operation);
        return schema.Without(Last).With(VersionOperations.Of(operation, key, schema, operation.Input.Text("SchemaVersion")));
    }

    public static RawDocument Update(Operation operation)
    {
        (string key, RawDocument schema) = Registry.SchemaAt(operation);
        Registry.CheckDescription(operation);
        schema = schema.With(operation.Input.Only("Description")).With("LastModified", EventTime.Of(operation.Now));
        RawDocument newest = VersionOperations.Of(operation, key, schema, null);
        string? content = operation.Input.Text("Content"), type = operation.Input.Text("Type") ?? newest.Text("Type");
        if (content is null && type != newest.Text("Type"))
            throw SchemaErrors.Bad("Content is required with Type.");
        if (content is not null)
        {
            SchemaContent.Check(type, content);
            if (content != newest.Text("Content") || type != newest.Text("Type"))
                schema = AddVersion(operation.With(operation.Input.With("Type", type)), key, schema);
        }

        Registry.Schemas(operation)[key] = schema;
        return Shown(operation);
    }

    public static RawDocument Delete(Operation operation)
    {
        Registry.Remove(operation, Registry.SchemaAt(operation).Key);
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation)
    {
        Registry.At(operation);
        string registry = Registry.NameOf(operation), prefix = Registry.KeyOf(registry, operation.Input.Text("SchemaNamePrefix") ?? "");
        Paging.Page<KeyValuePair<string, RawDocument>> page = Registry.Page(
            operation, Registry.SchemasOf(operation, registry).Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal)));
        return RawDocument.Empty
            .With("Schemas", page.Items.Select(row => row.Value.Only("LastModified", "SchemaArn", "SchemaName", "tags")
                .With("VersionCount", Registry.Versions(operation, row.Key).Count)))
            .With("NextToken", page.NextToken);
    }

    private static RawDocument AddVersion(Operation operation, string key, RawDocument schema)
    {
        long number = (schema.Number(Last) ?? 0) + 1;
        string now = EventTime.Of(operation.Now);
        Registry.Versions(operation, key)[VersionOperations.KeyOf(number)] = operation.Input.Only("Content", "Type")
            .With("SchemaVersion", number.ToString(CultureInfo.InvariantCulture))
            .With("VersionCreatedDate", now);
        return schema.With("LastModified", now).With(Last, number);
    }

    /// <summary>The schema with its newest version, without the content.</summary>
    private static RawDocument Shown(Operation operation) => Describe(operation.With(operation.Input.Without("SchemaVersion"))).Without("Content");
}
