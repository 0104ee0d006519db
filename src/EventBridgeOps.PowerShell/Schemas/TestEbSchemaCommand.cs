using System.Management.Automation;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.EventSchemas;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Schemas;

/// <summary>Checks schemas, or events with a schema. It calls no service.</summary>
[Performs("schema validate")]
[Cmdlet(VerbsDiagnostic.Test, "EbSchema")]
[OutputType(typeof(SchemaTest), typeof(bool))]
public sealed class TestEbSchemaCommand : AsyncCmdlet
{
    private readonly EventFeed _events;
    private bool _hasEvents;

    /// <summary>Makes the cmdlet.</summary>
    public TestEbSchemaCommand() => _events = new EventFeed(Feed);

    /// <summary>Schema files.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Events or entries: JSON text, hashtables, objects.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public object[]? Event { get; set; }

    /// <summary>Files of events: JSON, JSON lines, arrays; also compressed with gzip.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? EventPath { get; set; }

    /// <summary>The detail of an event: a hashtable, an object, or JSON text.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Detail { get; set; }

    /// <summary>An event.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Return only whether everything is valid.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Starts the check.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _hasEvents = MyInvocation.ExpectingInput || InputObject is not null || Event is not null || EventPath is not null;
        IAsyncEnumerable<EventDocument>? detail = Detail is null ? null : OrEnd(() => Streams.From([EventDocument.Parse(ShellDocument.Text(Detail) ?? "", "-Detail")]));
        IReadOnlyList<(string Path, string FullPath)> paths = [.. InputPaths.Resolve(this, Path ?? []).Select(path => (path, path))];
        if (paths.Count > 0)
            Start(() => RunAsync(paths, detail));
        else
            Start(() => Task.CompletedTask);
    }

    /// <summary>Adds an event.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _events.Add(InputObject);
    }

    /// <summary>Adds the events of the parameters, and waits until everything is checked.</summary>
    protected override void EndProcessing()
    {
        _events.Complete(Event, EventPath, InputPaths.Resolve(this, EventPath ?? []));
        base.EndProcessing();
    }

    private async Task RunAsync(IReadOnlyList<(string Path, string FullPath)> paths, IAsyncEnumerable<EventDocument>? detail)
    {
        bool isValid = true;
        IAsyncEnumerable<EventDocument>? events = detail ?? (_hasEvents ? _events.ReadForCheckAsync(Observer, StopToken) : null);
        IAsyncEnumerable<SchemaTest> tests = events is not null ? SchemaTest.OfFileAsync(paths, events, Observer, StopToken) : Streams.From(SchemaTest.OfSchemas(paths, Observer));
        await WriteAllAsync(tests, !Quiet, test => isValid &= test.State is SchemaTestState.Valid);
        if (Quiet)
            await WriteAsync(isValid && Observer.Failures == 0);
    }
}
