using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox.Administration;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>A cmdlet that asks a running sandbox: that of this PowerShell session, or the one that a parameter names.</summary>
public abstract class SandboxCmdlet : AsyncCmdlet
{
    private protected SandboxCmdlet()
    {
    }

    /// <summary>The endpoint of the sandbox. By default, the sandbox of this PowerShell session, or else <c>AWS_ENDPOINT_URL</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>Where the sandbox is; null if none is named and none is running.</summary>
    private protected string? Endpoint { get; private set; }

    /// <summary>Looks where the sandbox is.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Endpoint = EndpointUrl ?? Setting("AWS_ENDPOINT_URL"); // On the pipeline thread, to which the settings belong.
    }

    /// <summary>What asks the sandbox.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: no sandbox is running, or the endpoint is not on this computer.</exception>
    private protected SandboxAdmin Admin() => new(Endpoint ?? throw new OpsException(ErrorIds.SandboxFailed, ShellSandboxMessages.NotRunning()), Clock);
}
