using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>What a role or a user may do: policies in it, and policies attached to it.</summary>
internal static class IdentityPolicies
{
    public static RawDocument Put(Operation operation, IamIdentity identity)
    {
        identity.Keep(identity.Document.With("Inline", identity.Inline.With(PolicyName(operation), PolicyDocument.Identity(operation.Input.Text("PolicyDocument")))));
        return RawDocument.Empty;
    }

    public static RawDocument Get(Operation operation, IamIdentity identity)
    {
        string name = PolicyName(operation);
        return RawDocument.Empty
            .With(identity.NameMember, identity.Name)
            .With("PolicyName", name)
            .With("PolicyDocument", Uri.EscapeDataString(identity.Inline.Text(name) ?? throw IamErrors.NoInlinePolicy(identity, name)));
    }

    public static RawDocument Delete(Operation operation, IamIdentity identity)
    {
        string name = PolicyName(operation);
        if (identity.Inline[name] is null)
            throw IamErrors.NoInlinePolicy(identity, name);
        identity.Keep(identity.Document.With("Inline", identity.Inline.Without(name)));
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation, IamIdentity identity) => IamPages.Of(
        operation, "PolicyNames", identity.Inline.Members.Select(policy => policy.Key).OrderBy(name => name, StringComparer.Ordinal), Json.Text);

    public static RawDocument Attach(Operation operation, IamIdentity identity)
    {
        string arn = PolicyArn(operation);
        ManagedPolicy.Check(operation, arn);
        if (identity.Attached.Contains(arn))
            return RawDocument.Empty;
        if (identity.Attached.Count >= AccountSummary.AttachedPolicies)
            throw IamErrors.Exceeded(identity is Role ? "PoliciesPerRole" : "PoliciesPerUser", AccountSummary.AttachedPolicies);
        identity.Keep(identity.Document.With("Attached", identity.Attached.Append(arn)));
        return RawDocument.Empty;
    }

    public static RawDocument Detach(Operation operation, IamIdentity identity)
    {
        string arn = PolicyArn(operation);
        if (!identity.Attached.Contains(arn))
            throw IamErrors.NotAttached(arn);
        identity.Keep(identity.Document.With("Attached", identity.Attached.Where(other => other != arn)));
        return RawDocument.Empty;
    }

    public static RawDocument ListAttached(Operation operation, IamIdentity identity) => IamPages.Of(
        operation,
        "AttachedPolicies",
        identity.Attached.OrderBy(arn => arn, StringComparer.Ordinal),
        arn => RawDocument.Empty.With("PolicyName", arn.Substring(arn.LastIndexOf('/') + 1)).With("PolicyArn", arn).ToElement());

    private static string PolicyName(Operation operation) => operation.Input.Text("PolicyName") is { Length: > 0 } name ? name : throw IamErrors.Invalid("PolicyName is missing.");

    private static string PolicyArn(Operation operation) => operation.Input.Text("PolicyArn") is { Length: > 0 } arn ? arn : throw IamErrors.Invalid("PolicyArn is missing.");
}
