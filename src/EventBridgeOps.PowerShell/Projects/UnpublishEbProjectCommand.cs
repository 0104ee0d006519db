using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Publishing;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Deletes the stack of a project, and proves that nothing is left.</summary>
[Performs("project unpublish")]
[Requires("cloudformation:DeleteStack", "cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks", "cloudformation:ListStackResources", On = "arn:aws:cloudformation:*:123456789012:stack/*/*")]
[Requires("events:DescribeArchive", "events:DescribeEventBus", "events:DescribeRule", On = "arn:aws:events:*:123456789012:*")]
[Requires("schemas:DescribeRegistry", On = "arn:aws:schemas:*:123456789012:*")]
[Requires("sqs:GetQueueAttributes", "sqs:GetQueueUrl", On = "arn:aws:sqs:*:123456789012:*")]
[Requires("cloudwatch:DescribeAlarms", "iam:GetPolicy", "iam:GetRole", "logs:DescribeLogGroups")]
[Cmdlet(VerbsData.Unpublish, "EbProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RemovedResource))]
public sealed class UnpublishEbProjectCommand : EnvironmentCmdlet
{
    /// <inheritdoc cref="UnpublishRequest.Discard"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Discard { get; set; } = [];

    /// <summary>Deletes.</summary>
    protected override void ProcessRecord()
    {
        UnpublishRequest request = new() { Path = Folder, Environment = Environment, Discard = Discard };
        SessionOptions options = SessionFor(null)!;
        Start(() => ForItemAsync(Folder, async () =>
        {
            OpsSession session = await OpenAsync(In(options, request));
            await WriteAllAsync(session.Get<ProjectUnpublisher>().UnpublishAsync(request, ApproveAsync, Observer, StopToken));
        }));
    }
}
