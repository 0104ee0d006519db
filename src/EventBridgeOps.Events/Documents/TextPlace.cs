namespace EventBridgeOps.Events.Documents;

/// <summary>A place in a text, counted from 1; the column in UTF-16 units.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
public readonly record struct TextPlace(int Line, int Column)
{
    /// <summary>The beginning of a text.</summary>
    public static TextPlace Start { get; } = new(1, 1);

    /// <summary>The line and the column, as compilers write them: <c>12:5</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Line}:{Column}");
}

/// <summary>Where the values of a document are in its text: by JSON pointer (RFC 6901).</summary>
public sealed class TextPlaces
{
    private readonly Dictionary<string, (TextPlace Key, TextPlace Value)> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextPlace> _ends = new(StringComparer.Ordinal);

    /// <summary>The key that an object has twice, if there is one.</summary>
    public (string Key, TextPlace Place)? Twice { get; private set; }

    /// <summary>The first key or string that is not valid Unicode, if there is one.</summary>
    public TextPlace? NotUnicode { get; internal set; }

    /// <summary>The place of a value. For a value that is not in the text by itself, for example one that an alias repeats, that of what contains it.</summary>
    /// <param name="pointer">The JSON pointer.</param>
    public TextPlace Find(string pointer) => Look(pointer).Value;

    /// <summary>The place of the key of a value; of an element or the whole, that of the value.</summary>
    /// <param name="pointer">The JSON pointer.</param>
    public TextPlace FindKey(string pointer) => Look(pointer).Key;

    /// <summary>The place after a value of YAML; null if the value is not in the text by itself, or has an end only by what follows it, as a block has.</summary>
    /// <param name="pointer">The JSON pointer.</param>
    public TextPlace? FindEnd(string pointer) => _ends.TryGetValue(pointer, out TextPlace end) ? end : null;

    internal void Add(string pointer, TextPlace key, TextPlace value)
    {
        if (_places.ContainsKey(pointer))
            Twice ??= (JsonPointers.Last(pointer), key);
        _places[pointer] = (key, value);
    }

    internal void AddEnd(string pointer, TextPlace end) => _ends[pointer] = end;

    private (TextPlace Key, TextPlace Value) Look(string pointer)
    {
        while (true)
        {
            if (_places.TryGetValue(pointer, out (TextPlace, TextPlace) found))
                return found;
            if (pointer.LastIndexOf('/') is not (>= 0 and int end))
                return (TextPlace.Start, TextPlace.Start);
            pointer = pointer.Substring(0, end);
        }
    }
}
