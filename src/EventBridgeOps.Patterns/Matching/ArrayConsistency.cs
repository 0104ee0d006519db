using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.Patterns.Matching;

/// <summary>
/// Whether a conjunction whose tests all pass one by one can pass with values that are not from different elements of one
/// array. Paths are taken in their order, each with every choice that is consistent with those before; the absence of a field
/// is judged by what has been chosen so far. Choices that cannot matter any more are forgotten, and what failed once is not
/// tried again, so that independent arrays do not multiply.
/// </summary>
internal sealed class ArrayConsistency
{
    /// <summary>Beyond so many steps, which no sane event needs, the event is refused.</summary>
    public const int MaxSteps = 1_000_000;

    // Until then, keeping a record costs more than it saves.
    private const int StepsWithoutRecord = 64;

    private readonly MatchRun _run;
    private readonly List<int> _chosen = [];
    private readonly List<List<int>> _candidates = [];
    private readonly List<List<int>> _all = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private int[] _lastUse = [];
    private FieldTest[] _tests = [];
    private int _steps;

    public ArrayConsistency(MatchRun run) => _run = run;

    private EventFields Fields => _run.Fields;

    public bool Holds(Conjunction conjunction)
    {
        _tests = conjunction.Tests;
        _chosen.Clear();
        _failed.Clear();
        _steps = 0;
        if (_lastUse.Length < Fields.ArrayCount)
        {
            _lastUse = new int[Fields.ArrayCount * 2];
        }

        Array.Clear(_lastUse, 0, Fields.ArrayCount);
        for (int i = 0; i < _tests.Length; i++)
        {
            Gather(i);
        }

        return From(0);
    }

    // The array elements that hold a test's values: of those that pass, and of all where absence is asked for.
    private void Gather(int i)
    {
        if (_candidates.Count == i)
        {
            _candidates.Add([]);
            _all.Add([]);
        }

        List<int> candidates = _candidates[i];
        List<int> all = _all[i];
        candidates.Clear();
        all.Clear();
        for (int at = Fields.First(_tests[i].Field.Number); at >= 0; at = Fields.Value(at).Next)
        {
            int element = Fields.Value(at).Membership;
            if (_tests[i].AcceptsAbsence)
            {
                Append(all, element, i);
            }

            if (_tests[i].Accepts(_run.Text(at), ref Fields.Value(at)))
            {
                Append(candidates, element, i);
            }
        }

        // The text's order is the elements' own, unless a key occurs twice or has a dot.
        candidates.Sort();
        all.Sort();
    }

    private void Append(List<int> elements, int element, int test)
    {
        if (elements.Count > 0 && elements[elements.Count - 1] == element)
        {
            return;
        }

        elements.Add(element);
        for (; element != 0; element = Fields.ElementAt(element).Parent)
        {
            _lastUse[Fields.ElementAt(element).Array] = test;
        }
    }

    private bool From(int i)
    {
        if (i == _tests.Length)
        {
            return true;
        }

        if (++_steps > MaxSteps)
        {
            throw new EventException(EventsTexts.ArraysTooComplex(), 1, 1);
        }

        string? state = _steps > StepsWithoutRecord ? State(i) : null;
        if (state != null && _failed.Contains(state))
        {
            return false;
        }

        if (_tests[i].AcceptsAbsence && NextConsistent(_all[i], 0) < 0 && From(i + 1))
        {
            return true;
        }

        List<int> candidates = _candidates[i];
        for (int at = NextConsistent(candidates, 0); at >= 0; at = NextConsistent(candidates, at + 1))
        {
            _chosen.Add(candidates[at]);
            if (From(i + 1))
            {
                return true;
            }

            _chosen.RemoveAt(_chosen.Count - 1);
        }

        if (state != null)
        {
            _failed.Add(state);
        }

        return false;
    }

    // The next element that is consistent with all that are chosen; whole arrays are leapt over.
    private int NextConsistent(List<int> elements, int from)
    {
        while (from < elements.Count)
        {
            int next = from;
            foreach (int chosen in _chosen)
            {
                if (!Fields.AreConsistent(elements[from], chosen, out int rival, out int mine))
                {
                    next = Math.Max(next, FirstFrom(elements, from + 1, rival < mine ? mine : Fields.EndOf(Fields.ElementAt(mine).Array)));
                }
            }

            if (next == from)
            {
                return from;
            }

            from = next;
        }

        return -1;
    }

    private static int FirstFrom(List<int> elements, int from, int least)
    {
        int at = elements.BinarySearch(from, elements.Count - from, least, null);
        return at < 0 ? ~at : at;
    }

    // What is still to come depends only on the chosen elements of arrays that hold values of the tests to come.
    private string State(int i)
    {
        HashSet<int> relevant = [];
        foreach (int chosen in _chosen)
        {
            for (int element = chosen; element != 0; element = Fields.ElementAt(element).Parent)
            {
                if (_lastUse[Fields.ElementAt(element).Array] >= i)
                {
                    relevant.Add(element);
                }
            }
        }

        return i + ":" + string.Join(",", relevant.OrderBy(e => e));
    }
}
