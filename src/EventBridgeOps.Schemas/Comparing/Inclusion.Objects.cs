using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>What a reader demands of objects.</summary>
internal sealed partial class Inclusion
{
    private void OfObjects(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps)
    {
        HashSet<string> required = writer.Required;
        foreach (string name in reader.Texts("required").Where(name => !required.Contains(name)))
            gaps.Add(new Gap(SchemaChangeKind.Required, place, writer, reader, "required"));
        foreach ((string name, IReadOnlyList<string> needs) in reader.DependentNames)
        {
            if (needs.Any(need => !required.Contains(need) && !writer.Nodes.Any(node => node.DependentNames.Any(own => own.Name == name && own.Needs.Contains(need)))) && !IsEmpty(writer.Property(name)))
                gaps.Add(new Gap(SchemaChangeKind.Dependency, place, writer, reader, reader["dependentRequired"] is null ? "dependencies" : "dependentRequired"));
        }

        OfCounts(writer, reader, place, required, gaps);
        foreach (KeyValuePair<string, SchemaNode> property in reader.Map("properties"))
            OfProperty(writer, property.Key, property.Value, place, gaps);
        foreach (KeyValuePair<string, SchemaNode> pattern in reader.Map("patternProperties"))
            OfPattern(writer, reader, pattern.Key, pattern.Value, place, gaps);
        if (reader.Child("propertyNames") is { } names)
            OfNames(writer, reader, names, place, gaps);
        if (reader.Child("additionalProperties") is { } others)
            OfOthers(writer, reader, others, [reader], place, gaps);
        if (reader.Child("unevaluatedProperties") is { } unevaluated)
            OfUnevaluated(writer, reader, unevaluated, place, gaps);
    }

    private void OfCounts(Conjunction writer, SchemaNode reader, Place place, HashSet<string> required, List<Gap> gaps)
    {
        if (reader["minProperties"] is not null && !(Math.Max(writer.Least("minProperties"), required.Count) >= reader.Number("minProperties")))
            gaps.Add(new Gap(SchemaChangeKind.PropertyCount, place, writer, reader, "minProperties"));
        if (reader["maxProperties"] is null)
            return;
        bool isClosed = writer.DeclaredPatterns.Count == 0 && (IsEmpty(writer.OtherProperties) || (_isLenient && writer.OtherProperties.Nodes.Count == 0 && !Names(writer).Any));
        HashSet<string> known = [.. writer.Declared, .. _isLenient ? Names(writer).Names : []];
        decimal most = Math.Min(writer.Most("maxProperties") ?? decimal.MaxValue, isClosed && writer.Choices.Count == 0 ? known.Count : decimal.MaxValue);
        if (!(most <= reader.Number("maxProperties")))
            gaps.Add(new Gap(SchemaChangeKind.PropertyCount, place, writer, reader, "maxProperties"));
    }

    private void OfProperty(Conjunction writer, string name, SchemaNode demanded, Place place, List<Gap> gaps)
    {
        Conjunction given = writer.Property(name);
        if (IsEmpty(given))
            return;
        Place at = place.Property(writer, name);
        IReadOnlyList<Gap> inner = Find(given, demanded, at);
        if (inner.Count == 0 || (Names(writer).Has(name) && IsEmpty(writer.And(_sources.Having(name)))))
            return;
        if (writer.Declares(name) || Names(writer).Has(name))
            gaps.AddRange(inner);
        else
            gaps.Add(Undeclared(writer, given, demanded, at, inner));
    }

    private Gap Undeclared(Conjunction writer, Conjunction given, SchemaNode demanded, Place at, IReadOnlyList<Gap> inner) => new(
        writer.OtherProperties.Nodes.All(node => node.Json.ValueKind is System.Text.Json.JsonValueKind.True) ? SchemaChangeKind.PropertyOfOpenContentModel : SchemaChangeKind.PropertyNotCoveredByPartiallyOpenContentModel,
        at, given, demanded, "", _isLenient, inner);

