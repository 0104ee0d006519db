using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Automation;

/// <summary>Invokes the function with a handler or an event, and returns the outcome.</summary>
[Performs("automation invoke")]
[Requires("lambda:InvokeFunction", On = "arn:aws:lambda:*:123456789012:function:ebops")]
[Cmdlet(VerbsLifecycle.Invoke, "EbAutomation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FunctionRun))]
public sealed class InvokeEbAutomationCommand : AutomationCmdlet
{
    /// <inheritdoc cref="InvokeRequest.Command"/>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Command { get; set; }

    /// <summary>The event to handle: a hashtable, an object, or JSON text.</summary>
    [Parameter(Position = 1)]
    public object? Event { get; set; }

    /// <summary>Invokes the function.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions options = SessionFor(null)!;
        InvokeRequest request = new() { StackName = Stack, Command = Command, EventText = OrEnd(() => ShellDocument.Text(Event)) };
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            if (await session.Get<AutomationInvoker>().InvokeAsync(request, ApproveAsync, Observer, StopToken) is { } run)
                await WriteAsync(run);
        });
    }
}
