using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>A role: who may assume it, and what it may do then.</summary>
internal sealed class Role
{
    private readonly Operation operation;

    private Role(Operation operation, string name, RawDocument document) => (this.operation, Name, Document) = (operation, name, document);

    public string Name { get; }

    public RawDocument Document { get; private set; }

    public string Arn => Document.Text("Arn")!;

    public string TrustPolicy => Document.Text("AssumeRolePolicyDocument")!;

    /// <summary>The policies in the role, by their names.</summary>
    public RawDocument Inline => Document.Object("Inline") ?? RawDocument.Empty;

    /// <summary>The ARNs of the attached policies.</summary>
    public IReadOnlyList<string> Attached => [.. Document.Texts("Attached")];

    public RawDocument Tags => Document.Object("Tags") ?? RawDocument.Empty;

    /// <summary>The Region in whose state the roles of an account are: IAM has one of them in each partition.</summary>
    public static string HomeOf(string region) => Partitions.Of(region) switch
    {
        "aws" => "us-east-1",
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => region,
    };

    public static Table All(Operation operation) => operation.State["iamRoles"];

    /// <summary>The role that a call names.</summary>
    public static Role At(Operation operation)
    {
        string name = operation.Input.Text("RoleName") ?? throw IamErrors.Invalid("1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null");
        return Named(operation, name) ?? throw IamErrors.NoRole(name);
    }

    public static Role? Named(Operation operation, string name) => All(operation).Find(name) is { } document ? new(operation, name, document) : null;

    /// <summary>The role with this ARN, its path included.</summary>
    public static Role? AtArn(Operation operation, string arn) => Named(operation, arn.Substring(arn.LastIndexOf('/') + 1)) is { } role && role.Arn == arn ? role : null;

    /// <summary>Whether a principal may assume the role.</summary>
    public bool Trusts(PolicyRequest request) => ResourcePolicy.Trusts(TrustPolicy, request);

    /// <summary>Whether the policies of the role allow an action on a resource. An explicit denial in any of them decides.</summary>
    public bool Allows(string action, string resource, string region) => ResourcePolicy.Grants(
        Inline.Members.Select(policy => policy.Value.GetString()!).Concat(Attached.Select(arn => ManagedPolicy.DocumentOf(operation, arn)).OfType<string>()),
        new PolicyRequest(Arn, action, resource, new Dictionary<string, string>
        {
            ["aws:principalarn"] = Arn,
            ["aws:principalaccount"] = operation.Account.Id,
            ["aws:requestedregion"] = region,
            ["aws:resourceaccount"] = operation.Account.Id,
            ["aws:securetransport"] = "true",
        }));

    public void Keep(RawDocument document)
    {
        Document = document;
        All(operation)[Name] = document;
    }

    public void Remove() => All(operation).Remove(Name);

    /// <summary>The role as IAM shows it: with its policy encoded as in a URL.</summary>
    public RawDocument Shown(bool withTags) =>
        Document.Without("Inline", "Attached", "Tags")
            .With("AssumeRolePolicyDocument", Uri.EscapeDataString(TrustPolicy))
            .With(withTags && Tags.Members.Count > 0 ? RawDocument.Empty.With("Tags", TagList.Of(Tags)) : RawDocument.Empty);
}
