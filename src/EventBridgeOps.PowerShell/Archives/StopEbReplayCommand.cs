using System.Management.Automation;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.PowerShell.Archives;

/// <summary>Cancels replays. The events that were replayed are not recalled.</summary>
[Performs("replay cancel")]
[Requires("events:DescribeReplay", "events:CancelReplay", On = "arn:aws:events:*:123456789012:replay/*")]
[Cmdlet(VerbsLifecycle.Stop, "EbReplay", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Replay))]
public sealed class StopEbReplayCommand : SessionCmdlet
{
    private readonly List<(SessionOptions Session, string[] Names)> _replays = [];

    /// <summary>The replays to cancel, by name or ARN.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] ReplayName { get; set; } = [];

    /// <summary>Collects the replays.</summary>
    protected override void ProcessRecord() => _replays.Add((SessionFor(null)!, ReplayName));

    /// <summary>Cancels each, and writes it.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach (IGrouping<SessionOptions, string[]> session in _replays.GroupBy(replay => replay.Session, replay => replay.Names))
            {
                OpsSession opened = await OpenAsync(session.Key);
                await WriteAllAsync(opened.Get<ReplayStopper>().RunAsync(session.SelectMany(names => names), ApproveAsync, Observer, StopToken));
            }
        });
        base.EndProcessing();
    }
}
