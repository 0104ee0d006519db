using System.Management.Automation;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.EventSchemas;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Schemas;

/// <summary>Infers a schema from real events, as JSON text. It calls no service.</summary>
[Performs("schema infer")]
[Cmdlet(VerbsData.ConvertTo, "EbSchema")]
[OutputType(typeof(string))]
public sealed class ConvertToEbSchemaCommand : SchemaEventCmdlet
{
    /// <summary>Events or entries: JSON text, hashtables, objects.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public override object[]? Event { get; set; }

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
        IAsyncEnumerable<EventDocument> events = GivenEvents(Observer);
        Start(async () =>
        {
            if (await SchemaMaker.InferAsync(events, request, Observer, StopToken) is { } schema)
                await WriteAsync(Document.WriteIndented(schema));
        });
    }
}
