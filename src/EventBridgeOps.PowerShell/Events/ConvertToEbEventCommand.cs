using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Makes the events of PutEvents entries that EventBridge would make of them, as JSON text. It calls nothing.</summary>
[Performs("event convert")]
[Cmdlet(VerbsData.ConvertTo, "EbEvent", DefaultParameterSetName = ByObject)]
[OutputType(typeof(string))]
public sealed class ConvertToEbEventCommand : AsyncCmdlet
{
    private const string ByObject = nameof(ByObject);
    private const string ByPath = nameof(ByPath);

    private readonly EventFeed _entries;

    /// <summary>Makes the cmdlet.</summary>
    public ConvertToEbEventCommand() => _entries = new EventFeed(Feed);

    /// <summary>Entries: JSON text, hashtables, objects, <c>PutEventsRequestEntry</c> of AWS Tools, files.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByObject, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Files of entries: JSON lines, arrays, what <c>aws events put-events</c> takes, also compressed by gzip.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The events' <c>id</c>; by default a random one each.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>The events' <c>account</c>; by default that of the bus's ARN, else <c>123456789012</c>.</summary>
    [Parameter]
    [ValidatePattern(@"\A[0-9]{12}\z")]
    public string? AccountId { get; set; }

    /// <summary>The events' <c>region</c>; by default <c>AWS_REGION</c>, else that of the bus's ARN, else <c>us-east-1</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The <c>time</c> of events whose entry has none; by default now.</summary>
    [Parameter]
    public DateTimeOffset? Time { get; set; }

    /// <summary>Starts to convert.</summary>
    protected override void BeginProcessing()
    {
        EntryDefaults defaults = EntryDefaults.From(Id, AccountId, Region, Time, Environment.GetEnvironmentVariable);
        Start(async () =>
        {
            await foreach (EventDocument entry in _entries.ReadAsync(Observer, StopToken))
                await ForItemAsync(entry.Origin, () => WriteAsync(OpsSession.Entries.Convert(entry, defaults).Text));
        });
    }

    /// <summary>Takes an entry.</summary>
    protected override void ProcessRecord()
    {
        if (Path is null)
            _entries.Add(InputObject);
    }

    /// <summary>Takes the files, and waits until all is converted.</summary>
    protected override void EndProcessing()
    {
        _entries.Complete(null, InputPaths.Resolve(this, Path ?? []));
        base.EndProcessing();
    }
}
