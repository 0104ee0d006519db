using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Automation;

/// <summary>Removes the automation, with its table, queues, log and package.</summary>
[Performs("automation uninstall")]
[Requires("cloudformation:DescribeStacks", "cloudformation:ListStackResources", "cloudformation:DescribeStackEvents", "cloudformation:DeleteStack", On = "arn:aws:cloudformation:*:123456789012:stack/ebops*/*")]
[Requires("s3:ListBucketVersions", "s3:DeleteObjectVersion", On = "arn:aws:s3:::ebops-*")]
[Requires("dynamodb:DeleteTable", On = "arn:aws:dynamodb:*:123456789012:table/ebops-*")]
[Requires("sqs:DeleteQueue", On = "arn:aws:sqs:*:123456789012:ebops-*")]
[Requires("logs:DeleteLogGroup", On = "arn:aws:logs:*:123456789012:log-group:ebops-*")]
[Cmdlet(VerbsLifecycle.Uninstall, "EbAutomation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RemovedResource))]
public sealed class UninstallEbAutomationCommand : AutomationCmdlet
{
    /// <inheritdoc cref="UninstallRequest.Keep"/>
    [Parameter]
    [ValidateSet("Table", "Queues", "Logs", "Bucket")]
    public string[] Keep { get; set; } = [];

    /// <summary>Removes it.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions options = SessionFor(null)!;
        UninstallRequest request = new() { StackName = Stack, Keep = Keep };
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            await WriteAllAsync(session.Get<AutomationUninstaller>().RemoveAsync(request, ApproveAsync, Observer, StopToken));
        });
    }
}
