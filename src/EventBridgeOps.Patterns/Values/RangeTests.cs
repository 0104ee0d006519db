namespace EventBridgeOps.Patterns.Values;

/// <summary>A test that accepts what stands between two keys, both of them included.</summary>
internal abstract class RangeTest : ValueTest
{
    protected RangeTest(Operator op, SortKey low, SortKey high)
        : base(op)
    {
        Low = low;
        High = high;
    }

    public SortKey Low { get; }

    public SortKey High { get; }

    protected override bool SameAs(ValueTest other) => other is RangeTest range && range.Low == Low && range.High == High;

    protected sealed override int ContentHash() => Low.GetHashCode() ^ High.GetHashCode();
}

/// <summary>A number within bounds; a single number where these are equal.</summary>
internal sealed class NumberTest : RangeTest
{
    public NumberTest(SortKey low, SortKey high)
        : base(low == high ? Operator.Number : Operator.Range, low, high)
    {
    }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value) =>
        value.TryNumber(text, out SortKey key) && key >= Low && key <= High && value.IsComparable(text);
}

/// <summary>An IP address within a block; a single address where its ends are equal.</summary>
internal sealed class AddressTest : RangeTest
{
    public AddressTest(SortKey low, SortKey high, bool isV4)
        : base(low == high ? Operator.Address : Operator.Cidr, low, high) => IsV4 = isV4;

    public bool IsV4 { get; }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value) =>
        value.TryAddress(text, out SortKey address, out bool isV4) && isV4 == IsV4 && address >= Low && address <= High;

    protected override bool SameAs(ValueTest other) => base.SameAs(other) && ((AddressTest)other).IsV4 == IsV4;
}
