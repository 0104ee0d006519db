using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Automation;

/// <summary>Gets the log of the function.</summary>
[Performs("automation logs")]
[Requires("cloudformation:DescribeStacks", "cloudformation:ListStackResources", On = "arn:aws:cloudformation:*:123456789012:stack/ebops/*")]
[Requires("logs:FilterLogEvents", On = "arn:aws:logs:*:123456789012:log-group:ebops-*")]
[Cmdlet(VerbsCommon.Get, "EbAutomationLog")]
[OutputType(typeof(AutomationLogLine))]
public sealed class GetEbAutomationLogCommand : AutomationCmdlet
{
    /// <inheritdoc cref="AutomationLogQuery.SinceMinutes"/>
    [Parameter]
    [ValidateRange(1, 527_040)]
    public int SinceMinutes { get; set; } = 60;

    /// <inheritdoc cref="AutomationLogQuery.FilterPattern"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FilterPattern { get; set; }

    /// <inheritdoc cref="AutomationLogQuery.Follow"/>
    [Parameter]
    [Alias("Wait")]
    public SwitchParameter Follow { get; set; }

    /// <summary>Reads it.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions options = SessionFor(null)!;
        AutomationLogQuery query = new() { StackName = Stack, SinceMinutes = SinceMinutes, FilterPattern = FilterPattern, Follow = Follow };
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            await WriteAllAsync(session.Get<AutomationLogReader>().ReadAsync(query, StopToken));
        });
    }
}
