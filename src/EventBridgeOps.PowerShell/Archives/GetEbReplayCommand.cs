using System.Management.Automation;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Archives;

/// <summary>Gets replays of the last 90 days with their state and progress.</summary>
[Performs("replay list")]
[Requires("events:ListReplays", "events:DescribeReplay")]
[Cmdlet(VerbsCommon.Get, "EbReplay")]
[OutputType(typeof(Replay))]
public sealed class GetEbReplayCommand : SessionCmdlet
{
    private readonly List<(SessionOptions Session, ReplayQuery Query)> _queries = [];

    /// <inheritdoc cref="ReplayQuery.ReplayName"/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ReplayName { get; set; }

    /// <inheritdoc cref="ReplayQuery.ArchiveName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ArchiveName { get; set; }

    /// <inheritdoc cref="ReplayQuery.State"/>
    [Parameter]
    [ValidateSet("Starting", "Running", "Cancelling", "Completed", "Cancelled", "Failed")]
    public string[]? State { get; set; }

    /// <inheritdoc cref="ReplayQuery.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord() => _queries.Add((SessionFor(null)!, new ReplayQuery { ReplayName = ReplayName ?? ["*"], ArchiveName = ArchiveName ?? ["*"], State = State ?? [], ThrottleLimit = ThrottleLimit }));

    /// <summary>Reads the replays, and writes each as it arrives.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach ((SessionOptions options, ReplayQuery query) in _queries)
            {
                OpsSession session = await OpenAsync(options);
                await WriteAllAsync(session.Get<ReplayReader>().ReadAsync(query, Observer, StopToken), nothing: query.NothingFound());
            }
        });
        base.EndProcessing();
    }
}
