using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Matching;

/// <summary>What one or many rules ask of a field: any of some tests. Equal ones are one object, and are asked once an event.</summary>
internal sealed class FieldTest : IEquatable<FieldTest>
{
    // Beyond so many plain strings, a look-up is quicker than one comparison after another.
    private const int ManyStrings = 8;

    private readonly ByteMap<ValueTest>? _strings;

    public FieldTest(Field field, ValueTest[] tests, bool acceptsAbsence)
    {
        Field = field;
        Tests = tests;
        AcceptsAbsence = acceptsAbsence;
        if (tests.Count(t => t is ExactTest) >= ManyStrings)
        {
            _strings = new ByteMap<ValueTest>();
            foreach (ExactTest test in tests.OfType<ExactTest>())
            {
                _strings.Add(test.Text, ByteHash.Of(test.Text), test);
            }
        }
    }

    public Field Field { get; }

    public ValueTest[] Tests { get; }

    public bool AcceptsAbsence { get; }

    /// <summary>The test's number, by which a run notes its outcome.</summary>
    public int Number { get; set; }

    /// <summary>How many conjunctions use it.</summary>
    public int Uses { get; set; }

    /// <summary>Whether a present value passes.</summary>
    public bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value)
    {
        if (_strings != null && value.Kind == FieldValueKind.String && _strings.Find(text) != null)
        {
            return true;
        }

        foreach (ValueTest test in Tests)
        {
            if ((_strings == null || test.Op != Operator.Exact) && test.Accepts(text, ref value))
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(FieldTest? other) =>
        other != null && ReferenceEquals(Field, other.Field) && AcceptsAbsence == other.AcceptsAbsence && Tests.AsSpan().SequenceEqual(other.Tests);

    public override bool Equals(object? obj) => Equals(obj as FieldTest);

    public override int GetHashCode()
    {
        int hash = (Field.Number * 2) + (AcceptsAbsence ? 1 : 0);
        foreach (ValueTest test in Tests)
        {
            hash = (hash * 31) + test.GetHashCode();
        }

        return hash;
    }
}
