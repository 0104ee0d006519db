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
public sealed class TestEbSchemaCommand : SchemaEventCmdlet
{
    /// <summary>Schema files.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Events or entries: JSON text, hashtables, objects.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public override object[]? Event { get; set; }

    /// <summary>The detail of an event: a hashtable, an object, or JSON text.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Detail { get; set; }

    /// <summary>Return only whether everything is valid.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Starts the check.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        IReadOnlyList<(string Path, string FullPath)> paths = [.. InputPaths.Resolve(this, Path ?? []).Select(path => (path, path))];
        if (paths.Count == 0)
            return; // A path without files was reported.
        EventDetail? detail = OrEnd(() =>
        {
            SchemaTest.RequireOne(Detail is not null, HasEvents);
            return Detail is not null ? EventDetail.Parse(ShellDocument.Text(Detail) ?? "", "-Detail") : null;
        });
        IAsyncEnumerable<EventDocument>? events = detail is null && HasEvents ? GivenEvents(SchemaTest.Reading(Observer)) : null;
        Start(() => RunAsync(paths, detail, events));
    }

    private async Task RunAsync(IReadOnlyList<(string Path, string FullPath)> paths, EventDetail? detail, IAsyncEnumerable<EventDocument>? events)
    {
        bool isValid = true;
        IAsyncEnumerable<SchemaTest> tests = detail is not null ? Streams.From(SchemaTest.OfDetail(paths, detail, Observer))
            : events is not null ? SchemaTest.OfFileAsync(paths, events, Observer, StopToken) : Streams.From(SchemaTest.OfSchemas(paths, Observer));
        await WriteAllAsync(tests, !Quiet, test => isValid &= test.State is SchemaTestState.Valid);
        if (Quiet)
            await WriteAsync(isValid && Observer.Failures == 0);
    }
}
