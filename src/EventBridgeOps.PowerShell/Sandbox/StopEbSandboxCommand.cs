using System.Management.Automation;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>Stops the sandbox of this PowerShell session, and restores the environment variables. If none is running, it does nothing.</summary>
[Performs("sandbox stop")]
[Cmdlet(VerbsLifecycle.Stop, "EbSandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class StopEbSandboxCommand : AsyncCmdlet
{
    /// <summary>Stops the sandbox.</summary>
    protected override void EndProcessing()
    {
        if (!ShouldProcess(Observer.Text(ShellSandboxMessages.ThisProcess()), Observer.Text(ShellSandboxMessages.Stop())))
            return;
        RunspaceSandbox here = RunspaceSandbox.Here;
        Start(async () =>
        {
            SandboxInfo? stopped = await here.StopAsync();
            Observer.Verbose(stopped is null ? ShellSandboxMessages.NotRunning() : ShellSandboxMessages.Stopped(stopped.Endpoint));
        });
        base.EndProcessing();
    }
}
