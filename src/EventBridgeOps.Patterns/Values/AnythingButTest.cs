namespace EventBridgeOps.Patterns.Values;

/// <summary>Any present value, of any type, that none of the listed tests accepts.</summary>
internal sealed class AnythingButTest : ValueTest
{
    public AnythingButTest(ValueTest[] excluded)
        : base(Operator.AnythingBut) => Excluded = excluded;

    public ValueTest[] Excluded { get; }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value)
    {
        foreach (ValueTest excluded in Excluded)
        {
            if (excluded.Accepts(text, ref value))
            {
                return false;
            }
        }

        return true;
    }

    protected override bool SameAs(ValueTest other) => Excluded.AsSpan().SequenceEqual(((AnythingButTest)other).Excluded);

    protected override int ContentHash()
    {
        int hash = Excluded.Length;
        foreach (ValueTest excluded in Excluded)
        {
            hash = (hash * 31) + excluded.GetHashCode();
        }

        return hash;
    }
}
