using System.Management.Automation;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox.Administration;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>Advances the clock of the sandbox. Everything that is due until then (retries, schedules, jobs) is done before the cmdlet returns.</summary>
[Performs("sandbox time advance")]
[Cmdlet(VerbsCommon.Step, "EbSandboxClock", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(SandboxStatus))]
public sealed class StepEbSandboxClockCommand : SandboxCmdlet
{
    /// <summary>How far: <c>90s</c>, <c>2h</c>, <c>1d12h</c>, or a time span. A number without a unit is in seconds. At most 366 days.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Span { get; set; } = "";

    /// <summary>Advances it.</summary>
    protected override void EndProcessing()
    {
        TimeSpan span = OrEnd(() => ClockSpan.Read(Span));
        if (!ShouldProcess(Observer.Text(ShellSandboxMessages.TheClock()), Observer.Text(ShellSandboxMessages.Advance(Span))))
            return;
        Start(async () =>
        {
            using SandboxAdmin admin = Admin();
            await admin.AdvanceTimeAsync(span, StopToken);
            await WriteAsync(await admin.StatusAsync(StopToken));
        });
        base.EndProcessing();
    }
}
