namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>The value of an attribute. Immutable.</summary>
internal abstract class Value
{
    /// <summary>Its data type descriptor: S, N, B, BOOL, NULL, SS, NS, BS, L or M.</summary>
    public abstract string Type { get; }
}

internal sealed class TextValue(string text) : Value
{
    public override string Type => "S";

    public string Text { get; } = text;
}

internal sealed class NumberValue(DynamoNumber number) : Value
{
    public override string Type => "N";

    public DynamoNumber Number { get; } = number;

    public static NumberValue Of(int number) => new(DynamoNumber.Of(number));
}

internal sealed class BinaryValue(byte[] bytes) : Value
{
    public override string Type => "B";

    public byte[] Bytes { get; } = bytes;
}

internal sealed class FlagValue(bool flag) : Value
{
    public override string Type => "BOOL";

    public bool Flag { get; } = flag;
}

internal sealed class NullValue : Value
{
    public override string Type => "NULL";
}

/// <summary>A set of texts, numbers or binaries; the order of its elements says nothing.</summary>
internal sealed class SetValue(string type, IReadOnlyList<Value> elements) : Value
{
    public override string Type { get; } = type;

    public IReadOnlyList<Value> Elements { get; } = elements;

    public bool Has(Value element) => Elements.Any(own => Comparison.AreEqual(own, element));
}

internal sealed class ListValue(IReadOnlyList<Value> elements) : Value
{
    public override string Type => "L";

    public IReadOnlyList<Value> Elements { get; } = elements;
}

/// <summary>A map, which an item is too.</summary>
internal sealed class MapValue(IReadOnlyDictionary<string, Value> members) : Value
{
    public static MapValue Empty { get; } = new(new Dictionary<string, Value>());

    public override string Type => "M";

    public IReadOnlyDictionary<string, Value> Members { get; } = members;

    public Value? this[string name] => Members.TryGetValue(name, out Value? value) ? value : null;

    /// <summary>The map with only these of its members.</summary>
    public MapValue Only(IEnumerable<string> names)
    {
        Dictionary<string, Value> some = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (this[name] is { } value)
                some[name] = value;
        }

        return new(some);
    }
}
