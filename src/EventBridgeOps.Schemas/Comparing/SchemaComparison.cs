using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Which events must still be read by which version.</summary>
/// <remarks>The terms are those of schema registries (https://docs.confluent.io/platform/current/schema-registry/fundamentals/schema-evolution.html).</remarks>
public enum SchemaCompatibility
{
    /// <summary>The new version reads events of the version before it.</summary>
    Backward,

    /// <summary>The new version reads events of all versions before it.</summary>
    BackwardTransitive,

    /// <summary>The version before the new one reads its events.</summary>
    Forward,

    /// <summary>All versions before the new one read its events.</summary>
    ForwardTransitive,

    /// <summary>Both with the version before.</summary>
    Full,

    /// <summary>Both with all versions before.</summary>
    FullTransitive,
}

/// <summary>What is taken of producers and consumers.</summary>
public enum SchemaPolicy
{
    /// <summary>Producers send only properties that their schema declares, and consumers ignore those that theirs does not know.</summary>
    Lenient,

    /// <summary>Every event that a schema allows can be sent, and an event that a schema refuses is refused.</summary>
    Strict,
}

/// <summary>What a comparison of schemas came to.</summary>
public enum SchemaVerdict
{
    /// <summary>What must still be read is read.</summary>
    Compatible,

    /// <summary>There are events that are not read any more; each difference shows one.</summary>
    Incompatible,

    /// <summary>It can't be decided. The strict policy takes it for incompatible.</summary>
    Undecided,
}

/// <summary>Who is affected by a difference.</summary>
public enum SchemaParty : long
{
    /// <summary>Producers that still send events of the older version: those that use the newer one refuse such events.</summary>
    Producer,

    /// <summary>Consumers that still use the older version: they refuse events of the newer one.</summary>
    Consumer,
}

/// <summary>What a difference between two versions of a schema means.</summary>
public enum SchemaEffect : long
{
    /// <summary>It breaks producers or consumers; the example shows it.</summary>
    [State(Tone.Bad, Events.Records.Verdict.Failed)]
    Breaks,

    /// <summary>It could neither be proved to be compatible nor be shown to break anything.</summary>
    [State(Tone.Warning, Events.Records.Verdict.SkippedWithWarning)]
    Unknown,

    /// <summary>It can break under the strict policy, and is harmless under the lenient one.</summary>
    [State(Tone.Plain)]
    Harmless,
}

/// <summary>A difference between two versions of a schema.</summary>
/// <param name="Effect">What it means.</param>
/// <param name="Kind">What is demanded.</param>
/// <param name="Breaks">Who is affected.</param>
/// <param name="Older">The name of the older version.</param>
/// <param name="Pointer">The demand, as a JSON pointer (RFC 6901) into the schema that has it.</param>
/// <param name="IsInNewer">Whether the demand is in the newer version; else it is in the older one.</param>
/// <param name="Reason">What is demanded and not guaranteed, as a sentence.</param>
/// <param name="Example">An event's detail that one version allows and the other refuses, as JSON; null if there is none.</param>
public sealed record SchemaDifference(SchemaEffect Effect, SchemaChangeKind Kind, SchemaParty Breaks, string Older, string Pointer, bool IsInNewer, Message Reason, string? Example);

/// <summary>What a comparison of a schema with versions before it came to.</summary>
/// <param name="Verdict">Whether it is compatible.</param>
/// <param name="Differences">What differs, those that break first.</param>
public sealed record SchemaComparisonResult(SchemaVerdict Verdict, IReadOnlyList<SchemaDifference> Differences)
{
    /// <summary>Whether a policy accepts it: what can't be decided is refused by the strict policy alone.</summary>
    /// <param name="policy">The policy by which the versions were compared.</param>
    public bool IsAcceptedBy(SchemaPolicy policy) => Verdict is SchemaVerdict.Compatible || (Verdict is SchemaVerdict.Undecided && policy is SchemaPolicy.Lenient);
}

/// <summary>Compares versions of a schema.</summary>
public static class SchemaComparison
{
    private const int Steps = 20_000;
    private const int StepsOfAWitness = 6_000;
    private const int StepsOfASearch = 2_000;

    // What was looked for and not found; after that, each search is short.
    private const int StepsInVain = 40_000;
    private const int StepsAtLast = 200;

    // Deeper, no event is valid JSON for most readers.
    private const int DeepestPlace = 60;

