using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Reports;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.EventSchemas;

/// <summary>How versions of a schema are compared.</summary>
[Request]
public sealed partial record SchemaCompareRequest
{
    /// <summary>Which events must still be read: with <c>Backward</c>, those of the older version by the newer one; with <c>Forward</c>, those of the newer version by the older one; with <c>Full</c>, both. A name that ends in <c>Transitive</c> compares with all versions instead of the latest one.</summary>
    [Option("compatibility")]
    public SchemaCompatibility Compatibility { get; init; } = SchemaCompatibility.Backward;

    /// <summary>What is expected of producers and consumers. With <c>Lenient</c>, producers send only properties that their schema declares, and consumers ignore properties that they do not know. With <c>Strict</c>, whatever a schema allows can be sent.</summary>
    [Option("policy")]
    public SchemaPolicy Policy { get; init; } = SchemaPolicy.Lenient;
}

/// <summary>A difference between versions of a schema.</summary>
[Record("Schema changes", Suite = "Schemas", State = nameof(Effect), KnownBy = [nameof(Effect), nameof(Pointer), nameof(Kind)])]
[Column("Effect", nameof(Effect), Width = 8)]
[Column("For", nameof(Affects), Width = 8)]
[Column("Schema", nameof(Schema), Room = 9, Width = 18, Flexible = true)]
[Column("Pointer", nameof(Pointer), Room = 9, Width = 18, Flexible = true)]
[Column("Reason", nameof(Reason))]
[Column("Example", nameof(Example), Window = 120)]
public sealed partial record SchemaChange : IReportable
{
    /// <summary>What it means.</summary>
    public required SchemaEffect Effect { get; init; }

    /// <summary>Who is affected: <c>Producer</c>, if those that still send events of the older version are refused by the newer one; <c>Consumer</c>, if those that still use the older version refuse events of the newer one.</summary>
    public required SchemaParty Affects { get; init; }

    /// <summary>What is demanded, as a kind of rule.</summary>
    public required SchemaChangeKind Kind { get; init; }

    /// <summary>The version with the rule that the other version does not guarantee.</summary>
    public required string Schema { get; init; }

    /// <summary>The rule, as a JSON pointer (RFC 6901) into that version.</summary>
    [Field(Key = true)]
    public required string Pointer { get; init; }

    /// <summary>What differs.</summary>
    public required string Reason { get; init; }

    /// <summary>The detail of an event that one version allows and the other refuses, as JSON; null if it is harmless or not known.</summary>
    public string? Example { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, Schema, Pointer.Length == 0 ? Schema : Pointer, Example, Reason)];

    /// <summary>The difference on one line.</summary>
    public override string ToString() => $"{Effect} {Affects}: {Schema}#{Pointer}: {Reason}";
}

/// <summary>What a comparison came to.</summary>
/// <param name="Verdict">Whether the new version is compatible.</param>
/// <param name="IsAccepted">Whether the policy accepts it: what can't be decided is refused by the strict policy alone.</param>
/// <param name="Changes">What differs, those that break first.</param>
/// <param name="Summary">The result as a sentence.</param>
public sealed record SchemaCompareResult(SchemaVerdict Verdict, bool IsAccepted, IReadOnlyList<SchemaChange> Changes, Message Summary);

/// <summary>Compares versions of a schema in files.</summary>
public static class SchemaComparer
{
    /// <summary>Compares.</summary>
    /// <param name="paths">The versions: older ones, the latest of them first, and then the new one. As the user named them, with their full paths.</param>
    /// <param name="request">How.</param>
    /// <param name="observer">How the front end spells messages.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there are fewer than two; <see cref="ErrorIds.FileNotReadable"/>; <see cref="ErrorIds.InvalidSchema"/>.</exception>
    public static SchemaCompareResult Compare(IReadOnlyList<(string Path, string FullPath)> paths, SchemaCompareRequest request, IRunObserver observer)
    {
        List<EventSchema> schemas = [.. paths.Select(path => SchemaFile.Read(path.Path, path.FullPath))];
        if (schemas.Count < 2)
            throw new OpsException(ErrorIds.InvalidArgument, EventSchemaMessages.TwoVersions());
        EventSchema newer = schemas[schemas.Count - 1];
        List<EventSchema> older = schemas.GetRange(0, schemas.Count - 1);
        SchemaComparisonResult result = SchemaComparison.Compare(older, newer, request.Compatibility, request.Policy);
        List<SchemaChange> changes = [.. result.Differences.Select(difference => new SchemaChange
        {
            Effect = difference.Effect,
            Affects = difference.Breaks,
            Kind = difference.Kind,
            Schema = difference.IsInNewer ? newer.Name : difference.Older,
            Pointer = difference.Pointer,
            Reason = observer.Text(difference.Reason),
            Example = difference.Example,
        })];
        return new SchemaCompareResult(
            result.Verdict,
            result.IsAcceptedBy(request.Policy),
            changes,
            result.Verdict switch
            {
                SchemaVerdict.Compatible => EventSchemaMessages.Compatible(newer.Name, request.Compatibility.ToString().EndsWith("Transitive", StringComparison.Ordinal) ? older.Count : 1),
                SchemaVerdict.Incompatible => EventSchemaMessages.Incompatible(newer.Name, changes.Count(change => change.Effect is SchemaEffect.Breaks)),
                _ => EventSchemaMessages.Undecided(newer.Name),
            });
    }
}
