using System.Runtime.CompilerServices;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Proves that no value follows all schemas of a conjunction. What is not proved is taken to have values.</summary>
/// <param name="inclusion">Proves that one schema is in another, for <c>not</c>.</param>
/// <param name="budget">What is left to be tried.</param>
internal sealed class Emptiness(Inclusion inclusion, Budget budget)
{
    private const int MostItems = 20;
    private const int MostDepth = 60;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public bool IsEmpty(Conjunction all)
    {
        if (all.IsFalse || all.Types == JsonTypes.None)
            return true;
        if (all.Nodes.Count == 0)
            return false;
        if (_known.TryGetValue(all.Key, out bool known))
            return known;
        // Within itself it is taken to have values: only what ends is a proof.
        if (_open.Count > MostDepth || !budget.Take() || !_open.Add(all.Key))
            return false;
        try
        {
            bool isEmpty = Decide(all);
            if (isEmpty || _open.Count == 1)
                _known[all.Key] = isEmpty;
            return isEmpty;
        }
        finally
        {
            _open.Remove(all.Key);
        }
    }

    private bool Decide(Conjunction all)
    {
        if (all.Values is { } values)
            return values.Count == 0;
        if (all.Nodes.Any(node => node.Child("not") is { } excluded && IsWithin(all, excluded)))
            return true;
        if (JsonTypeNames.All.Where(type => type.Type != JsonTypes.Number && (all.Types & type.Type) != 0).All(type => IsEmptyOf(all, type.Type)) && ((all.Types & JsonTypes.Fraction) == 0 || IsEmptyOf(all, JsonTypes.Fraction)))
            return true;
        return all.Choices.Count > 0 && all.Split().All(IsEmpty);
    }

    // That all of it is excluded is proved with the exclusion itself among what holds: if it is, nothing is left either way.
    private bool IsWithin(Conjunction all, SchemaNode excluded) => all.Nodes.Any(other => SameMeaning.Of(other, excluded)) || inclusion.IsProved(all, excluded);

    private bool IsEmptyOf(Conjunction all, JsonTypes type) => type switch
    {
        JsonTypes.Integer => IsEmptyRange(all, mayBeFraction: false),
        JsonTypes.Fraction => IsEmptyRange(all, mayBeFraction: true),
        JsonTypes.String => all.Most("maxLength") < all.Least("minLength"),
        JsonTypes.Array => IsEmptyArray(all),
        JsonTypes.Object => IsEmptyObject(all),
        _ => false,
    };

    private static bool IsEmptyRange(Conjunction all, bool mayBeFraction)
    {
        if (mayBeFraction && all.Divisors.Any(divisor => decimal.Truncate(divisor) == divisor))
            return true;
        return all.Maximum is { } maximum && all.Minimum is { } minimum && (maximum.Value < minimum.Value || (maximum.Value == minimum.Value && (maximum.IsExclusive || minimum.IsExclusive)));
    }

    private bool IsEmptyArray(Conjunction all)
    {
        decimal least = all.Least("minItems");
        decimal? most = all.MostItems;
        if (most < least)
            return true;
        int first = Math.Min(all.FirstItemCount, MostItems);
        for (int i = 0; i <= first && i < least; i++)
        {
            if (IsEmpty(all.Item(i)))
                return true;
        }

        foreach (SchemaNode node in all.Nodes)
        {
            if (node.Child("contains") is not { } kind || (node.Number("minContains") ?? 1) < 1)
                continue;
            if (most == 0 || (all.FirstItemCount <= MostItems && Enumerable.Range(0, all.FirstItemCount + 1).Where(index => most is null || index < most).All(index => IsEmpty(all.Item(index).And(kind)))))
                return true;
        }

        return false;
    }

    private bool IsEmptyObject(Conjunction all)
    {
        HashSet<string> required = all.Required;
        return all.Most("maxProperties") < Math.Max(all.Least("minProperties"), required.Count) || required.Any(name => IsEmpty(all.Property(name)));
    }
}

/// <summary>How much may be tried before it is said that the answer is not known.</summary>
/// <param name="steps">The number of steps.</param>
/// <param name="cancellation">Ends the trying.</param>
internal sealed class Budget(int steps, CancellationToken cancellation = default)
{
    private int _left = steps;

    public bool IsSpent => _left <= 0;

    /// <summary>How many steps were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Takes a step; false if none is left.</summary>
    /// <exception cref="OperationCanceledException">The comparison was canceled.</exception>
    /// <exception cref="InsufficientExecutionStackException">The schemas lead too deep.</exception>
    public bool Take()
    {
        cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Taken++;
        return --_left > 0;
    }
}
