using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Sends events to event buses in batches, as they arrive. Each event has one outcome.</summary>
[Performs("event send")]
[Requires("events:PutEvents", "events:DescribeEventBus", On = "arn:aws:events:*:123456789012:event-bus/mvp-development")]
[Cmdlet(VerbsCommunications.Send, "EbEvent", DefaultParameterSetName = ByField, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(EventResult))]
public sealed class SendEbEventCommand : SessionCmdlet
{
    private const string ByField = nameof(ByField);
    private const string ByEntry = nameof(ByEntry);
    private const string ByFile = nameof(ByFile);
    private const string ByEvent = nameof(ByEvent);

    private readonly Feeder<SessionOptions, EventEntry> _runs;
    private readonly EntryInput _texts = new();
    private readonly RepeatedFaults _faults;
    private readonly RunSummary<EventStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public SendEbEventCommand()
    {
        _runs = new Feeder<SessionOptions, EventEntry>(StopToken);
        _faults = new RepeatedFaults(Observer);
        _summary = new RunSummary<EventStatus>(this, Observer, EventTally.Start());
    }

    /// <summary>The source of the event.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByField)]
    public string Source { get; set; } = "";

    /// <summary>The detail type of the event.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByField)]
    public string DetailType { get; set; } = "";

    /// <summary>The detail: a hashtable, any object with properties, or the JSON text of an object.</summary>
    [Parameter(Position = 2, ParameterSetName = ByField)]
    public object? Detail { get; set; }

    /// <summary>The time of the event. By default, the time of the <c>PutEvents</c> call.</summary>
    [Parameter(ParameterSetName = ByField)]
    public DateTime? Time { get; set; }

    /// <summary>ARNs of the resources that the event is about.</summary>
    [Parameter(ParameterSetName = ByField)]
    [Alias("Resources")]
    public string[]? Resource { get; set; }

    /// <summary>An X-Ray trace header.</summary>
    [Parameter(ParameterSetName = ByField)]
    public string? TraceHeader { get; set; }

    /// <summary>An entry as <c>PutEvents</c> accepts it: JSON text, also line by line or several in one text; the lines of a CSV file; an object with <c>Source</c>, <c>DetailType</c>, <c>Detail</c>; or a file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEntry, ValueFromPipeline = true)]
    [AllowEmptyString]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>A file of entries: JSON lines, a JSON array, <c>{"Entries": [...]}</c>, or CSV with a header.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFile)]
    [Alias("EntryPath")]
    public string? EntryFile { get; set; }

    /// <summary>Files of events that were logged or exported, to send them again as new entries: JSON, JSON lines, arrays; also compressed with gzip. The ID of an event becomes the <c>ebopsId</c> of its detail.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEvent)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? EventPath { get; set; }

    /// <summary>The name or ARN of the event bus, for entries that do not name one. By default <c>EVENTBRIDGE_BUS_NAME</c>, or else the default event bus.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EventBusCompleter))]
    public string? EventBusName { get; set; }

    /// <summary>Do not add an <c>ebopsId</c> to the details.</summary>
    [Parameter]
    public SwitchParameter AsIs { get; set; }

    /// <inheritdoc cref="PublishOptions.Project"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>Write the result of each event.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The maximum number of concurrent calls.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    private string? Bus => DefaultBus.Find(EventBusName, Setting);

    /// <summary>Passes the current object to the run of its session.</summary>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ByFile:
                SendFile(FullPath(EntryFile)!);
                break;
            case ByEvent:
                foreach (string path in InputPaths.Resolve(this, EventPath!))
                    SendAll(new EventEntries(Bus).ReadAsync(EventReader.ReadFileAsync(path, Observer, StopToken), Observer, StopToken));
                break;
            case ByEntry:
                SendObject(InputObject);
                break;
            default:
                Send(() => [new EventEntry
                {
                    Source = Source,
                    DetailType = DetailType,
                    Detail = ShellDocument.Text(Detail) ?? "{}",
                    EventBusName = Bus,
                    Time = Time is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null,
                    Resources = Resource ?? [],
                    TraceHeader = string.IsNullOrEmpty(TraceHeader) ? null : TraceHeader,
                }]);
                break;
        }
    }

    /// <summary>Waits until all are sent.</summary>
    protected override void EndProcessing()
    {
        Send(_texts.Complete(Bus, _faults));
        _faults.Dispose();
        _runs.Complete();
        base.EndProcessing();
        _summary.Write();
    }

    private void SendObject(PSObject input)
    {
        switch (input.BaseObject)
        {
            case string text:
                Send(_texts.Add(input, text, Bus, _faults));
                break;
            case FileSystemInfo file:
                SendFile(file.FullName);
                break;
            case object[] several: // ConvertFrom-Json of Windows PowerShell does not enumerate an array.
                foreach (object each in several)
                    SendObject(PSObject.AsPSObject(each));
                break;
            default:
                Send(() => ShellEntry.Read(input, Bus));
                break;
        }
    }

    private void SendFile(string path) => SendAll(new EntryReader(Bus).ReadFileAsync(path, Observer, StopToken));

    private void SendAll(IAsyncEnumerable<EventEntry> read)
    {
        IAsyncEnumerator<EventEntry> entries = read.GetAsyncEnumerator(StopToken);
        try
        {
            while (Await(entries.MoveNextAsync().AsTask()))
                Send([entries.Current]);
        }
        finally
        {
            entries.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private void Send(Func<IReadOnlyList<EventEntry>> read)
    {
        if (OrSkip(read, InputObject) is { } entries)
            Send(entries);
    }

    private void Send(IEnumerable<EventEntry> entries)
    {
        foreach (EventEntry entry in entries)
            Send(entry);
    }

    private void Send(EventEntry entry)
    {
        SessionOptions session = SessionFor(null)!;
        PublishOptions options = new() { ThrottleLimit = ThrottleLimit, AsIs = AsIs, Project = FullPath(Project) };
        Feed(_runs.RunOf(session, entries => Start(async () =>
        {
            OpsSession opened = await OpenAsync(session);
            await WriteAllAsync(opened.Get<EventPublisher>().PublishAsync(entries, options, ApproveAsync, Observer, StopToken), PassThru, result => _summary.Add(result.Status));
        })), entry);
    }
}
