using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.Patterns.Matching;

/// <summary>
/// One thread's workings while it matches: used for one event after another and for any set, so that matching allocates
/// nothing. What was noted for another event, or for another set, has another stamp.
/// </summary>
internal sealed unsafe class MatchRun
{
    [ThreadStatic]
    private static MatchRun? s_idle;

    private readonly EventScanner _scanner = new();
    private readonly ArrayConsistency _consistency;

    // The stamp in the upper bits, the outcome in the lowest two.
    private int[] _outcomes = new int[64];
    private int[] _judged = new int[64];
    private int[] _matched = new int[64];
    private int _stamp;
    private byte* _text;
    private int _length;
    private ICollection<string>? _names;

    private MatchRun() => _consistency = new ArrayConsistency(this);

    private enum Outcome
    {
        No,
        Yes,

        // The field may be absent, seen from an array's element.
        Perhaps,
    }

    public EventFields Fields { get; } = new();

    /// <summary>Whether any rule has matched.</summary>
    public bool HasMatched { get; private set; }

    /// <summary>The thread's workings, to be given back with <see cref="Return"/>.</summary>
    public static MatchRun Rent()
    {
        MatchRun run = s_idle ?? new MatchRun();
        s_idle = null;
        return run;
    }

    public static void Return(MatchRun run) => s_idle = run;

    /// <summary>Checks an event and finds its values at some paths.</summary>
    /// <exception cref="EventException">It is not an event.</exception>
    public void Read(ReadOnlySpan<byte> utf8Event, PathNode paths, int fieldCount)
    {
        _scanner.Scan(utf8Event);
        Fields.Clear(fieldCount);
        EventWalker.Collect(utf8Event.Slice(_scanner.Start), _scanner, paths, Fields);
    }

    /// <summary>Judges the rules of a partition by an event that has been read.</summary>
    /// <param name="utf8Event">The event.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="limits">The highest numbers of tests, conjunctions and rules.</param>
    /// <param name="names">Takes the names of the rules that match; <c>null</c> to know only whether any does.</param>
    public void Match(ReadOnlySpan<byte> utf8Event, Partition rules, (int Tests, int Conjunctions, int Rules) limits, ICollection<string>? names)
    {
        if (_stamp == int.MaxValue >> 2)
        {
            Array.Clear(_outcomes, 0, _outcomes.Length);
            Array.Clear(_judged, 0, _judged.Length);
            Array.Clear(_matched, 0, _matched.Length);
            _stamp = 0;
        }

        _stamp++;
        Ensure(ref _outcomes, limits.Tests);
        Ensure(ref _judged, limits.Conjunctions);
        Ensure(ref _matched, limits.Rules);
        _names = names;
        HasMatched = false;
        fixed (byte* text = utf8Event)
        {
            _text = text + _scanner.Start;
            _length = utf8Event.Length - _scanner.Start;
            rules.Visit(this);
        }

        _names = null;
    }

    /// <summary>A value's text.</summary>
    public ReadOnlySpan<byte> Text(int value) => Fields.Text(ref Fields.Value(value), new ReadOnlySpan<byte>(_text, _length));

    /// <summary>Judges a conjunction, unless it or its rule has been judged already.</summary>
    public void Judge(Conjunction conjunction)
    {
        if (_judged[conjunction.Number] == _stamp || _matched[conjunction.Rule] == _stamp)
        {
            return;
        }

        _judged[conjunction.Number] = _stamp;
        int inArrays = 0;
        bool perhaps = false;
        foreach (FieldTest test in conjunction.Tests)
        {
            Outcome outcome = Ask(test);
            if (outcome == Outcome.No)
            {
                return;
            }

            perhaps |= outcome == Outcome.Perhaps;
            inArrays += Fields.HasElements && Fields.IsInArray(test.Field.Number) ? 1 : 0;
        }

        // Only where two fields have values in array elements can these contradict each other.
        if ((inArrays > 1 || perhaps) && !_consistency.Holds(conjunction))
        {
            return;
        }

        _matched[conjunction.Rule] = _stamp;
        HasMatched = true;
        _names?.Add(conjunction.RuleName);
    }

    private Outcome Ask(FieldTest test)
    {
        ref int noted = ref _outcomes[test.Number];
        if (noted >> 2 == _stamp)
        {
            return (Outcome)(noted & 3);
        }

        Outcome outcome = Answer(test);
        noted = (_stamp << 2) | (int)outcome;
        return outcome;
    }

    private Outcome Answer(FieldTest test)
    {
        int at = Fields.First(test.Field.Number);
        if (at < 0)
        {
            return test.AcceptsAbsence ? Outcome.Yes : Outcome.No;
        }

        for (; at >= 0; at = Fields.Value(at).Next)
        {
            if (test.Accepts(Text(at), ref Fields.Value(at)))
            {
                return Outcome.Yes;
            }
        }

        return test.AcceptsAbsence && Fields.IsAllInArray(test.Field.Number) ? Outcome.Perhaps : Outcome.No;
    }

    private static void Ensure(ref int[] notes, int count)
    {
        if (notes.Length < count)
        {
            Array.Resize(ref notes, count * 2);
        }
    }
}
