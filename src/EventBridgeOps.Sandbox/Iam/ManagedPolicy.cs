using System.Text.RegularExpressions;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Policies of the account that roles and users share, and those of AWS of which the sandbox has the document.</summary>
internal static class ManagedPolicy
{
    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = input.Text("PolicyName") ?? "";
        if (!Regex.IsMatch(name, @"\A[\w+=,.@-]{1,128}\z", RegexOptions.CultureInvariant))
            throw IamErrors.Invalid("The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        string path = IamNames.Path(input);
        string arn = operation.GlobalArn("iam", "policy" + path + name);
        if (All(operation).Values.Any(policy => policy.Text("PolicyName") == name))
            throw IamErrors.PolicyExists(name);

        string now = EventTime.Of(operation.Now);
        RawDocument policy = RawDocument.Empty
            .With("PolicyName", name)
            .With("PolicyId", IamNames.Id(operation, "ANPA"))
            .With("Arn", arn)
            .With("Path", path)
            .With("Description", input.Text("Description"))
            .With("CreateDate", now)
            .With("UpdateDate", now)
            .With("Tags", IamTags.Read(input));
        All(operation)[arn] = PolicyVersions.First(operation, policy, PolicyDocument.Managed(input.Text("PolicyDocument")));
        return RawDocument.Empty.With("Policy", Shown(operation, All(operation)[arn]).Without("Description"));
    }

    public static RawDocument Get(Operation operation) => RawDocument.Empty.With("Policy", Shown(operation, At(operation)));

    public static RawDocument List(Operation operation)
    {
        string prefix = operation.Input.Text("PathPrefix") ?? "/";
        bool isHere = operation.Input.Text("Scope") is null or "All" or "Local";
        return IamPages.Of(
            operation,
            "Policies",
            All(operation).Where(policy => isHere && policy.Value.Text("Path")!.StartsWith(prefix, StringComparison.Ordinal)
                && (operation.Input.Text("OnlyAttached") != "true" || Attachments(operation, policy.Key) > 0)).Select(policy => policy.Key),
            arn => Shown(operation, All(operation)[arn]).Without("Description", "Tags").ToElement());
    }

    public static RawDocument Delete(Operation operation)
    {
        RawDocument policy = At(operation);
        string arn = policy.Text("Arn")!;
        if (Attachments(operation, arn) > 0)
            throw IamErrors.Conflict("Cannot delete a policy attached to entities.");
        if (PolicyVersions.Of(policy).Count > 1)
            throw IamErrors.Conflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.");
        All(operation).Remove(arn);
        return RawDocument.Empty;
    }

    /// <summary>Checks that a policy may be attached.</summary>
    public static void Check(Operation operation, string arn)
    {
        if (DocumentOf(operation, arn) is not null)
            return;
        throw AwsPolicies.IsOne(arn) ? IamErrors.NotSupported(IamMessages.ManagedPolicy(arn).ToString()) : IamErrors.NoPolicy(arn);
    }

    /// <summary>The document of a policy, in its default version; null if there is none.</summary>
    public static string? DocumentOf(Operation operation, string arn) =>
        AwsPolicies.DocumentOf(arn) ?? (All(operation).Find(arn) is { } policy ? PolicyVersions.Default(policy).Text("Document") : null);

    /// <summary>The policy that a call names.</summary>
    public static RawDocument At(Operation operation)
    {
        string arn = operation.Input.Text("PolicyArn") ?? throw IamErrors.Invalid("PolicyArn is missing.");
        if (All(operation).Find(arn) is { } policy)
            return policy;
        if (!AwsPolicies.IsOne(arn))
            throw IamErrors.NotAttached(arn);
        string document = AwsPolicies.DocumentOf(arn) ?? throw IamErrors.NotSupported(IamMessages.ManagedPolicy(arn).ToString());
        return AwsPolicies.Described(operation, arn, document);
    }

    public static void Keep(Operation operation, RawDocument policy) => All(operation)[policy.Text("Arn")!] =
        AwsPolicies.IsOne(policy.Text("Arn")!) ? throw IamErrors.Invalid("Cannot perform the operation on the AWS managed policy.") : policy;

    public static int Count(Operation operation) => All(operation).Keys.Count;

    private static Table All(Operation operation) => operation.State["iamPolicies"];

    private static RawDocument Shown(Operation operation, RawDocument policy)
    {
        RawDocument tags = policy.Object("Tags") ?? RawDocument.Empty;
        RawDocument shown = policy.Without("Versions", "Tags").With("AttachmentCount", Attachments(operation, policy.Text("Arn")!)).With("IsAttachable", true);
        return tags.Members.Count == 0 ? shown : shown.With("Tags", TagList.Of(tags));
    }

    private static int Attachments(Operation operation, string arn) => Role.All(operation).Values.Concat(User.All(operation).Values).Count(identity => identity.Texts("Attached").Contains(arn));
}
