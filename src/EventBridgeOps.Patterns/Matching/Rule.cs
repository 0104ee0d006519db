using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Matching;

/// <summary>A path that some rule asks for.</summary>
internal sealed class Field
{
    public Field(string path, int number)
    {
        Path = path;
        Number = number;
    }

    public string Path { get; }

    public int Number { get; }

    /// <summary>How many tests there are of it.</summary>
    public int Uses { get; set; }
}

/// <summary>What one or many rules ask of a field: any of some tests. Equal ones are one object, and are asked once an event.</summary>
internal sealed class FieldTest : IEquatable<FieldTest>
{
    // Beyond so many plain strings, a look-up is quicker than one comparison after another.
    private const int ManyStrings = 8;

    private readonly ByteMap<ValueTest>? _strings;
    private readonly ValueTest[] _others;

    public FieldTest(Field field, ValueTest[] tests, bool acceptsAbsence)
    {
        Field = field;
        Tests = tests;
        AcceptsAbsence = acceptsAbsence;
        _others = tests;
        if (tests.Count(t => t is ExactTest) >= ManyStrings)
        {
            _strings = new ByteMap<ValueTest>();
            foreach (ExactTest test in tests.OfType<ExactTest>())
            {
                _strings.Add(test.Text, ByteHash.Of(test.Text), test);
            }

            _others = tests.Where(t => t is not ExactTest).ToArray();
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

        foreach (ValueTest test in _others)
        {
            if (test.Accepts(text, ref value))
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

/// <summary>Tests that must all pass, in the ordinal order of their paths. A rule has one, or one for each combination of <c>$or</c>.</summary>
internal sealed class Conjunction
{
    public Conjunction(string ruleName, int rule, int number, FieldTest[] tests)
    {
        RuleName = ruleName;
        Rule = rule;
        Number = number;
        Tests = tests;
    }

    public string RuleName { get; }

    /// <summary>The rule's number, by which a run notes that it has matched.</summary>
    public int Rule { get; }

    /// <summary>The conjunction's number, by which a run notes that it has been judged.</summary>
    public int Number { get; }

    public FieldTest[] Tests { get; }
}