    /// <summary>Compares a version with those before it.</summary>
    /// <param name="older">The versions before, the latest first; at least one.</param>
    /// <param name="newer">The new version.</param>
    /// <param name="compatibility">What must still be read.</param>
    /// <param name="policy">What is taken of producers and consumers.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    /// <remarks>The detail of an event is an object, so that other values do not count.</remarks>
    /// <exception cref="ArgumentException"><paramref name="older"/> is empty.</exception>
    /// <exception cref="OperationCanceledException">The comparison was canceled.</exception>
    public static SchemaComparisonResult Compare(IReadOnlyList<EventSchema> older, EventSchema newer, SchemaCompatibility compatibility, SchemaPolicy policy, CancellationToken cancellation = default)
    {
        if (older.Count == 0)
            throw new ArgumentException(null, nameof(older));
        bool isTransitive = compatibility is SchemaCompatibility.BackwardTransitive or SchemaCompatibility.ForwardTransitive or SchemaCompatibility.FullTransitive;
        List<SchemaDifference> found = [];
        foreach (EventSchema before in isTransitive ? older : [older[0]])
        {
            if (compatibility is not (SchemaCompatibility.Forward or SchemaCompatibility.ForwardTransitive))
                found.AddRange(Differences(before, newer, SchemaParty.Producer, before.Name, policy, cancellation));
            if (compatibility is not (SchemaCompatibility.Backward or SchemaCompatibility.BackwardTransitive))
                found.AddRange(Differences(newer, before, SchemaParty.Consumer, before.Name, policy, cancellation));
        }

        SchemaVerdict verdict = found.Any(difference => difference.Effect is SchemaEffect.Breaks) ? SchemaVerdict.Incompatible
            : found.Any(difference => difference.Effect is SchemaEffect.Unknown) ? SchemaVerdict.Undecided : SchemaVerdict.Compatible;
        return new SchemaComparisonResult(verdict, [.. found.OrderBy(difference => difference.Effect)]);
    }

    private static List<SchemaDifference> Differences(EventSchema writer, EventSchema reader, SchemaParty breaks, string older, SchemaPolicy policy, CancellationToken cancellation)
    {
        SchemaSources sources = new(cancellation);
        (SchemaSource from, SchemaSource to) = (sources.Of(writer), sources.Of(reader));
        bool isLenient = policy is SchemaPolicy.Lenient;
        // The detail of an event is always an object.
        if (InTime(() => Conjunction.Of(sources, [from.Root, sources.OfType("object")])) is not { } all)
            return [Undecided(breaks, older)];
        Inclusion inclusion = new(sources, isLenient, new Budget(Steps, cancellation), from);
        IReadOnlyList<Gap> gaps = InTime(() => inclusion.Find(all, to.Root, Place.Top)) ?? [new Gap(SchemaChangeKind.Unknown, Place.Top, all, to.Root, "")];
        List<SchemaDifference> found = [];
        Witness witness = new(from, to, isLenient);
        int inVain = 0;
        foreach (IGrouping<string, Gap> same in gaps.GroupBy(gap => $"{gap.Reader.Id}/{gap.Keyword}/{gap.Kind}/{gap.IsHarmless}"))
        {
            // An event that shows it at the nearest place is the shortest.
            Gap first = inclusion.Shortest(same.First()) ?? same.First();
            JsonElement? example = null;
            foreach (Gap gap in first.IsHarmless ? [] : same.Take(4).Select(inclusion.Shortest).OfType<Gap>().Concat(same.Take(4)).Where(gap => gap.Place.Depth < DeepestPlace))
            {
                Budget budget = new(inVain > StepsInVain ? StepsAtLast : StepsOfAWitness, cancellation);
                example = InTime(() => witness.Find(gap, budget));
                if (example is not null)
                    break;
                inVain += budget.Taken;
            }

            SchemaEffect effect = first.IsHarmless ? SchemaEffect.Harmless : example is null ? SchemaEffect.Unknown : SchemaEffect.Breaks;
            // What was too complex to be proved is named by what the example shows.
            found.Add(example is { } breaking && first is { Kind: SchemaChangeKind.Unknown, Keyword.Length: 0 } ? Shown(reader, breaking, breaks, older)
                : new SchemaDifference(effect, first.Kind, breaks, older, Pointer(first), breaks is SchemaParty.Producer, Reason(first, effect), example?.GetRawText()));
        }

        // What was proved is tried all the same: an event that shows otherwise would be right.
        if (found.All(difference => difference.Effect is SchemaEffect.Harmless) && InTime(() => witness.Search(sources, new Budget(StepsOfASearch, cancellation))) is { } shown)
            found.Add(Shown(reader, shown, breaks, older));
        return found;
    }

    private static SchemaDifference Shown(EventSchema reader, JsonElement example, SchemaParty breaks, string older)
    {
        SchemaViolation violation = reader.Validate(example)[0];
        return new SchemaDifference(SchemaEffect.Breaks, SchemaChangeKinds.Of(violation.Keyword), breaks, older, violation.SchemaPointer, breaks is SchemaParty.Producer, violation.Reason, example.GetRawText());
    }

    private static SchemaDifference Undecided(SchemaParty breaks, string older) =>
        new(SchemaEffect.Unknown, SchemaChangeKind.Unknown, breaks, older, "", breaks is SchemaParty.Producer, ComparisonMessages.TooComplex(ComparisonMessages.Place(Place.Top)), null);

