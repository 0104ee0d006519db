using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
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

    /// <summary>The policies of the role by their names, those in it and those attached to it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Policies => Inline.Members.Select(policy => new KeyValuePair<string, string>(policy.Key, policy.Value.GetString()!))
        .Concat(Attached.Select(arn => new KeyValuePair<string, string>(arn, ManagedPolicy.DocumentOf(operation, arn)!)).Where(policy => policy.Value is not null));

    /// <summary>Whether a principal may assume the role.</summary>
    public PolicyDecision Trusts(PolicyRequest request) => PolicyEvaluation.OfTrust(TrustPolicy, request);

    /// <summary>Whether the policies of the role allow an action on a resource.</summary>
    public PolicyDecision Allows(string action, string resource, string region) => PolicyEvaluation.OfIdentity(Policies, PolicyRequest.OfRole(Arn, action, resource, region));

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
