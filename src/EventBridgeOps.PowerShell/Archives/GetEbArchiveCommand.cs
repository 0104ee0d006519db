using System.Management.Automation;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Archives;

/// <summary>Gets archives with their event bus, state, number of events, size and retention.</summary>
[Performs("archive list")]
[Requires("events:ListArchives", "events:DescribeArchive")]
[Cmdlet(VerbsCommon.Get, "EbArchive")]
[OutputType(typeof(EventArchive))]
public sealed class GetEbArchiveCommand : SessionCmdlet
{
    private readonly List<(SessionOptions Session, ArchiveQuery Query)> _queries = [];

    /// <inheritdoc cref="ArchiveQuery.ArchiveName"/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ArchiveName { get; set; }

    /// <inheritdoc cref="ArchiveQuery.EventBusName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventBusPatternCompleter))]
    public string[]? EventBusName { get; set; }

    /// <inheritdoc cref="ArchiveQuery.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord() => _queries.Add((SessionFor(null)!, new ArchiveQuery { ArchiveName = ArchiveName ?? ["*"], EventBusName = EventBusName ?? ["*"], ThrottleLimit = ThrottleLimit }));

    /// <summary>Reads the archives, and writes each as it arrives.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach ((SessionOptions options, ArchiveQuery query) in _queries)
            {
                OpsSession session = await OpenAsync(options);
                await WriteAllAsync(session.Get<ArchiveReader>().ReadAsync(query, Observer, StopToken), nothing: query.NothingFound());
            }
        });
        base.EndProcessing();
    }
}
