namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>Which values are equal, and which of two is greater.</summary>
internal static class Comparison
{
    public static bool AreEqual(Value one, Value other) => (one, other) switch
    {
        (TextValue a, TextValue b) => a.Text == b.Text,
        (NumberValue a, NumberValue b) => a.Number.CompareTo(b.Number) == 0,
        (BinaryValue a, BinaryValue b) => Order(a.Bytes, b.Bytes) == 0,
        (FlagValue a, FlagValue b) => a.Flag == b.Flag,
        (NullValue, NullValue) => true,
        (SetValue a, SetValue b) => a.Type == b.Type && a.Elements.Count == b.Elements.Count && a.Elements.All(b.Has),
        (ListValue a, ListValue b) => a.Elements.Count == b.Elements.Count && a.Elements.Zip(b.Elements, AreEqual).All(equal => equal),
        (MapValue a, MapValue b) => a.Members.Count == b.Members.Count
            && a.Members.All(member => b[member.Key] is { } value && AreEqual(member.Value, value)),
        _ => false,
    };

    /// <summary>Which of two texts, numbers or binaries is greater; null if they have no order.</summary>
    /// <remarks>Texts and binaries are in the order of their bytes, which are unsigned; texts of their UTF-8.</remarks>
    public static int? Order(Value one, Value other) => (one, other) switch
    {
        (TextValue a, TextValue b) => Order(a.Text, b.Text),
        (NumberValue a, NumberValue b) => a.Number.CompareTo(b.Number),
        (BinaryValue a, BinaryValue b) => Order(a.Bytes, b.Bytes),
        _ => null,
    };

    public static bool StartsWith(Value value, Value beginning) => (value, beginning) switch
    {
        (TextValue a, TextValue b) => a.Text.StartsWith(b.Text, StringComparison.Ordinal),
        (BinaryValue a, BinaryValue b) => a.Bytes.Take(b.Bytes.Length).SequenceEqual(b.Bytes),
        _ => false,
    };

    /// <summary>Whether a text or binary has another in it, or a list or set has an element.</summary>
    public static bool Contains(Value value, Value part) => (value, part) switch
    {
        (TextValue a, TextValue b) => a.Text.Contains(b.Text),
        (BinaryValue a, BinaryValue b) => Has(a.Bytes, b.Bytes),
        (SetValue set, _) => set.Has(part),
        (ListValue list, _) => list.Elements.Any(element => AreEqual(element, part)),
        _ => false,
    };

    private static bool Has(byte[] bytes, byte[] part) =>
        Enumerable.Range(0, Math.Max(0, bytes.Length - part.Length + 1)).Any(start => bytes.Skip(start).Take(part.Length).SequenceEqual(part));

    private static int Order(byte[] one, byte[] other)
    {
        for (int index = 0; index < one.Length && index < other.Length; index++)
        {
            if (one[index] != other[index])
                return one[index].CompareTo(other[index]);
        }

        return one.Length.CompareTo(other.Length);
    }

    /// <summary>The order of UTF-8: as that of UTF-16, but that surrogates are greater than all else.</summary>
    private static int Order(string one, string other)
    {
        for (int index = 0; index < one.Length && index < other.Length; index++)
        {
            if (one[index] != other[index])
                return char.IsSurrogate(one[index]) == char.IsSurrogate(other[index]) ? one[index].CompareTo(other[index]) : char.IsSurrogate(one[index]) ? 1 : -1;
        }

        return one.Length.CompareTo(other.Length);
    }
}
