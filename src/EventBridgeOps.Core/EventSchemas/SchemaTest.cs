using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Reports;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.EventSchemas;

/// <summary>Whether something follows its schema.</summary>
public enum SchemaTestState : long
{
    /// <summary>It does.</summary>
    [State(Tone.Good)]
    Valid,

    /// <summary>It does not.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Invalid,
}

/// <summary>The check of a schema, or of an event with a schema: one result for each violation, or one that says that there is none.</summary>
[Record("Schema tests", Suite = "Schemas", State = nameof(State), KnownBy = [nameof(Schema), nameof(Item), nameof(State)])]
[Column("State", nameof(State), Width = 7)]
[Column("Schema", nameof(Schema), Room = 9, Width = 18, Flexible = true)]
[Column("Item", nameof(Item), Room = 9, Width = 18, Flexible = true)]
[Column("Reason", nameof(Reason))]
public sealed partial record SchemaTest : IReportable
{
    /// <summary>The file of the schema.</summary>
    public required string Schema { get; init; }

    /// <summary>What was checked: where the event was read, or the file of the schema.</summary>
    [Field(Key = true)]
    public required string Item { get; init; }

    /// <summary>Whether it follows the schema.</summary>
    public required SchemaTestState State { get; init; }

    /// <summary>The place in the detail of the event, or in the schema, as a JSON pointer (RFC 6901); null if it is valid, and empty for the whole.</summary>
    public string? Pointer { get; init; }

    /// <summary>The rule in the schema that is violated, as a JSON pointer; null if it is valid, or a schema was checked.</summary>
    public string? Rule { get; init; }

    /// <summary>What is wrong; null if it is valid.</summary>
    public string? Reason { get; init; }

    /// <summary>Checks schemas by themselves.</summary>
    /// <param name="paths">The files, as the user named them, with their full paths.</param>
    /// <param name="observer">Receives a file that cannot be read.</param>
    public static IEnumerable<SchemaTest> OfSchemas(IEnumerable<(string Path, string FullPath)> paths, IRunObserver observer)
    {
        foreach ((string path, string fullPath) in paths)
        {
            SchemaReading? reading = null;
            try
            {
                reading = SchemaFile.TryRead(path, fullPath);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                observer.Failed(new ItemFailure(e, path));
            }

            if (reading is { Faults.Count: 0 })
                yield return new SchemaTest { Schema = path, Item = path, State = SchemaTestState.Valid };
            foreach (SchemaFault fault in reading?.Faults ?? [])
                yield return new SchemaTest { Schema = path, Item = fault.Line is { } line ? FormattableString.Invariant($"{path}:{line}") : path, State = SchemaTestState.Invalid, Pointer = fault.Pointer, Reason = observer.Text(fault.Reason) };
        }
    }

    /// <summary>Checks events with the schema of a file.</summary>
    /// <param name="paths">The file, as the user named it, with its full path; one.</param>
    /// <param name="events">Events, entries, or details by themselves.</param>
    /// <param name="observer">Receives what has no detail.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there are several files; <see cref="ErrorIds.FileNotReadable"/>; <see cref="ErrorIds.InvalidSchema"/>.</exception>
    public static IAsyncEnumerable<SchemaTest> OfFileAsync(IReadOnlyList<(string Path, string FullPath)> paths, IAsyncEnumerable<EventDocument> events, IRunObserver observer, CancellationToken cancellationToken) =>
        paths.Count == 1 ? OfEventsAsync(paths[0].Path, SchemaFile.Read(paths[0].Path, paths[0].FullPath), events, observer, cancellationToken)
            : throw new OpsException(ErrorIds.InvalidArgument, EventSchemaMessages.OneSchema());

    /// <summary>Checks events with a schema.</summary>
    /// <param name="path">The file of the schema, as the user named it.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="events">Events, entries, or details by themselves.</param>
    /// <param name="observer">Receives what has no detail.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    public static async IAsyncEnumerable<SchemaTest> OfEventsAsync(string path, EventSchema schema, IAsyncEnumerable<EventDocument> events, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            IReadOnlyList<SchemaViolation>? violations = null;
            try
            {
                violations = schema.Validate(EventDetail.Of(document).Detail);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                observer.Failed(new ItemFailure(e, document.Origin));
            }

            if (violations is { Count: 0 })
                yield return new SchemaTest { Schema = path, Item = document.Origin, State = SchemaTestState.Valid };
            foreach (SchemaViolation violation in violations ?? [])
            {
                yield return new SchemaTest
                {
                    Schema = path, Item = document.Origin, State = SchemaTestState.Invalid,
                    Pointer = violation.Pointer, Rule = violation.SchemaPointer, Reason = observer.Text(violation.Reason),
                };
            }
        }
    }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, Schema, Item, Pointer, Reason ?? EventSchemaMessages.Valid().In(voice))];

    /// <summary>The check on one line.</summary>
    public override string ToString() => $"{Item}: {(Reason is null ? State.ToString() : Reason)}";
}
