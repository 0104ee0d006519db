using System.Management.Automation;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Converts PutEvents entries to the events that EventBridge would make of them, as JSON text. It calls no service.</summary>
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

    /// <summary>Files of entries: JSON lines, arrays, the input of <c>aws events put-events</c>; also compressed with gzip.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("EntryPath", "EntryFile")]
    public string[]? Path { get; set; }

    /// <summary>The <c>id</c> of the events. By default, each has a random one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>The <c>account</c> of the events. By default, that of the event bus ARN, or else <c>123456789012</c>.</summary>
    [Parameter]
    [ValidatePattern(@"\A[0-9]{12}\z")]
    public string? AccountId { get; set; }

    /// <summary>The <c>region</c> of the events. By default <c>AWS_REGION</c>, or else that of the event bus ARN, or else <c>us-east-1</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The <c>time</c> of events whose entry has none. By default, the current time.</summary>
    [Parameter]
    public DateTimeOffset? Time { get; set; }

    /// <summary>Starts the conversion.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        EntryDefaults defaults = OrEnd(() => EntryDefaults.From(Id, AccountId, Region, Time, Shell.Environment));
        EntryConverter converter = Shell.Entries();
        Start(async () =>
        {
            await foreach (EventDocument entry in _entries.ReadAsync(Observer, StopToken))
                await ForItemAsync(entry.Origin, () => WriteAsync(converter.Convert(entry, defaults).Text));
        });
    }

    /// <summary>Adds an entry.</summary>
    protected override void ProcessRecord()
    {
        if (Path is null)
            _entries.Add(InputObject);
    }

    /// <summary>Adds the files, and waits until everything is converted.</summary>
    protected override void EndProcessing()
    {
        _entries.Complete(null, Path, InputPaths.Resolve(this, Path ?? []));
        base.EndProcessing();
    }
}
