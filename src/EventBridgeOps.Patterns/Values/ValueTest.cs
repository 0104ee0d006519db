namespace EventBridgeOps.Patterns.Values;

/// <summary>The operators of a pattern, as they are shown and counted.</summary>
internal enum Operator : byte
{
    Exact,
    Literal,
    Number,
    Address,
    Prefix,
    Suffix,
    IgnoreCase,
    PrefixIgnoreCase,
    SuffixIgnoreCase,
    Wildcard,
    Range,
    Cidr,
    Exists,
    AnythingBut,
}

/// <summary>One alternative of a pattern's field: does it accept a value? Immutable, and equal by content.</summary>
internal abstract class ValueTest : IEquatable<ValueTest>
{
    protected ValueTest(Operator op) => Op = op;

    public Operator Op { get; }

    /// <summary>Whether a present value passes.</summary>
    /// <param name="text">The value's text: a string's inside with its escapes resolved, or the token.</param>
    /// <param name="value">The value, which keeps what was found out about it.</param>
    public abstract bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value);

    public bool Equals(ValueTest? other) => other != null && (ReferenceEquals(this, other) || (Op == other.Op && SameAs(other)));

    public sealed override bool Equals(object? obj) => Equals(obj as ValueTest);

    public sealed override int GetHashCode() => ((int)Op * 397) ^ ContentHash();

    protected abstract bool SameAs(ValueTest other);

    protected abstract int ContentHash();
}

/// <summary>A test that compares bytes.</summary>
internal abstract class TextTest : ValueTest
{
    protected TextTest(Operator op, byte[] text)
        : base(op) => Text = text;

    public byte[] Text { get; }

    protected sealed override bool SameAs(ValueTest other) => Text.AsSpan().SequenceEqual(((TextTest)other).Text);

    protected sealed override int ContentHash() => ByteHash.Of(Text);
}
