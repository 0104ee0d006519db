using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Buses;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Buses;

/// <summary>Gets event buses with their resource policy, dead-letter queue, encryption key and log level.</summary>
[Performs("bus list")]
[Requires("events:ListEventBuses", "events:DescribeEventBus")]
[Cmdlet(VerbsCommon.Get, "EbEventBus")]
[OutputType(typeof(EventBusSummary))]
public sealed class GetEbEventBusCommand : SessionCmdlet
{
    private readonly List<(SessionOptions Session, BusQuery Query)> _queries = [];

    /// <inheritdoc cref="BusQuery.EventBusName"/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventBusPatternCompleter))]
    public string[]? EventBusName { get; set; }

    /// <inheritdoc cref="BusQuery.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord() => _queries.Add((SessionFor(null)!, new BusQuery { EventBusName = EventBusName ?? new BusQuery().EventBusName, ThrottleLimit = ThrottleLimit }));

    /// <summary>Reads the event buses, and writes each as it arrives.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach ((SessionOptions options, BusQuery query) in _queries)
            {
                OpsSession session = await OpenAsync(options);
                await WriteAllAsync(session.Get<EventBusReader>().ReadAsync(query, Observer, StopToken), nothing: query.NothingFound());
            }
        });
        base.EndProcessing();
    }
}
