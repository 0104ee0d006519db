using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
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

    /// <summary>The other version.</summary>
    public required string OtherSchema { get; init; }

    /// <summary>The rule, as a JSON pointer (RFC 6901) into that version. In a file to which that version refers, after the name of the file and <c>#</c>.</summary>
    [Field(Key = true)]
    public required string Pointer { get; init; }

    /// <summary>What differs.</summary>
    public required string Reason { get; init; }

    /// <summary>The detail of an event that one version allows and the other refuses, as JSON; null if it is harmless or not known.</summary>
    public string? Example { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, Schema, Pointer.Length == 0 ? Schema : Pointer, Example, Reason)];

    /// <summary>The difference for people: its place, the reason, and the example.</summary>
    /// <param name="width">The width of a line in characters.</param>
    public string ToText(int width)
    {
        StringBuilder text = new();
        text.AppendWrapped("", "  ", EventSchemaMessages.Change(Effect.ToString(), Affects == SchemaParty.Producer, SchemaViolation.Rule(Schema, Pointer), OtherSchema).ToString(), width).AppendWrapped("  ", "  ", Reason, width);
        if (Example is not null)
            text.AppendWrapped("  ", "  ", EventSchemaMessages.Example(Example).ToString(), width);
        return text.ToString().TrimEnd();
    }

    /// <summary>The difference on one line. A rule in another file is named by that file.</summary>
    public override string ToString() => $"{Effect} {Affects}: {SchemaViolation.Rule(Schema, Pointer)}: {Reason}";
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
    /// <summary>The versions for a comparison, by the versions that their names have: the older ones, the latest of them first, and then the new one. Two stay as they are, since they can be compared either way.</summary>
    /// <param name="paths">The versions, as a shell lists them.</param>
    public static IReadOnlyList<(string Path, string FullPath)> Ordered(IReadOnlyList<(string Path, string FullPath)> paths)
    {
        if (paths.Count < 3)
            return paths;
        IReadOnlyList<(string Path, string FullPath)> sorted = ByVersion(paths);
        return ReferenceEquals(sorted, paths) ? paths : [.. sorted.Skip(1), sorted[0]];
    }

    // The latest first, if the names have different versions of one schema.
    private static IReadOnlyList<(string Path, string FullPath)> ByVersion(IReadOnlyList<(string Path, string FullPath)> paths)
    {
        Dictionary<int, (string, string)> versions = [];
        string? family = null;
        foreach ((string Path, string FullPath) path in paths)
        {
            Match name = s_version.Match(Path.GetFileName(path.FullPath));
            if (!name.Success || (family ??= name.Groups["family"].Value) != name.Groups["family"].Value)
                return paths;
            int version = int.Parse(name.Groups["version"].Value, CultureInfo.InvariantCulture);
            if (versions.ContainsKey(version))
                return paths;
            versions.Add(version, path);
        }

        return [.. versions.OrderByDescending(each => each.Key).Select(each => each.Value)];
    }

    private static readonly Regex s_version = new(@"\A(?<family>.+)\.v(?<version>[0-9]{1,6})\.json\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Compares.</summary>
    /// <param name="paths">The versions: older ones, the latest of them first unless their names say which it is, and then the new one. As the user named them, with their full paths.</param>
    /// <param name="request">How.</param>
    /// <param name="observer">How the front end spells messages.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there are fewer than two; <see cref="ErrorIds.FileNotReadable"/>; <see cref="ErrorIds.InvalidSchema"/>.</exception>
    public static SchemaCompareResult Compare(IReadOnlyList<(string Path, string FullPath)> paths, SchemaCompareRequest request, IRunObserver observer, CancellationToken cancellationToken = default)
    {
        List<EventSchema> schemas = [.. ByVersion([.. paths.Take(paths.Count - 1)]).Concat(paths.Skip(Math.Max(0, paths.Count - 1))).Select(path => SchemaFile.Read(path.Path, path.FullPath))];
        if (schemas.Count < 2)
            throw new OpsException(ErrorIds.InvalidArgument, EventSchemaMessages.TwoVersions());
        EventSchema newer = schemas[schemas.Count - 1];
        List<EventSchema> older = schemas.GetRange(0, schemas.Count - 1);
        SchemaComparisonResult result = SchemaComparison.Compare(older, newer, request.Compatibility, request.Policy, cancellationToken);
        List<SchemaChange> changes = [.. result.Differences.Select(difference => new SchemaChange
        {
            Effect = difference.Effect,
            Affects = difference.Breaks,
            Kind = difference.Kind,
            Schema = difference.IsInNewer ? newer.Name : difference.Older,
            OtherSchema = difference.IsInNewer ? difference.Older : newer.Name,
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
