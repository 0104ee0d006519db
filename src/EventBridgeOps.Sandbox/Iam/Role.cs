using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>A role: who may assume it, and what it may do then.</summary>
internal sealed class Role : IamIdentity
{
    private Role(Operation operation, string name, RawDocument document)
        : base(operation, All(operation), name, document)
    {
    }

    public override string NameMember => "RoleName";

    public string TrustPolicy => Document.Text("AssumeRolePolicyDocument")!;

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
    public PolicyDecision Trusts(PolicyRequest request) => PolicyEvaluation.OfTrust(TrustPolicy, request);

    /// <summary>Whether the policies of the role allow an action on a resource.</summary>
    public PolicyDecision Allows(string action, string resource, string region) => PolicyEvaluation.OfIdentity(Policies, PolicyRequest.OfRole(Arn, action, resource, region));

    /// <summary>The role as IAM shows it: with its policy encoded as in a URL.</summary>
    public override RawDocument Shown(bool withTags) => base.Shown(withTags).With("AssumeRolePolicyDocument", Uri.EscapeDataString(TrustPolicy));
}
