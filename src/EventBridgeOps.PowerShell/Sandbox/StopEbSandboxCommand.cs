using System.Management.Automation;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>Stops the sandbox of this process, and puts the environment variables back as they were. When none runs, nothing happens.</summary>
[Performs("sandbox stop")]
[Cmdlet(VerbsLifecycle.Stop, "EbSandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class StopEbSandboxCommand : AsyncCmdlet
{
    /// <summary>Stops it.</summary>
    protected override void EndProcessing()
    {
        if (!ShouldProcess("this process", "Stop the sandbox and put the environment variables back"))
            return;
        Start(async () =>
        {
            SandboxInfo? stopped = await RunningSandbox.StopAsync();
            Observer.Verbose(stopped is null ? "No sandbox runs in this process." : $"The sandbox at {stopped.Endpoint} has stopped.");
        });
        base.EndProcessing();
    }
}
