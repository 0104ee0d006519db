using System.Text.RegularExpressions;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Policies of the account that roles share, each with one version, and the one policy of AWS of which the sandbox has the document.</summary>
internal static class ManagedPolicy
{
    /// <summary>https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBatchServiceEventTargetRole.html</summary>
    private const string BatchTarget = "policy/service-role/AWSBatchServiceEventTargetRole";

    private const string BatchTargetDocument = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["batch:SubmitJob"],"Resource":"*"}]}""";

    private const string OnlyVersion = "v1";

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
            .With("DefaultVersionId", OnlyVersion)
            .With("Description", input.Text("Description"))
            .With("CreateDate", now)
            .With("UpdateDate", now)
            .With("Document", PolicyDocument.Identity(input.Text("PolicyDocument")))
            .With("Tags", IamTags.Read(input));
        All(operation)[arn] = policy;
        return RawDocument.Empty.With("Policy", Shown(operation, policy).Without("Description"));
    }

    public static RawDocument Get(Operation operation) => RawDocument.Empty.With("Policy", Shown(operation, At(operation)));

    public static RawDocument GetVersion(Operation operation)
    {
        RawDocument policy = At(operation);
        if (operation.Input.Text("VersionId") != OnlyVersion)
            throw IamErrors.NotAttached($"{policy.Text("Arn")} version {operation.Input.Text("VersionId")}");
        return RawDocument.Empty.With("PolicyVersion", RawDocument.Empty
            .With("Document", Uri.EscapeDataString(policy.Text("Document")!))
            .With("VersionId", OnlyVersion)
            .With("IsDefaultVersion", true)
            .With("CreateDate", policy.Text("CreateDate")));
    }

    public static RawDocument Delete(Operation operation)
    {
        string arn = At(operation).Text("Arn")!;
        if (Attachments(operation, arn) > 0)
            throw IamErrors.Conflict("Cannot delete a policy attached to entities.");
        All(operation).Remove(arn);
        return RawDocument.Empty;
    }

    /// <summary>Checks that a policy may be attached.</summary>
    public static void Check(Operation operation, string arn)
    {
        if (DocumentOf(operation, arn) is not null)
            return;
        throw arn.Contains(":iam::aws:policy/") ? IamErrors.NotSupported(IamMessages.ManagedPolicy(arn).ToString()) : IamErrors.NoPolicy(arn);
    }

    /// <summary>The document of a policy; null if there is none.</summary>
    public static string? DocumentOf(Operation operation, string arn) =>
        arn.EndsWith(":iam::aws:" + BatchTarget, StringComparison.Ordinal) ? BatchTargetDocument : All(operation).Find(arn)?.Text("Document");

    private static Table All(Operation operation) => operation.State["iamPolicies"];

    private static RawDocument At(Operation operation)
    {
        string arn = operation.Input.Text("PolicyArn") ?? throw IamErrors.Invalid("PolicyArn is missing.");
        if (All(operation).Find(arn) is { } policy)
            return policy;
        throw arn.Contains(":iam::aws:policy/") ? IamErrors.NotSupported(IamMessages.ManagedPolicy(arn).ToString()) : IamErrors.NotAttached(arn);
    }

    private static RawDocument Shown(Operation operation, RawDocument policy)
    {
        RawDocument tags = policy.Object("Tags") ?? RawDocument.Empty;
        RawDocument shown = policy.Without("Document", "Tags").With("AttachmentCount", Attachments(operation, policy.Text("Arn")!)).With("IsAttachable", true);
        return tags.Members.Count == 0 ? shown : shown.With("Tags", TagList.Of(tags));
    }

    private static int Attachments(Operation operation, string arn) => Role.All(operation).Values.Count(role => role.Texts("Attached").Contains(arn));
}
