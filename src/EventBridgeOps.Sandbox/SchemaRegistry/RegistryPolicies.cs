using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>The policies of registries, which say who in other accounts may use them.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-policy.html</remarks>
internal static class RegistryPolicies
{
    private static readonly string[] Members = ["Policy", "RevisionId"];

    public static RawDocument Get(Operation operation) => Of(operation);

    public static RawDocument Put(Operation operation)
    {
        RawDocument registry = Registry.At(operation);
        string policy = Registry.Required(operation, "Policy");
        if (!ResourcePolicy.IsReadable(policy))
            throw SchemaErrors.Bad("Policy is not a policy.");
        if (operation.Input.Text("RevisionId") is { Length: > 0 } revision && revision != registry.Text("RevisionId"))
            throw new AwsError(412, "PreconditionFailedException", $"RevisionId {revision} is not that of the policy.");
        Registry.All(operation)[Registry.NameOf(operation)] = registry.With("Policy", policy).With("RevisionId", operation.Account.Random.Id());
        return Of(operation);
    }

    public static RawDocument Delete(Operation operation)
    {
        Of(operation);
        Registry.All(operation)[Registry.NameOf(operation)] = Registry.At(operation).Without(Members);
        return RawDocument.Empty;
    }

    private static RawDocument Of(Operation operation) => Registry.At(operation).Only(Members) is { Members.Count: > 0 } policy
        ? policy
        : throw SchemaErrors.NotFound($"Registry with name {Registry.NameOf(operation)} has no policy.");
}