    /// <summary>What a search gives; nothing if a regular expression of a schema takes too long, or references lead too deep, as nothing is then known.</summary>
    private static T? InTime<T>(Func<T?> search)
    {
        try
        {
            return search();
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or InsufficientExecutionStackException)
        {
            return default;
        }
    }

    private static string Pointer(Gap gap)
    {
        string pointer = gap.Keyword.Length == 0 ? gap.Reader.Pointer : JsonPointers.Add(gap.Reader.Pointer, gap.Keyword);
        EventSchema schema = gap.Reader.Source.Schema;
        return gap.Reader.Document != schema.Uri ? Uri.UnescapeDataString(gap.Reader.Document.Segments.Last()) + "#" + pointer : schema.IsOpenApi ? OpenApiSchema.Shown(pointer) : pointer;
    }

    private static Message Reason(Gap gap, SchemaEffect effect)
    {
        if (effect is not SchemaEffect.Unknown || gap.Writer.Nodes.Prepend(gap.Reader).FirstOrDefault(node => node.OtherDialect is not null) is not { OtherDialect: { } file } node)
            return Demand(gap, effect);
        // Nothing of the file was taken into account.
        EventSchema schema = node.Source.Schema;
        string name = file.Host == schema.Uri.Host ? Uri.UnescapeDataString(file.AbsolutePath.TrimStart('/')) : file.ToString();
        Message reason = ComparisonMessages.OtherDialect(ComparisonMessages.Place(gap.Place), name, node.Source.Dialect(file), schema.Name, schema.Dialect);
        return gap is { Kind: SchemaChangeKind.Unknown, Keyword: "$ref" } ? reason : Message.Join(" ", [Demand(gap, effect), reason]);
    }

    private static Message Demand(Gap gap, SchemaEffect effect)
    {
        string place = ComparisonMessages.Place(gap.Place);
        Message reason = gap.Kind switch
        {
            SchemaChangeKind.Type => ComparisonMessages.TypeNarrowed(place, Value(gap)),
            SchemaChangeKind.Required => ComparisonMessages.RequiredHere(place, gap.Reader.Texts("required").Except(gap.Writer.Required)),
            SchemaChangeKind.PropertyOfOpenContentModel => ComparisonMessages.OpenProperty(place),
            SchemaChangeKind.PropertyNotCoveredByPartiallyOpenContentModel => ComparisonMessages.PartlyOpenProperty(place),
            SchemaChangeKind.UnknownProperty => ComparisonMessages.UnknownProperty(place),
            SchemaChangeKind.Alternative => ComparisonMessages.NoAlternative(place, gap.Keyword),
            SchemaChangeKind.Nothing => ComparisonMessages.NothingAllowed(place),
            SchemaChangeKind.OtherItems => ComparisonMessages.MoreItems(place),
            SchemaChangeKind.Unknown when gap.Keyword.Length == 0 => ComparisonMessages.TooComplex(place),
            SchemaChangeKind.Unknown => ComparisonMessages.UnknownKeyword(place, gap.Keyword),
            _ => ComparisonMessages.Demanded(place, gap.Keyword, Value(gap)),
        };
        bool isDecided = effect is not SchemaEffect.Unknown;
        Message? other = gap.Kind switch
        {
            SchemaChangeKind.Type => ComparisonMessages.MoreTypes(),
            SchemaChangeKind.Required => ComparisonMessages.NotRequired(),
            SchemaChangeKind.Nothing => ComparisonMessages.Allowed(),
            SchemaChangeKind.OtherItems => ComparisonMessages.MoreItemsAllowed(),
            SchemaChangeKind.PropertyOfOpenContentModel or SchemaChangeKind.PropertyNotCoveredByPartiallyOpenContentModel or SchemaChangeKind.UnknownProperty or SchemaChangeKind.Unknown => null,
            _ => ComparisonMessages.OtherValues(),
        };
        return other is not null ? ComparisonMessages.Claim(reason, other, isDecided) : isDecided || gap.Kind is SchemaChangeKind.Unknown ? reason : ComparisonMessages.Undecided(reason);
    }

    private static string Value(Gap gap) => gap.Reader[gap.Keyword]?.GetRawText() is { } text ? text.Length <= 100 ? text : text.Substring(0, 100) + "..." : "";
}

/// <summary>Whether there is any event that two schemas both allow.</summary>
public static class SchemaReach
{
    private const int Steps = 5_000;

    /// <summary>Whether it is proved that no detail of an event follows both schemas. What is not proved is taken to be possible.</summary>
    /// <param name="schema">A schema.</param>
    /// <param name="other">Another one, in JSON Schema 2020-12, for example what an event pattern demands of the detail.</param>
    public static bool IsEmpty(EventSchema schema, System.Text.Json.Nodes.JsonObject other)
    {
        SchemaSources sources = new();
        Budget budget = new(Steps);
        return new Inclusion(sources, isLenient: false, budget).IsEmpty(Conjunction.Of(sources, [sources.Of(schema).Root, sources.Made(other)]));
    }
}
