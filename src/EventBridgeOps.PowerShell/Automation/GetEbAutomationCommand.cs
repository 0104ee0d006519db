using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Checks;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Automation;

/// <summary>Gets the state of an installation: the stack, the function, rules, alarms, dead letters that wait, and the last runs.</summary>
[Performs("automation status")]
[Requires("cloudformation:DescribeStacks", "cloudformation:ListStackResources", On = "arn:aws:cloudformation:*:123456789012:stack/ebops/*")]
[Requires("lambda:GetFunctionConfiguration", On = "arn:aws:lambda:*:123456789012:function:ebops")]
[Requires("events:DescribeRule", On = "arn:aws:events:*:123456789012:rule/*")]
[Requires("sqs:GetQueueUrl", "sqs:GetQueueAttributes", On = "arn:aws:sqs:*:123456789012:ebops-*")]
[Requires("logs:FilterLogEvents", On = "arn:aws:logs:*:123456789012:log-group:ebops-*")]
[Requires("cloudwatch:DescribeAlarms")]
[Cmdlet(VerbsCommon.Get, "EbAutomation")]
[OutputType(typeof(CheckResult))]
public sealed class GetEbAutomationCommand : AutomationCmdlet
{
    /// <summary>Shows it.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions options = SessionFor(null)!;
        AutomationQuery query = new() { StackName = Stack };
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            await WriteAllAsync(session.Get<AutomationInspector>().ShowAsync(query, Observer, StopToken));
        });
    }
}
