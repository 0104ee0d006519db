using System.Globalization;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>The versions of a policy: up to five, of which the default one holds.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html</remarks>
internal static class PolicyVersions
{
    private const string DefaultId = "DefaultVersionId";

    /// <summary>A new policy with its first version.</summary>
    public static RawDocument First(Operation operation, RawDocument policy, string document) =>
        policy.With(DefaultId, "v1").With("Versions", [Made(operation, "v1", document)]);

    public static IReadOnlyList<RawDocument> Of(RawDocument policy) => [.. policy.List("Versions").Select(RawDocument.From)];

    public static RawDocument Default(RawDocument policy) => Of(policy).First(version => version.Text("VersionId") == policy.Text(DefaultId));

    public static RawDocument Create(Operation operation)
    {
        RawDocument policy = ManagedPolicy.At(operation);
        List<RawDocument> versions = [.. Of(policy)];
        string document = PolicyDocument.Managed(operation.Input.Text("PolicyDocument"));
        if (versions.Count >= AccountSummary.PolicyVersions)
            throw new AwsError(409, "LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.");
        int last = versions.Max(version => int.Parse(version.Text("VersionId")!.Substring(1), CultureInfo.InvariantCulture));
        RawDocument made = Made(operation, string.Format(CultureInfo.InvariantCulture, "v{0}", Math.Max(last, (int)(policy.Number("LastVersion") ?? 1)) + 1), document);
        policy = policy.With("Versions", [.. versions, made]).With("UpdateDate", EventTime.Of(operation.Now));
        if (operation.Input.Flag("SetAsDefault"))
            policy = policy.With(DefaultId, made.Text("VersionId"));
        ManagedPolicy.Keep(operation, policy);
        return RawDocument.Empty.With("PolicyVersion", Shown(policy, made).Without("Document"));
    }

    public static RawDocument Get(Operation operation)
    {
        RawDocument policy = ManagedPolicy.At(operation);
        RawDocument version = At(operation, policy);
        return RawDocument.Empty.With("PolicyVersion", Shown(policy, version).With("Document", Uri.EscapeDataString(version.Text("Document")!)));
    }

    public static RawDocument List(Operation operation)
    {
        RawDocument policy = ManagedPolicy.At(operation);
        return IamPages.Of(
            operation,
            "Versions",
            Of(policy).Select(version => version.Text("VersionId")!).OrderBy(id => id.Length).ThenBy(id => id, StringComparer.Ordinal),
            id => Shown(policy, Of(policy).First(version => version.Text("VersionId") == id)).Without("Document").ToElement());
    }

    public static RawDocument SetDefault(Operation operation)
    {
        RawDocument policy = ManagedPolicy.At(operation);
        ManagedPolicy.Keep(operation, policy.With(DefaultId, At(operation, policy).Text("VersionId")).With("UpdateDate", EventTime.Of(operation.Now)));
        return RawDocument.Empty;
    }

    public static RawDocument Delete(Operation operation)
    {
        RawDocument policy = ManagedPolicy.At(operation);
        string id = At(operation, policy).Text("VersionId")!;
        if (id == policy.Text(DefaultId))
            throw IamErrors.Conflict("Cannot delete the default version of a policy.");
        long last = Of(policy).Max(version => long.Parse(version.Text("VersionId")!.Substring(1), CultureInfo.InvariantCulture));
        // The numbers of deleted versions are not given again.
        ManagedPolicy.Keep(operation, policy.With("Versions", Of(policy).Where(version => version.Text("VersionId") != id)).With("LastVersion", Math.Max(last, policy.Number("LastVersion") ?? 1)));
        return RawDocument.Empty;
    }

    private static RawDocument At(Operation operation, RawDocument policy)
    {
        string? id = operation.Input.Text("VersionId");
        return Of(policy).FirstOrDefault(version => version.Text("VersionId") == id) ?? throw IamErrors.NotAttached($"{policy.Text("Arn")} version {id}");
    }

    private static RawDocument Made(Operation operation, string id, string document) =>
        RawDocument.Empty.With("Document", document).With("VersionId", id).With("CreateDate", EventTime.Of(operation.Now));

    private static RawDocument Shown(RawDocument policy, RawDocument version) => version.With("IsDefaultVersion", version.Text("VersionId") == policy.Text(DefaultId));
}