    private void OfPattern(Conjunction writer, SchemaNode reader, string pattern, SchemaNode demanded, Place place, List<Gap> gaps)
    {
        foreach (string name in writer.Declared.Union(_isLenient ? Names(writer).Names : []).Where(name => Conjunction.Matches(pattern, name)))
        {
            if (!IsEmpty(writer.Property(name)))
                gaps.AddRange(Find(writer.Property(name), demanded, place.Property(writer, name)));
        }

        // Other patterns can match the same names.
        foreach (string own in writer.DeclaredPatterns)
            gaps.AddRange(Find(writer.PatternProperty(own), demanded, place.PatternProperty(writer, own)));
        if (writer.DeclaredPatterns.Contains(pattern) || IsEmpty(writer.OtherProperties))
            return;
        Place at = place.PatternProperty(writer, pattern);
        IReadOnlyList<Gap> inner = Find(writer.OtherProperties, demanded, at);
        if (Names(writer).Any)
            gaps.AddRange(inner);
        else if (inner.Count > 0)
            gaps.Add(Undeclared(writer, writer.OtherProperties, demanded, at, inner));
    }

    private void OfNames(Conjunction writer, SchemaNode reader, SchemaNode names, Place place, List<Gap> gaps)
    {
        SchemaNode text = _sources.OfType("string");
        bool areDeclaredValid = writer.DeclaredPatterns.Count == 0 && writer.Choices.Count == 0
            && writer.Declared.All(IsValidName);
        if (areDeclaredValid && IsEmpty(writer.OtherProperties))
            return;
        Conjunction given = Conjunction.Of(_sources, [text, .. writer.Nodes.Select(node => node.Child("propertyNames")).Where(node => node is not null).Select(node => node!)]);
        IReadOnlyList<Gap> inner = Find(given, names, place.PropertyName(writer));
        // The names of a map are not those of properties that consumers ignore.
        bool isMap = writer.OtherProperties.Nodes.Any(node => node.Json.ValueKind is System.Text.Json.JsonValueKind.Object);
        if (inner.Count > 0)
            gaps.Add(new Gap(SchemaChangeKind.PropertyName, place, writer, reader, "propertyNames", _isLenient && areDeclaredValid && !isMap && !Names(writer).Any && Names(writer).Names.All(IsValidName), inner));

        bool IsValidName(string name) => IsEmpty(writer.Property(name)) || names.IsValid(Document.Element(name));
    }

    /// <summary>What the reader demands of the properties that it does not declare.</summary>
    /// <param name="writer">What values follow.</param>
    /// <param name="reader">The schema.</param>
    /// <param name="others">What it demands.</param>
    /// <param name="declaring">The schemas that declare properties for it.</param>
    /// <param name="place">The place of the object.</param>
    /// <param name="gaps">Receives what was not proved.</param>
    private void OfOthers(Conjunction writer, SchemaNode reader, SchemaNode others, IReadOnlyList<SchemaNode> declaring, Place place, List<Gap> gaps)
    {
        foreach (string name in writer.Declared.Where(name => !declaring.Any(node => node.Map("properties").ContainsKey(name) || node.Map("patternProperties").Keys.Any(pattern => Conjunction.Matches(pattern, name)))))
            Add(writer.Property(name), place.Property(writer, name), isDeclared: true);
        foreach (string pattern in writer.DeclaredPatterns.Where(pattern => !declaring.Any(node => node.Map("patternProperties").ContainsKey(pattern))))
            Add(writer.PatternProperty(pattern), place.PatternProperty(writer, pattern), isDeclared: true);
        Conjunction open = writer.OtherProperties;
        Add(open, place.OtherProperty(writer), isDeclared: open.Nodes.All(node => node.Json.ValueKind is System.Text.Json.JsonValueKind.True) || others.IsFalse);

        void Add(Conjunction given, Place at, bool isDeclared)
        {
            IReadOnlyList<Gap> inner = Find(given, others, at);
            if (inner.Count == 0)
                return;
            // A map's values are declared on both sides: what they demand of each other is not about unknown properties.
            if (isDeclared)
                gaps.Add(new Gap(SchemaChangeKind.UnknownProperty, at, given, others, "", _isLenient, inner));
            else
                gaps.AddRange(inner);
        }
    }

    // What is surely evaluated: by the schema itself, and by those that always hold with it.
    private void OfUnevaluated(Conjunction writer, SchemaNode reader, SchemaNode others, Place place, List<Gap> gaps)
    {
        List<SchemaNode> declaring = [];
        void Collect(SchemaNode node)
        {
            if (declaring.Contains(node))
                return;
            declaring.Add(node);
            if (node.Reference is { } target)
                Collect(target);
            foreach (SchemaNode part in node.List("allOf"))
                Collect(part);
        }

        Collect(reader);
        if (!declaring.Any(node => node.Child("additionalProperties") is not null || (node != reader && node.Child("unevaluatedProperties") is not null)))
            OfOthers(writer, reader, others, declaring, place, gaps);
    }
}
