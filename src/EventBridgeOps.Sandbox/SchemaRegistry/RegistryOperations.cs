using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>Registries, which group schemas.</summary>
internal static class RegistryOperations
{
    private static readonly string[] Shown = ["Description", "RegistryArn", "RegistryName", "tags"];

    public static RawDocument Create(Operation operation)
    {
        string name = Registry.NewName(operation, "RegistryName", 64, "0-9A-Za-z_.-");
        Registry.CheckDescription(operation);
        if (Registry.All(operation).ContainsKey(name))
            throw SchemaErrors.Conflict($"Registry with name {name} already exists.");
        Registry.All(operation)[name] = RawDocument.Empty
            .With(operation.Input.Only("Description"))
            .With("RegistryArn", operation.Arn("schemas", "registry/" + name))
            .With("RegistryName", name)
            .With("tags", SchemaTags.Given(operation));
        return Registry.At(operation).Only(Shown);
    }

    public static RawDocument Describe(Operation operation) => Registry.At(operation).Only(Shown);

    public static RawDocument Update(Operation operation)
    {
        Registry.CheckDescription(operation);
        Registry.All(operation)[Registry.NameOf(operation)] = Registry.At(operation).With(operation.Input.Only("Description"));
        return Describe(operation);
    }

    /// <summary>A registry is deleted when it has no schemas any more.</summary>
    public static RawDocument Delete(Operation operation)
    {
        Registry.At(operation);
        string name = Registry.NameOf(operation);
        if (Registry.SchemasOf(operation, name).Any())
            throw SchemaErrors.Bad($"Registry with name {name} cannot be deleted because it contains schemas. Delete the schemas first.");
        Registry.All(operation).Remove(name);
        return RawDocument.Empty;
    }

    /// <summary>The registries of the account; the sandbox has none of AWS.</summary>
    public static RawDocument List(Operation operation)
    {
        if (operation.Input.Text("Scope") is { } scope and not ("LOCAL" or "AWS"))
            throw SchemaErrors.Bad($"Scope must be LOCAL or AWS, and not {scope}.");
        string prefix = operation.Input.Text("RegistryNamePrefix") ?? "";
        Paging.Page<KeyValuePair<string, RawDocument>> page = Registry.Page(operation, Registry.All(operation).Where(row =>
            operation.Input.Text("Scope") != "AWS" && row.Key.StartsWith(prefix, StringComparison.Ordinal)));
        return RawDocument.Empty
            .With("Registries", page.Items.Select(row => row.Value.Only("RegistryArn", "RegistryName", "tags")))
            .With("NextToken", page.NextToken);
    }
}
