using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Checks;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Automation;

/// <summary>Checks that the function, rules, permissions and job definitions of an installation exist and fit together, and can push a test image.</summary>
[Performs("automation check")]
[Performs("automation test")]
[Requires("cloudformation:DescribeStacks", "cloudformation:ListStackResources", "cloudformation:GetTemplate", On = "arn:aws:cloudformation:*:123456789012:stack/ebops/*")]
[Requires("lambda:GetFunctionConfiguration", "lambda:GetPolicy", On = "arn:aws:lambda:*:123456789012:function:ebops")]
[Requires("lambda:GetEventSourceMapping")]
[Requires("events:DescribeRule", "events:ListTargetsByRule", On = "arn:aws:events:*:123456789012:rule/*")]
[Requires("batch:DescribeJobDefinitions")]
[Requires("ecr:CreateRepository", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage", "ecr:DeleteRepository", On = "arn:aws:ecr:*:123456789012:repository/ebops-test-*", With = "With -Push")]
[Requires("batch:DescribeJobQueues", With = "With -Push")]
[Requires("batch:RegisterJobDefinition", "batch:DeregisterJobDefinition", On = "arn:aws:batch:*:123456789012:job-definition/ebops-test-*", With = "With -Push")]
[Requires("events:PutRule", "events:PutTargets", "events:RemoveTargets", "events:DeleteRule", On = "arn:aws:events:*:123456789012:rule/ebops-test-*", With = "With -Push")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/ebops-*", PassedTo = ["events.amazonaws.com"], With = "With -Push")]
[Cmdlet(VerbsDiagnostic.Test, "EbAutomation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(CheckResult))]
public sealed class TestEbAutomationCommand : AutomationCmdlet
{
    /// <summary>Push an image to a repository of its own, and follow it to a target. The resources of the test are removed in the end.</summary>
    [Parameter]
    public SwitchParameter Push { get; set; }

    /// <inheritdoc cref="TestRequest.ImageTag"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageTagCompleter))]
    public string? ImageTag { get; set; }

    /// <inheritdoc cref="TestRequest.TimeoutSeconds"/>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 180;

    /// <summary>Checks, and pushes the image if requested.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions options = SessionFor(null)!;
        TestRequest request = new() { StackName = Stack, ImageTag = ImageTag, TimeoutSeconds = TimeoutSeconds };
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            await WriteAllAsync(session.Get<AutomationCheck>().RunAsync(request, Observer, StopToken));
            if (Push)
                await WriteAllAsync(session.Get<AutomationTest>().RunAsync(request, ApproveAsync, Observer, StopToken));
        });
    }
}
