using System.Collections;
using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Rules;

namespace EventBridgeOps.PowerShell.Automation;

/// <summary>Installs the automation, or updates it: uploads the package, deploys a CloudFormation stack, and tries the function.</summary>
[Performs("automation install")]
[Requires("cloudformation:DescribeStacks", "cloudformation:GetTemplate", "cloudformation:CreateChangeSet", "cloudformation:DescribeChangeSet", "cloudformation:ExecuteChangeSet", "cloudformation:DeleteChangeSet", "cloudformation:DescribeStackEvents", "cloudformation:ListStackResources", "cloudformation:DeleteStack", On = "arn:aws:cloudformation:*:123456789012:stack/ebops*/*")]
[Requires("s3:ListBucket", "s3:PutObject", On = "arn:aws:s3:::ebops-*")]
[Requires("lambda:InvokeFunction", On = "arn:aws:lambda:*:123456789012:function:ebops")]
[Cmdlet(VerbsLifecycle.Install, "EbAutomation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AutomationStack))]
public sealed class InstallEbAutomationCommand : AutomationCmdlet
{
    /// <inheritdoc cref="InstallRequest.PackagePath"/>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? PackagePath { get; set; }

    /// <inheritdoc cref="InstallRequest.BucketName"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BucketName { get; set; }

    /// <inheritdoc cref="InstallRequest.SettingsPath"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SettingsPath { get; set; }

    /// <summary>Parameters of the template, for example <c>@{ DriftMode = 'Repair' }</c>. A parameter that is not specified keeps its value.</summary>
    [Parameter]
    public Hashtable? Parameter { get; set; }

    /// <summary>Tags of the stack and its resources, for example <c>@{ team = 'platform' }</c>.</summary>
    [Parameter]
    public Hashtable? Tag { get; set; }

    /// <inheritdoc cref="InstallRequest.SkipTest"/>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <summary>Installs.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions options = SessionFor(null)!;
        InstallRequest request = new()
        {
            StackName = Stack, PackagePath = FullPath(PackagePath), BucketName = BucketName, SettingsPath = FullPath(SettingsPath), Parameter = RuleFileParameters.Of(Parameter), Tag = RuleFileParameters.Of(Tag), SkipTest = SkipTest,
        };
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            if (await session.Get<AutomationInstaller>().InstallAsync(request, ApproveAsync, Observer, StopToken) is { } installed)
                await WriteAsync(installed);
        });
    }
}
