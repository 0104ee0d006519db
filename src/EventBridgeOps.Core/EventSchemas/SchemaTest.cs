using System.Runtime.CompilerServices;
using System.Text;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Reports;
using EventBridgeOps.Runs;
using EventBridgeOps.Schemas.Comparing;
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

            if (reading?.Schema is { } valid && !SchemaKeywords.HasAny(valid))
                observer.Warning(EventSchemaMessages.NoKeyword(path));
            foreach (UnknownKeyword unknown in reading?.Schema is { } read ? SchemaKeywords.Misspelled(read) : [])
                observer.Warning(EventSchemaMessages.Misspelled(path, unknown));
            if (reading is { Faults.Count: 0 })
                yield return new SchemaTest { Schema = path, Item = path, State = SchemaTestState.Valid };
            foreach (SchemaFault fault in reading?.Faults ?? [])
                yield return new SchemaTest { Schema = path, Item = PlaceOf(path, fault), State = SchemaTestState.Invalid, Pointer = fault.Pointer, Reason = observer.Text(fault.Reason) };
        }
    }

    private static string PlaceOf(string path, SchemaFault fault)
    {
        string file = fault.File is null ? path : Path.Combine(Path.GetDirectoryName(path) ?? "", fault.File);
        return fault.Place is { } place ? $"{file}:{place}" : file;
    }

    /// <summary>The observer of the reading of events that are to be checked: it says how a detail by itself is checked.</summary>
    /// <param name="observer">Receives what cannot be read.</param>
    public static IRunObserver Reading(IRunObserver observer) => new DetailHint(observer);

    /// <summary>Refuses a detail by itself together with events, of which only one could be checked.</summary>
    /// <param name="hasDetail">Whether there is a detail.</param>
    /// <param name="hasEvents">Whether there are events.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there are both.</exception>
    public static void RequireOne(bool hasDetail, bool hasEvents)
    {
        if (hasDetail && hasEvents)
            throw new OpsException(ErrorIds.InvalidArgument, EventSchemaMessages.DetailAndEvents());
    }

    /// <summary>Checks a detail by itself with the schema of a file.</summary>
    /// <param name="paths">The file, as the user named it, with its full path; one.</param>
    /// <param name="detail">The detail.</param>
    /// <param name="observer">How the front end spells messages.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there are several files; <see cref="ErrorIds.FileNotReadable"/>; <see cref="ErrorIds.InvalidSchema"/>.</exception>
    public static IEnumerable<SchemaTest> OfDetail(IReadOnlyList<(string Path, string FullPath)> paths, EventDetail detail, IRunObserver observer) => Of(Only(paths).Path, Read(paths), detail, observer);

    /// <summary>Checks events with the schema of a file.</summary>
    /// <param name="paths">The file, as the user named it, with its full path; one.</param>
    /// <param name="events">Events or entries.</param>
    /// <param name="observer">Receives what has no detail.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there are several files; <see cref="ErrorIds.FileNotReadable"/>; <see cref="ErrorIds.InvalidSchema"/>.</exception>
    public static IAsyncEnumerable<SchemaTest> OfFileAsync(IReadOnlyList<(string Path, string FullPath)> paths, IAsyncEnumerable<EventDocument> events, IRunObserver observer, CancellationToken cancellationToken) =>
        OfEventsAsync(Only(paths).Path, Read(paths), events, observer, cancellationToken);

    /// <summary>Checks events with a schema.</summary>
    /// <param name="path">The file of the schema, as the user named it.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="events">Events or entries.</param>
    /// <param name="observer">Receives what has no detail.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    public static async IAsyncEnumerable<SchemaTest> OfEventsAsync(string path, EventSchema schema, IAsyncEnumerable<EventDocument> events, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            EventDetail? read = null;
            try
            {
                read = EventDetail.Of(document);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                Reading(observer).Failed(new ItemFailure(e, document.Origin));
            }

            foreach (SchemaTest test in read is null ? [] : Of(path, schema, read, observer))
                yield return test;
        }
    }

    private static IEnumerable<SchemaTest> Of(string path, EventSchema schema, EventDetail read, IRunObserver observer)
    {
        SchemaTest Violated(string pointer, string rule, Message reason) =>
            new() { Schema = path, Item = read.Origin, State = SchemaTestState.Invalid, Pointer = pointer, Rule = rule, Reason = observer.Text(reason) };
        bool isOtherType = read.DetailType is not null && schema.DetailType is not null && read.DetailType != schema.DetailType;
        // What an event of another type lacks says nothing.
        if (isOtherType || (read.Source is not null && schema.Source is not null && read.Source != schema.Source))
            return [Violated("", JsonPointers.Add("", isOtherType ? EventSchema.DetailTypeKeyword : EventSchema.SourceKeyword), EventSchemaMessages.OtherEvent(read, schema.Source, schema.DetailType))];
        IReadOnlyList<SchemaViolation> violations = schema.Validate(read.Detail);
        return violations.Count == 0 ? [new SchemaTest { Schema = path, Item = read.Origin, State = SchemaTestState.Valid }]
            : violations.Select(violation => Violated(violation.Pointer, violation.SchemaPointer, violation.Reason));
    }

    private static (string Path, string FullPath) Only(IReadOnlyList<(string Path, string FullPath)> paths) => paths.Count == 1 ? paths[0] : throw new OpsException(ErrorIds.InvalidArgument, EventSchemaMessages.OneSchema());

    private static EventSchema Read(IReadOnlyList<(string Path, string FullPath)> paths) => SchemaFile.Read(Only(paths).Path, Only(paths).FullPath);

    /// <summary>Says, of what is not an event, how a detail by itself is checked.</summary>
    private sealed class DetailHint(IRunObserver observer) : PassingObserver(observer)
    {
        public override void Failed(ItemFailure failure) => base.Failed(failure.Error.ErrorId != ErrorIds.InvalidEvent ? failure
            : failure with { Error = new OpsException(ErrorIds.InvalidEvent, EventSchemaMessages.OrDetailAlone(failure.Error.Said), failure.Error) });
    }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, Schema, Item, Pointer, Reason ?? EventSchemaMessages.Valid().In(voice))];

    /// <summary>The check for people: what was checked, and the reason on lines of its own.</summary>
    /// <param name="width">The width of a line in characters.</param>
    public string ToText(int width)
    {
        StringBuilder text = new();
        text.AppendWrapped("", "  ", State is SchemaTestState.Valid ? EventSchemaMessages.ValidItem(Item).ToString() : EventSchemaMessages.InvalidItem(Item, Rule is null ? null : Rule.Contains('#') ? Rule : $"{Schema}#{Rule}").ToString(), width);
        if (Reason is not null)
            text.AppendWrapped("  ", "  ", Reason, width);
        return text.ToString().TrimEnd();
    }

    /// <summary>The check on one line.</summary>
    public override string ToString() => $"{Item}: {(Reason is null ? State.ToString() : Reason)}";
}
