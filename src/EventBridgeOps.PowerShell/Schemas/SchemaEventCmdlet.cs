using System.Management.Automation;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Schemas;

/// <summary>A cmdlet that works with schemas and events. It calls no service.</summary>
public abstract class SchemaEventCmdlet : AsyncCmdlet
{
    private readonly EventFeed _events;
    private bool _areRead;

    private protected SchemaEventCmdlet() => _events = new EventFeed(Feed);

    /// <summary>Events or entries: JSON text, hashtables, objects.</summary>
    public abstract object[]? Event { get; set; }

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

    /// <summary>Whether events are given; known when the processing begins.</summary>
    private protected bool HasEvents => MyInvocation.ExpectingInput || InputObject is not null || Event is not null || EventPath is not null;

    /// <summary>Adds an event.</summary>
    protected override void ProcessRecord()
    {
        // Without a reader, the pipeline would wait for room.
        if (_areRead && InputObject is not null)
            _events.Add(InputObject);
    }

    /// <summary>Adds the events of the parameters, and waits until everything is written.</summary>
    protected override void EndProcessing()
    {
        if (_areRead)
            _events.Complete(Event, EventPath, InputPaths.Resolve(this, EventPath ?? []));
        base.EndProcessing();
    }

    /// <summary>On the pipeline thread, as the processing begins: the events, for work that reads them.</summary>
    /// <param name="observer">Receives what cannot be read.</param>
    private protected IAsyncEnumerable<EventDocument> GivenEvents(IRunObserver observer)
    {
        _areRead = true;
        return _events.ReadForCheckAsync(observer, StopToken);
    }
}
