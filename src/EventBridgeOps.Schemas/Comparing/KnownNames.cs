namespace EventBridgeOps.Schemas.Comparing;

/// <summary>The names of properties that producers know, since their schema has them: by a schema of its own, or otherwise, for example as required.</summary>
/// <remarks>The lenient policy takes only what producers do not know for harmless. Where a schema can demand a name without saying it, all names count as known.</remarks>
internal sealed class KnownNames
{
    private const int MostDepth = 50;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Whether any name must be taken for known.</summary>
    public bool Any { get; private set; }

    /// <summary>The names.</summary>
    public IReadOnlyCollection<string> Names => _names;

    public bool Has(string name) => Any || _names.Contains(name);

    /// <summary>The names that the schemas at a place have.</summary>
    /// <param name="nodes">The schemas at the place.</param>
    public static KnownNames Of(IReadOnlyCollection<SchemaNode> nodes)
    {
        KnownNames known = new();
        foreach (SchemaNode node in nodes)
            known.Add(node);
        // More properties than can have known names are demanded.
        decimal least = nodes.Select(node => node["minProperties"] is null ? 0 : node.Number("minProperties") ?? decimal.MaxValue).DefaultIfEmpty(0).Max();
        if (least > 0)
            known.Any |= nodes.Any(node => node.Map("patternProperties").Count > 0) || least > known._names.Count(name => nodes.All(node => Allows(node, name)));
        return known;
    }

    private static bool Allows(SchemaNode node, string name) =>
        !(node.Map("properties").TryGetValue(name, out SchemaNode? property) && property.IsFalse) && (node.Child("propertyNames")?.IsValid(Events.Documents.Document.Element(name)) ?? true);

    private void Add(SchemaNode node)
    {
        _names.UnionWith(node.Map("properties").Keys);
        _names.UnionWith(node.Texts("required"));
        foreach ((string name, IReadOnlyList<string> needs) in node.DependentNames)
            _names.UnionWith([name, .. needs]);
        _names.UnionWith(node.DependentSchemas.Select(dependent => dependent.Key));
        if (node.Child("propertyNames") is { } names)
            AddListed(names, 0);
        // Where these lead is not known.
        Any |= node.Keywords.Any(keyword => keyword is "$dynamicRef" or "$recursiveRef") || (node["$ref"] is not null && node.Reference is null);
        foreach (SchemaNode? inner in (SchemaNode?[])[node.Child("not"), node.Child("if")])
        {
            if (inner is not null)
                AddAll(inner, inner == node.Child("not"), 0);
        }
    }

    private void AddListed(SchemaNode names, int depth)
    {
        _names.UnionWith(names.Texts("enum"));
        _names.UnionWith(names.Texts("const"));
        Any |= depth > MostDepth;
        if (Any)
            return;
        foreach (SchemaNode other in Conjunction.InPlace(names))
            AddListed(other, depth + 1);
    }

    // What is excluded can demand names: a property without which an object would be refused.
    private void AddAll(SchemaNode node, bool isExcluded, int depth)
    {
        Add(node);
        Any |= depth > MostDepth || (isExcluded && ((string[])["maxProperties", "propertyNames", "patternProperties", "additionalProperties", "unevaluatedProperties", "const", "enum"]).Any(keyword => node[keyword] is not null));
        if (Any)
            return;
        foreach (SchemaNode other in Conjunction.InPlace(node))
            AddAll(other, isExcluded, depth + 1);
    }
}
