using System.Management.Automation;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox.Administration;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>Gets the running sandbox: its endpoint, its clock and the number of deliveries.</summary>
[Performs("sandbox status")]
[Cmdlet(VerbsCommon.Get, "EbSandbox")]
[OutputType(typeof(SandboxStatus))]
public sealed class GetEbSandboxCommand : SandboxCmdlet
{
    /// <summary>Asks it.</summary>
    protected override void EndProcessing()
    {
        SandboxStatus? moto = EndpointUrl is null && RunspaceSandbox.Here.Info is { Engine: not "built-in" } info && info.Endpoint == Endpoint
            ? new() { Endpoint = info.Endpoint, Engine = info.Engine, Region = info.Region, AccountId = info.AccountId }
            : null; // It has no page and no clock that could be asked.
        Start(async () =>
        {
            if (moto is not null)
            {
                await WriteAsync(moto);
                return;
            }

            using SandboxAdmin admin = Admin();
            await WriteAsync(await admin.StatusAsync(StopToken));
        });
        base.EndProcessing();
    }
}
