using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>What a role may do: policies in it, and policies attached to it.</summary>
internal static class RolePolicyOperations
{
    public static RawDocument Put(Operation operation)
    {
        Role role = Role.At(operation);
        role.Keep(role.Document.With("Inline", role.Inline.With(PolicyName(operation), PolicyDocument.Identity(operation.Input.Text("PolicyDocument")))));
        return RawDocument.Empty;
    }

    public static RawDocument Get(Operation operation)
    {
        Role role = Role.At(operation);
        string name = PolicyName(operation);
        return RawDocument.Empty
            .With("RoleName", role.Name)
            .With("PolicyName", name)
            .With("PolicyDocument", Uri.EscapeDataString(role.Inline.Text(name) ?? throw IamErrors.NoInlinePolicy(name)));
    }

    public static RawDocument Delete(Operation operation)
    {
        Role role = Role.At(operation);
        string name = PolicyName(operation);
        if (role.Inline[name] is null)
            throw IamErrors.NoInlinePolicy(name);
        role.Keep(role.Document.With("Inline", role.Inline.Without(name)));
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) => IamPages.Of(
        operation, "PolicyNames", Role.At(operation).Inline.Members.Select(policy => policy.Key).OrderBy(name => name, StringComparer.Ordinal), Json.Text);

    public static RawDocument Attach(Operation operation)
    {
        Role role = Role.At(operation);
        string arn = PolicyArn(operation);
        ManagedPolicy.Check(operation, arn);
        if (!role.Attached.Contains(arn))
            role.Keep(role.Document.With("Attached", role.Attached.Append(arn)));
        return RawDocument.Empty;
    }

    public static RawDocument Detach(Operation operation)
    {
        Role role = Role.At(operation);
        string arn = PolicyArn(operation);
        if (!role.Attached.Contains(arn))
            throw IamErrors.NotAttached(arn);
        role.Keep(role.Document.With("Attached", role.Attached.Where(other => other != arn)));
        return RawDocument.Empty;
    }

    public static RawDocument ListAttached(Operation operation) => IamPages.Of(
        operation,
        "AttachedPolicies",
        Role.At(operation).Attached.OrderBy(arn => arn, StringComparer.Ordinal),
        arn => RawDocument.Empty.With("PolicyName", arn.Substring(arn.LastIndexOf('/') + 1)).With("PolicyArn", arn).ToElement());

    private static string PolicyName(Operation operation) => operation.Input.Text("PolicyName") is { Length: > 0 } name ? name : throw IamErrors.Invalid("PolicyName is missing.");

    private static string PolicyArn(Operation operation) => operation.Input.Text("PolicyArn") is { Length: > 0 } arn ? arn : throw IamErrors.Invalid("PolicyArn is missing.");
}
