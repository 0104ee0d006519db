namespace EventBridgeOps.Patterns.Values;

/// <summary>The same string.</summary>
internal sealed class ExactTest : TextTest
{
    public ExactTest(byte[] text)
        : base(Operator.Exact, text)
    {
    }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value) =>
        value.Kind == FieldValueKind.String && text.SequenceEqual(Text);
}

/// <summary>The same token: <c>true</c>, <c>false</c>, <c>null</c>, or a number written alike.</summary>
internal sealed class LiteralTest : TextTest
{
    public LiteralTest(byte[] text)
        : base(Operator.Literal, text)
    {
    }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value) =>
        value.Kind != FieldValueKind.String && text.SequenceEqual(Text);
}

/// <summary>A string that begins so.</summary>
internal sealed class PrefixTest : TextTest
{
    public PrefixTest(byte[] text)
        : base(Operator.Prefix, text)
    {
    }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value) =>
        value.Kind == FieldValueKind.String && text.StartsWith(Text);
}

/// <summary>A string that ends so.</summary>
internal sealed class SuffixTest : TextTest
{
    public SuffixTest(byte[] text)
        : base(Operator.Suffix, text)
    {
    }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value) =>
        value.Kind == FieldValueKind.String && text.EndsWith(Text);
}

/// <summary>Any value at all: <c>exists: true</c>.</summary>
internal sealed class ExistsTest : ValueTest
{
    public static readonly ExistsTest Instance = new();

    private ExistsTest()
        : base(Operator.Exists)
    {
    }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value) => true;

    protected override bool SameAs(ValueTest other) => true;

    protected override int ContentHash() => 1;
}
