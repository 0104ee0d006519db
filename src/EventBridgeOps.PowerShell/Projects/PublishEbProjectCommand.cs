using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Publishing;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Deploys a project as a CloudFormation stack: event bus, schemas, rules, targets, archive, log and permissions.</summary>
[Performs("project publish")]
[Requires("cloudformation:CreateChangeSet", "cloudformation:DeleteChangeSet", "cloudformation:DescribeChangeSet", "cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks", "cloudformation:ExecuteChangeSet", "cloudformation:ListStackResources", On = "arn:aws:cloudformation:*:123456789012:stack/*/*")]
[Requires("cloudformation:ContinueUpdateRollback", "cloudformation:DeleteStack", "cloudformation:GetTemplate", "cloudformation:ListChangeSets", On = "arn:aws:cloudformation:*:123456789012:stack/*/*", With = "After a deployment that failed")]
[Requires("sqs:GetQueueAttributes", On = "arn:aws:sqs:*:123456789012:*", With = "After a deployment that failed")]
[Requires("s3:PutObject", On = "arn:aws:s3:::*", With = "With a template above 51,200 bytes")]
[Requires("events:DescribeArchive", "events:DescribeEventBus", "events:DescribeRule", "events:ListTargetsByRule", On = "arn:aws:events:*:123456789012:*")]
[Requires("schemas:DescribeRegistry", "schemas:DescribeSchema", On = "arn:aws:schemas:*:123456789012:*")]
[Requires("sqs:GetQueueUrl", On = "arn:aws:sqs:*:123456789012:*")]
[Requires("schemas:ListRegistries", "schemas:ListSchemas", On = "arn:aws:schemas:*:123456789012:*")]
[Requires("cloudformation:DescribeAccountLimits", "cloudformation:ListStacks", "events:ListEventBuses", "iam:GetAccountSummary", "iam:SimulatePrincipalPolicy", "logs:DescribeLogGroups", "servicequotas:GetServiceQuota")]
[Requires("events:ListRules", On = "arn:aws:events:*:123456789012:rule/*")]
[Requires("iam:GetRole", With = "With Batch targets that name their roles")]
[Requires("events:CreateEventBus", "events:DeleteEventBus", On = "arn:aws:events:*:123456789012:event-bus/ebops-test-*", With = "With the live test")]
[Requires("events:ListRules", On = "arn:aws:events:*:123456789012:rule/*", With = "With the live test")]
[Requires("events:PutRule", "events:PutTargets", "events:ListTargetsByRule", "events:RemoveTargets", "events:DeleteRule", On = "arn:aws:events:*:123456789012:rule/*ebops-test-*", With = "With the live test")]
[Requires("events:TagResource", "events:ListTagsForResource", On = "arn:aws:events:*:123456789012:*", With = "With the live test")]
[Requires("events:PutEvents", On = "arn:aws:events:*:123456789012:event-bus/ebops-test-*", With = "With the live test")]
[Requires("sqs:CreateQueue", "sqs:TagQueue", "sqs:DeleteQueue", "sqs:ListQueueTags", "sqs:ReceiveMessage", On = "arn:aws:sqs:*:123456789012:ebops-test-*", With = "With the live test")]
[Requires("sqs:ListQueues", With = "With the live test")]
[Cmdlet(VerbsData.Publish, "EbProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ProjectChange))]
public sealed class PublishEbProjectCommand : EnvironmentCmdlet
{
    /// <inheritdoc cref="PublishRequest.Discard"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Discard { get; set; } = [];

    /// <inheritdoc cref="PublishRequest.SkipPreflight"/>
    [Parameter]
    public SwitchParameter SkipPreflight { get; set; }

    /// <inheritdoc cref="PublishRequest.SkipTest"/>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <inheritdoc cref="PublishRequest.FreshStart"/>
    [Parameter]
    public SwitchParameter FreshStart { get; set; }

    /// <inheritdoc cref="PublishRequest.ResourceToSkip"/>
    [Parameter]
    [Alias("ResourcesToSkip")]
    [ValidateNotNullOrEmpty]
    public string[] ResourceToSkip { get; set; } = [];

    /// <inheritdoc cref="PublishRequest.BucketName"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BucketName { get; set; }

    /// <summary>Publishes.</summary>
    protected override void ProcessRecord()
    {
        PublishRequest request = new()
        {
            Path = Folder, Environment = Environment, Discard = Discard, SkipPreflight = SkipPreflight, SkipTest = SkipTest, FreshStart = FreshStart, ResourceToSkip = ResourceToSkip, BucketName = BucketName,
        };
        SessionOptions options = SessionFor(null)!;
        Start(() => ForItemAsync(Folder, async () =>
        {
            OpsSession session = await OpenAsync(In(options, request));
            await WriteAllAsync(session.Get<ProjectPublisher>().PublishAsync(request, new ShellPublishView(Observer), ApproveAsync, Observer, StopToken));
        }));
    }
}
