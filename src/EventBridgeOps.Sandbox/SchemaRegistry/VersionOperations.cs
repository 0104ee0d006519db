using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>The versions of schemas.</summary>
internal static class VersionOperations
{
    private const string Draft4 = "JSONSchemaDraft4";

    public static string KeyOf(long number) => number.ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>A version of a schema; the newest one without a number.</summary>
    /// <exception cref="AwsError">There is none.</exception>
    public static RawDocument Of(Operation operation, string key, RawDocument schema, string? version)
    {
        Table versions = Registry.Versions(operation, key);
        if (version is null)
            return versions.Values.Last();
        return long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && versions.Find(KeyOf(number)) is { } found
            ? found
            : throw SchemaErrors.NotFound($"Version {version} of schema {schema.Text("SchemaName")} does not exist.");
    }

    public static RawDocument List(Operation operation)
    {
        (string key, RawDocument schema) = Registry.SchemaAt(operation);
        Paging.Page<KeyValuePair<string, RawDocument>> page = Registry.Page(operation, Registry.Versions(operation, key));
        return RawDocument.Empty
            .With("SchemaVersions", page.Items.Select(row => schema.Only("SchemaArn", "SchemaName").With(row.Value.Only("SchemaVersion", "Type"))))
            .With("NextToken", page.NextToken);
    }

    /// <summary>A schema keeps at least one version.</summary>
    public static RawDocument Delete(Operation operation)
    {
        (string key, RawDocument schema) = Registry.SchemaAt(operation);
        string version = Registry.Required(operation, "SchemaVersion");
        Of(operation, key, schema, version);
        if (Registry.Versions(operation, key).Count == 1)
            throw SchemaErrors.Bad($"Version {version} is the only version of schema {schema.Text("SchemaName")}. Delete the schema instead.");
        Registry.Versions(operation, key).Remove(KeyOf(long.Parse(version, CultureInfo.InvariantCulture)));
        return RawDocument.Empty;
    }

    public static RawDocument Export(Operation operation)
    {
        (string key, RawDocument schema) = Registry.SchemaAt(operation);
        if (Registry.Required(operation, "Type") is not Draft4)
            throw SchemaErrors.Bad($"Type must be {Draft4}.");
        RawDocument version = Of(operation, key, schema, operation.Input.Text("SchemaVersion"));
        if (version.Text("Type") is { } type and not Draft4)
            throw SchemaErrors.Bad(RegistryMessages.NotExported(type).ToString());
        return schema.Only("SchemaArn", "SchemaName").With(version.Without("VersionCreatedDate"));
    }

    /// <summary>The schemas of a registry whose name or content has all of the keywords, in any case.</summary>
    public static RawDocument Search(Operation operation)
    {
        Registry.At(operation);
        string registry = Registry.NameOf(operation);
        string[] keywords = Registry.Required(operation, "Keywords").Split([' '], StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, List<RawDocument>> found = Registry.SchemasOf(operation, registry).ToDictionary(
            row => row.Key,
            row => Registry.Versions(operation, row.Key).Values.Where(version => keywords.All(word => Has(row.Value.Text("SchemaName")!, word) || Has(version.Text("Content")!, word))).ToList(),
            StringComparer.Ordinal);
        Paging.Page<KeyValuePair<string, RawDocument>> page = Registry.Page(operation, Registry.SchemasOf(operation, registry).Where(row => found[row.Key].Count > 0));
        return RawDocument.Empty
            .With("Schemas", page.Items.Select(row => RawDocument.Empty
                .With("RegistryName", registry)
                .With(row.Value.Only("SchemaArn", "SchemaName"))
                .With("SchemaVersions", found[row.Key].Select(version => RawDocument.Empty.With("CreatedDate", version.Text("VersionCreatedDate")).With(version.Only("SchemaVersion", "Type"))))))
            .With("NextToken", page.NextToken);
    }

    private static bool Has(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) is >= 0;
}
