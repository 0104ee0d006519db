using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Publishing;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Deletes the stack of a project, and proves that nothing is left.</summary>
[Performs("project unpublish")]
[Requires("cloudformation:DeleteStack", "cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks", "cloudformation:GetTemplate", "cloudformation:ListStackResources", On = "arn:aws:cloudformation:*:123456789012:stack/*/*")]
[Requires("events:DescribeArchive", "events:DescribeEventBus", "events:DescribeRule", On = "arn:aws:events:*:123456789012:*")]
[Requires("schemas:DescribeRegistry", "schemas:DescribeSchema", On = "arn:aws:schemas:*:123456789012:*")]
[Requires("sqs:GetQueueAttributes", "sqs:GetQueueUrl", On = "arn:aws:sqs:*:123456789012:*")]
[Requires("s3:ListBucketVersions", "s3:DeleteObjectVersion", On = "arn:aws:s3:::*", With = "With buckets")]
[Requires("cloudwatch:DescribeAlarms", "iam:GetPolicy", "iam:GetRole", "lambda:GetFunctionConfiguration", "logs:DescribeLogGroups", "logs:GetDelivery", "logs:GetDeliveryDestination", "logs:GetDeliverySource")]
[Cmdlet(VerbsData.Unpublish, "EbProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RemovedResource))]
public sealed class UnpublishEbProjectCommand : EnvironmentCmdlet
{
    /// <inheritdoc cref="UnpublishRequest.Discard"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Discard { get; set; } = [];

    /// <inheritdoc cref="UnpublishRequest.BucketName"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BucketName { get; set; }

    /// <summary>Deletes.</summary>
    protected override void ProcessRecord()
    {
        UnpublishRequest request = new() { Path = Folder, Environment = Environment, Discard = Discard, BucketName = BucketName };
        SessionOptions options = SessionFor(null)!;
        Start(() => ForItemAsync(Folder, async () =>
        {
            OpsSession session = await OpenAsync(In(options, request));
            await WriteAllAsync(session.Get<ProjectUnpublisher>().UnpublishAsync(request, new ShellPublishView(Observer), ApproveAsync, Observer, StopToken));
        }));
    }
}
