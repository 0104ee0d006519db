namespace EventBridgeOps.Schemas.Comparing;

/// <summary>What a reader demands by other schemas at the same place.</summary>
internal sealed partial class Inclusion
{
    private const int MostAlternatives = 8;

    private void OfLogic(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps)
    {
        foreach (SchemaNode part in reader.List("allOf"))
            gaps.AddRange(Find(writer, part, place));
        if (reader.List("anyOf") is { Count: > 0 } any)
            OfAlternatives(writer, reader, "anyOf", any, place, gaps);
        if (reader.List("oneOf") is { Count: > 0 } one)
            OfAlternatives(writer, reader, "oneOf", one, place, gaps);
        if (reader.Child("not") is { } excluded && !IsEmpty(writer.And(excluded)))
            gaps.Add(new Gap(SchemaChangeKind.Exclusion, place, writer, reader, "not"));
        if (reader.Child("if") is { } condition)
        {
            if (reader.Child("then") is { } then)
                gaps.AddRange(Find(writer.And(condition), then, place));
            if (reader.Child("else") is { } other)
                gaps.AddRange(Find(writer.And(_sources.Not(condition)), other, place));
        }

        foreach (KeyValuePair<string, SchemaNode> dependent in reader.DependentSchemas)
        {
            if ((writer.Types & JsonTypes.Object) != 0 && !IsEmpty(writer.Property(dependent.Key)))
                gaps.AddRange(Find(writer.And(_sources.Having(dependent.Key)), dependent.Value, place));
        }
    }

    private void OfAlternatives(Conjunction writer, SchemaNode reader, string keyword, IReadOnlyList<SchemaNode> alternatives, Place place, List<Gap> gaps)
    {
        // A large union is taken apart first: all of it is hardly ever in one alternative.
        if (writer.Choices.Count > 0 && alternatives.Count > MostAlternatives && !_budget.IsSpent)
        {
            gaps.Add(new Gap(SchemaChangeKind.Alternative, place, writer, reader, keyword));
            return;
        }

        HashSet<SchemaNode> possible = [.. alternatives.Where(alternative => !_discriminators.Exclude(writer, alternative))];
        IReadOnlyList<Gap>? closest = null;
        foreach (SchemaNode alternative in possible)
        {
            IReadOnlyList<Gap> inner = Find(writer, alternative, place);
            bool isIn = inner.All(gap => gap.IsHarmless);
            if (isIn && (keyword == "anyOf" || alternatives.All(other => other == alternative || !possible.Contains(other) || IsEmpty(writer.And(other)))))
            {
                gaps.AddRange(inner);
                return;
            }

            if (closest is null || inner.Count < closest.Count)
                closest = inner;
        }

        gaps.Add(new Gap(SchemaChangeKind.Alternative, place, writer, reader, keyword, Inner: closest));
    }
}
