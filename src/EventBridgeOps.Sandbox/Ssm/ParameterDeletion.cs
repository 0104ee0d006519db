using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>Deletes parameters with all of their versions.</summary>
/// <remarks>https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html</remarks>
internal static class ParameterDeletion
{
    public static RawDocument Delete(Operation operation)
    {
        SsmErrors.Known(operation, "Name");
        Constraints constraints = new();
        constraints.Text("name", operation.Input["Name"], true, 1, 2048);
        constraints.Check();
        return Parameters.Remove(operation, operation.Input.Text("Name")!) ? RawDocument.Empty : throw SsmErrors.NotFound();
    }

    public static RawDocument DeleteMany(Operation operation)
    {
        SsmErrors.Known(operation, "Names");
        Constraints constraints = new();
        constraints.List("names", operation.Input["Names"], 1, 10);
        constraints.Check();
        ILookup<bool, string> names = operation.Input.Texts("Names").Distinct().ToList().ToLookup(name => Parameters.Remove(operation, name));
        return RawDocument.Empty.With("DeletedParameters", names[true]).With("InvalidParameters", names[false]);
    }
}
