using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>The tags of registries and schemas.</summary>
internal static class SchemaTags
{
    private const int Most = 50;

    public static RawDocument Tag(Operation operation)
    {
        (Table table, string key) = At(operation);
        RawDocument tags = (table[key].Object("tags") ?? RawDocument.Empty).With(Given(operation));
        Keep(table, key, tags);
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        (Table table, string key) = At(operation);
        string[] keys = [.. operation.Input.Texts("TagKeys")];
        if (keys.Length == 0)
            throw SchemaErrors.Bad("TagKeys is required.");
        Keep(table, key, table[key].Object("tags")!.Without(keys));
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation)
    {
        (Table table, string key) = At(operation);
        return table[key].Only("tags");
    }

    /// <summary>The tags of a request.</summary>
    /// <exception cref="AwsError">They are not valid.</exception>
    public static RawDocument Given(Operation operation)
    {
        RawDocument tags = operation.Input.Object("Tags") ?? RawDocument.Empty;
        if (tags.Members.Any(tag => tag.Key.Length == 0 || tag.Value.ValueKind != JsonValueKind.String))
            throw SchemaErrors.Bad("Each tag must have a key and a value.");
        return tags.Members.Count <= Most ? tags : throw SchemaErrors.Bad($"A resource can have at most {Most} tags.");
    }

    private static void Keep(Table table, string key, RawDocument tags)
    {
        if (tags.Members.Count > Most)
            throw SchemaErrors.Bad($"A resource can have at most {Most} tags.");
        table[key] = table[key].With("tags", tags);
    }

    private static (Table Table, string Key) At(Operation operation)
    {
        string arn = Registry.Required(operation, "ResourceArn");
        foreach ((Table table, string member) in new[] { (Registry.All(operation), "RegistryArn"), (Registry.Schemas(operation), "SchemaArn") })
        {
            foreach (KeyValuePair<string, RawDocument> row in table)
            {
                if (row.Value.Text(member) == arn)
                    return (table, row.Key);
            }
        }

        throw SchemaErrors.NotFound($"Resource with ARN {arn} does not exist.");
    }
}
