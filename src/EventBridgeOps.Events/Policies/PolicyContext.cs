namespace EventBridgeOps.Events.Policies;

/// <summary>The condition keys of a request: those with a value, those that the request surely does not have, and all others, which are unknown.</summary>
/// <remarks>The names of keys ignore case. Immutable.</remarks>
public sealed class PolicyContext
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values;

    private PolicyContext(Dictionary<string, IReadOnlyList<string>> values, bool isWhole) => (_values, IsWhole) = (values, isWhole);

    /// <summary>A context in which each key is unknown.</summary>
    public static PolicyContext Empty { get; } = new(new(StringComparer.OrdinalIgnoreCase), isWhole: false);

    /// <summary>A context without any key.</summary>
    public static PolicyContext None { get; } = new(new(StringComparer.OrdinalIgnoreCase), isWhole: true);

    /// <summary>Whether a key that is not here is absent from the request, and not just unknown.</summary>
    public bool IsWhole { get; }

    /// <summary>The context with a value of a key, or several.</summary>
    /// <param name="key">The key: <c>aws:SourceArn</c>.</param>
    /// <param name="values">Its values.</param>
    public PolicyContext With(string key, params string[] values) => Changed(changed => changed[key] = values);

    /// <summary>The context with keys that the request surely does not have.</summary>
    /// <param name="keys">The keys.</param>
    public PolicyContext Without(params string[] keys) => Changed(changed =>
    {
        foreach (string key in keys)
            changed[key] = [];
    });

    /// <summary>The values of a key; empty if the request does not have it, null if that is unknown.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<string>? Find(string key) => _values.TryGetValue(key, out IReadOnlyList<string>? values) ? values : IsWhole ? [] : null;

    private PolicyContext Changed(Action<Dictionary<string, IReadOnlyList<string>>> change)
    {
        Dictionary<string, IReadOnlyList<string>> changed = new(_values, StringComparer.OrdinalIgnoreCase);
        change(changed);
        return new(changed, IsWhole);
    }
}
