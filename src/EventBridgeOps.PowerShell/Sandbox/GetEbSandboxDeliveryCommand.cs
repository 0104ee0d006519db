using System.Management.Automation;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox.Administration;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>Gets the deliveries of events in the sandbox and their outcomes: one object for each event and target, oldest change first.</summary>
[Performs("sandbox deliveries")]
[Cmdlet(VerbsCommon.Get, "EbSandboxDelivery")]
[OutputType(typeof(SandboxDelivery))]
public sealed class GetEbSandboxDeliveryCommand : SandboxCmdlet
{
    /// <summary>Only the deliveries of these events. Results of <c>Send-EbEvent</c> can be piped to it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? EventId { get; set; }

    /// <summary>Only the deliveries of these rules. Wildcards are accepted. Rules from <c>Get-EbRule</c> can be piped to it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[] RuleName { get; set; } = [];

    /// <summary>Only deliveries with one of these outcomes.</summary>
    [Parameter]
    [Names(typeof(DeliveryOutcome))]
    public DeliveryOutcome[] Outcome { get; set; } = [];

    /// <summary>Wait for more, and return each delivery as it changes, until Ctrl+C.</summary>
    [Parameter]
    [Alias("Wait")]
    public SwitchParameter Follow { get; set; }

    /// <summary>Reads them.</summary>
    protected override void ProcessRecord()
    {
        DeliveryQuery query = new() { EventId = EventId, RuleName = RuleName, Outcome = Outcome, Follow = Follow };
        Start(async () =>
        {
            using SandboxAdmin admin = Admin();
            await foreach (SandboxDelivery delivery in admin.DeliveriesAsync(query, StopToken))
                await WriteAsync(delivery);
        });
    }
}
