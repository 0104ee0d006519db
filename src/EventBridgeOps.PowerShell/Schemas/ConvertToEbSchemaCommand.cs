using System.Management.Automation;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.EventSchemas;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Schemas;

/// <summary>Infers a schema from real events, as JSON text. It calls no service.</summary>
[Performs("schema infer")]
[Cmdlet(VerbsData.ConvertTo, "EbSchema")]
[OutputType(typeof(string))]
public sealed class ConvertToEbSchemaCommand : AsyncCmdlet
{
    private readonly EventFeed _events;

    /// <summary>Makes the cmdlet.</summary>
    public ConvertToEbSchemaCommand() => _events = new EventFeed(Feed);

    /// <summary>Events or entries: JSON text, hashtables, objects.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public object[]? Event { get; set; }

    /// <summary>Files of events: JSON, JSON lines, arrays; also compressed with gzip.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? EventPath { get; set; }

    /// <summary>An event.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc cref="SchemaInferRequest.Source"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <inheritdoc cref="SchemaInferRequest.DetailType"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DetailType { get; set; }

    /// <summary>Starts to read.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        SchemaInferRequest request = new() { Source = Source, DetailType = DetailType };
        Start(async () => await WriteAsync(Document.WriteIndented(await SchemaMaker.InferAsync(_events.ReadForCheckAsync(Observer, StopToken), request, Observer, StopToken))));
    }

    /// <summary>Adds an event.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _events.Add(InputObject);
    }

    /// <summary>Adds the events of the parameters, and waits until all are read.</summary>
    protected override void EndProcessing()
    {
        _events.Complete(Event, EventPath, InputPaths.Resolve(this, EventPath ?? []));
        base.EndProcessing();
    }
}
