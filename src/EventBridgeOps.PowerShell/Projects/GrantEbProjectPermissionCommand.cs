using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Granting;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Attaches the least IAM policy for the deployment of a project to a role or user.</summary>
[Performs("project permissions")]
[Requires("iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:DeletePolicy", On = "arn:aws:iam::123456789012:policy/ebops/*")]
[Requires("iam:GetRole", "iam:ListAttachedRolePolicies", "iam:AttachRolePolicy", "iam:DetachRolePolicy", On = "arn:aws:iam::123456789012:role/*")]
[Requires("iam:GetUser", "iam:ListAttachedUserPolicies", "iam:AttachUserPolicy", "iam:DetachUserPolicy", On = "arn:aws:iam::123456789012:user/*")]
[Cmdlet(VerbsSecurity.Grant, "EbProjectPermission", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GrantedPolicy))]
public sealed class GrantEbProjectPermissionCommand : EnvironmentCmdlet
{
    /// <summary>The role or user to which the policy is attached: a name, <c>role/NAME</c>, <c>user/NAME</c>, or an ARN.</summary>
    [Parameter(Mandatory = true)]
    [Alias("Identity")]
    [ValidateNotNullOrEmpty]
    public string? Apply { get; set; }

    /// <summary>Attaches the policy.</summary>
    protected override void ProcessRecord()
    {
        GrantRequest request = new() { Path = Folder, Environment = Environment, Apply = Apply };
        SessionOptions options = SessionFor(null)!;
        Start(() => ForItemAsync(Folder, async () =>
        {
            OpsSession session = await OpenAsync(In(options, request));
            await WriteAllAsync(session.Get<PolicyGranter>().GrantAsync(request, ApproveAsync, Observer, StopToken));
        }));
    }
}
