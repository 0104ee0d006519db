using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Checks;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Publishing;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Gets the state of a published project: the stack, the last run, differences from the folder, and the deliveries of the last hour.</summary>
[Performs("project status")]
[Requires("cloudformation:DescribeStacks", "cloudformation:ListStackResources", On = "arn:aws:cloudformation:*:123456789012:stack/*/*")]
[Requires("cloudformation:DescribeStackEvents", On = "arn:aws:cloudformation:*:123456789012:stack/*/*", With = "With -Watch")]
[Requires("events:DescribeArchive", "events:DescribeEventBus", "events:DescribeRule", "events:ListTargetsByRule", On = "arn:aws:events:*:123456789012:*")]
[Requires("schemas:DescribeRegistry", "schemas:DescribeSchema", On = "arn:aws:schemas:*:123456789012:*")]
[Requires("sqs:GetQueueAttributes", "sqs:GetQueueUrl", On = "arn:aws:sqs:*:123456789012:*")]
[Requires("cloudwatch:DescribeAlarms", "cloudwatch:GetMetricStatistics", "iam:GetPolicy", "iam:GetRole", "lambda:GetFunctionConfiguration", "logs:DescribeLogGroups", "logs:GetDelivery", "logs:GetDeliveryDestination", "logs:GetDeliverySource")]
[Cmdlet(VerbsCommon.Get, "EbProjectStatus")]
[OutputType(typeof(CheckResult))]
public sealed class GetEbProjectStatusCommand : EnvironmentCmdlet
{
    /// <inheritdoc cref="ProjectStatusQuery.Watch"/>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    /// <summary>Shows it.</summary>
    protected override void ProcessRecord()
    {
        ProjectStatusQuery query = new() { Path = Folder, Environment = Environment, Watch = Watch };
        SessionOptions options = SessionFor(null)!;
        Start(() => ForItemAsync(Folder, async () =>
        {
            OpsSession session = await OpenAsync(In(options, query));
            await WriteAllAsync(session.Get<ProjectStatusReader>().ShowAsync(query, Observer, StopToken));
        }));
    }
}
