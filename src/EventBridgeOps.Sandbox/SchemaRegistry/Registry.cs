using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>What the registries, schemas and versions are kept in, and how they are found.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname.html</remarks>
internal static class Registry
{
    private const int LongestDescription = 256;

    public static Table All(Operation operation) => operation.State["schemaRegistries"];

    /// <summary>The schemas of all registries, by registry and name.</summary>
    public static Table Schemas(Operation operation) => operation.State["schemas"];

    /// <summary>The versions of a schema, by their numbers.</summary>
    public static Table Versions(Operation operation, string schema) => operation.State["schemaVersions/" + schema];

    /// <summary>The registry that a request names.</summary>
    /// <exception cref="AwsError">There is none.</exception>
    public static RawDocument At(Operation operation) => All(operation).Find(NameOf(operation)) ?? throw SchemaErrors.NoRegistry(NameOf(operation));

    /// <summary>The schema that a request names, and the key that it has.</summary>
    /// <exception cref="AwsError">There is none.</exception>
    public static (string Key, RawDocument Schema) SchemaAt(Operation operation)
    {
        At(operation);
        string name = Required(operation, "SchemaName"), key = KeyOf(NameOf(operation), name);
        return (key, Schemas(operation).Find(key) ?? throw SchemaErrors.NoSchema(name));
    }

    public static string NameOf(Operation operation) => Required(operation, "RegistryName");

    public static string KeyOf(string registry, string schema) => $"{registry}/{schema}";

    /// <summary>The schemas of a registry, by their keys.</summary>
    public static IEnumerable<KeyValuePair<string, RawDocument>> SchemasOf(Operation operation, string registry) =>
        Schemas(operation).Where(row => row.Key.StartsWith(registry + "/", StringComparison.Ordinal));

    /// <summary>Removes a schema with its versions.</summary>
    public static void Remove(Operation operation, string key)
    {
        Schemas(operation).Remove(key);
        operation.State.Drop("schemaVersions/" + key);
    }

    public static string Required(Operation operation, string member) =>
        operation.Input.Text(member) is { Length: > 0 } text ? text : throw SchemaErrors.Bad($"{member} is required.");

    /// <summary>Checks the name of what is created.</summary>
    /// <exception cref="AwsError">It is not valid.</exception>
    public static string NewName(Operation operation, string member, int longest, string characters)
    {
        string name = Required(operation, member);
        if (name.Length > longest || !Regex.IsMatch(name, $@"\A[{characters}]+\z", RegexOptions.CultureInvariant))
            throw SchemaErrors.Bad($"{member} must have at most {longest} characters: letters, digits, '.', '-', '_'{(characters.Contains('@') ? " and '@'" : "")}.");
        return name.StartsWith("aws.", StringComparison.Ordinal) && member == "RegistryName"
            ? throw SchemaErrors.Bad("The prefix aws. is reserved for the registries of AWS.")
            : name;
    }

    /// <summary>Checks a description.</summary>
    /// <exception cref="AwsError">It is too long.</exception>
    public static void CheckDescription(Operation operation)
    {
        if (operation.Input.Text("Description") is { Length: > LongestDescription })
            throw SchemaErrors.Bad($"Description must have at most {LongestDescription} characters.");
    }

    /// <summary>A page of a list.</summary>
    public static Paging.Page<KeyValuePair<string, RawDocument>> Page(Operation operation, IEnumerable<KeyValuePair<string, RawDocument>> rows)
    {
        if (operation.Input["Limit"] is not null && operation.Input.Number("Limit") is not >= 1)
            throw SchemaErrors.Bad("Limit must be greater than 0.");
        return operation.Page(rows, row => row.Key, operation.Input.Number("Limit"), operation.Input.Text("NextToken"));
    }
}
