using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Tells alternatives apart by a property that must be present and has listed values, for example <c>"type": { "const": "audio" }</c>.</summary>
internal sealed class Discriminators(SchemaSources sources)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, HashSet<string>>> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Conjunction> _alone = new(StringComparer.Ordinal);

    /// <summary>Whether it is sure that no object follows both, and nothing but objects the one.</summary>
    /// <param name="all">What follows only objects.</param>
    /// <param name="alternative">An alternative.</param>
    public bool Exclude(Conjunction all, SchemaNode alternative)
    {
        if (all.Types != JsonTypes.Object)
            return false;
        if (!_alone.TryGetValue(alternative.Id, out Conjunction? other))
            _alone[alternative.Id] = other = Conjunction.Of(sources, [alternative]);
        HashSet<string> required = all.Required;
        IReadOnlyDictionary<string, HashSet<string>> left = Of(all);
        return Of(other).Any(right => (required.Contains(right.Key) || other.Required.Contains(right.Key)) && left.TryGetValue(right.Key, out HashSet<string>? values) && !values.Overlaps(right.Value));
    }

    // The listed values of properties.
    private IReadOnlyDictionary<string, HashSet<string>> Of(Conjunction all)
    {
        if (_known.TryGetValue(all.Key, out IReadOnlyDictionary<string, HashSet<string>>? known))
            return known;
        Dictionary<string, HashSet<string>> listed = new(StringComparer.Ordinal);
        foreach (string name in all.Nodes.SelectMany(node => node.Map("properties")).Where(property => property.Value["const"] is not null || property.Value["enum"] is not null).Select(property => property.Key).Distinct())
        {
            if (all.Property(name).Values is { } values)
                listed[name] = new HashSet<string>(values.Select(JsonIdentity.Of), StringComparer.Ordinal);
        }

        return _known[all.Key] = listed;
    }
}
