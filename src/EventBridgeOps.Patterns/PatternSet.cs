using System.Diagnostics.CodeAnalysis;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Matching;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns;

/// <summary>
/// Rules, one or a hundred thousand, that are matched together: the cost of an event hardly depends on their number, only on
/// how many come near to matching. Safe for concurrent use: events may be matched while rules are added and removed.
/// Matching allocates nothing beyond its result.
/// </summary>
/// <remarks>
/// Bounds: an event is read once, in time linear in its length; a value costs time linear in its length for each distinct
/// length of affix and each wildcard that begins as the value does, logarithmic for numbers and addresses; each conjunction
/// that comes near is judged once, its wildcards without ever going back. Limits of an event: 16 MiB, 1,000 levels, 250,000
/// fields, numbers of 1,000 characters; beyond them it is rejected with an <see cref="EventException"/>.
/// </remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The lock holds a handle only while threads wait for it, and frees it by itself.")]
public sealed class PatternSet
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<string, Conjunction> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<FieldTest, FieldTest> _tests = [];
    private readonly Numbers _fieldNumbers = new();
    private readonly Numbers _testNumbers = new();
    private readonly Numbers _conjunctionNumbers = new();
    private readonly Numbers _ruleNumbers = new();
    private readonly PathNode _paths = PathNode.Root();
    private Partition _all = new();

    /// <summary>The number of rules.</summary>
    public int Count
    {
        get
        {
            _lock.EnterReadLock();
            try
            {
                return _rules.Count;
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }
    }

    /// <summary>Whether nothing is kept for any rule.</summary>
    internal bool IsBlank =>
        _rules.Count == 0 && _fields.Count == 0 && _tests.Count == 0 && !_paths.HasChildren && _all.Count == 0
        && _fieldNumbers.InUse == 0 && _testNumbers.InUse == 0 && _conjunctionNumbers.InUse == 0 && _ruleNumbers.InUse == 0;

    /// <summary>Adds a rule.</summary>
    /// <param name="name">Its name, under which matches are reported.</param>
    /// <param name="pattern">Its pattern.</param>
    /// <exception cref="ArgumentException">The set already contains a rule with that name.</exception>
    public void Add(string name, EventPattern pattern)
    {
        _lock.EnterWriteLock();
        try
        {
            if (_rules.ContainsKey(name))
            {
                throw new ArgumentException(PatternTexts.RuleExists(name), nameof(name));
            }

            int rule = _ruleNumbers.Take();
            Conjunction? all = null;
            foreach (PathTest[] tests in pattern.Conjunctions)
            {
                all = new Conjunction(name, rule, _conjunctionNumbers.Take(), Array.ConvertAll(tests, Intern), all);
                _all.Add(all, null);
            }

            _rules.Add(name, all!);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Removes a rule.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False if the set has no rule with that name.</returns>
    public bool Remove(string name)
    {
        _lock.EnterWriteLock();
        try
        {
            if (!_rules.TryGetValue(name, out Conjunction? first))
            {
                return false;
            }

            _rules.Remove(name);
            _ruleNumbers.Free(first.Rule);
            bool isMost = 2 * first.Length() >= _all.Count;
            if (isMost)
            {
                Refile();
            }

            for (Conjunction? conjunction = first; conjunction != null; conjunction = conjunction.Next)
            {
                if (!isMost)
                {
                    _all.Remove(conjunction, null);
                }

                _conjunctionNumbers.Free(conjunction.Number);
                Array.ForEach(conjunction.Tests, Release);
            }

            return true;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>The names of all rules that match an event, each once, in no particular order.</summary>
    /// <param name="jsonEvent">The event, a JSON object; text after its closing brace is ignored.</param>
    /// <exception cref="EventException">The text is not an event.</exception>
    public IReadOnlyList<string> Match(string jsonEvent) => Match(EventText.ToUtf8(jsonEvent));

    /// <summary>The names of all rules that match an event, each once, in no particular order.</summary>
    /// <param name="utf8Event">The event, a JSON object in UTF-8; text after its closing brace is ignored.</param>
    /// <exception cref="EventException">The text is not an event.</exception>
    public IReadOnlyList<string> Match(ReadOnlySpan<byte> utf8Event)
    {
        List<string> names = [];
        Match(utf8Event, names);
        return names;
    }

    /// <summary>Adds the names of all rules that match an event, each once, in no particular order, to a collection.</summary>
    /// <param name="utf8Event">The event, a JSON object in UTF-8; text after its closing brace is ignored.</param>
    /// <param name="names">Receives the names.</param>
    /// <exception cref="EventException">The text is not an event; no name has been added.</exception>
    public void Match(ReadOnlySpan<byte> utf8Event, ICollection<string> names) => Run(utf8Event, names);

    /// <summary>Whether any rule matches an event.</summary>
    internal bool MatchesAny(ReadOnlySpan<byte> utf8Event) => Run(utf8Event, null);

    private bool Run(ReadOnlySpan<byte> utf8Event, ICollection<string>? names)
    {
        MatchRun run = MatchRun.Rent();
        _lock.EnterReadLock();
        try
        {
            run.Read(utf8Event, _paths, _fieldNumbers.Limit);
            run.Match(utf8Event, _all, (_testNumbers.Limit, _conjunctionNumbers.Limit, _ruleNumbers.Limit), names);
            return run.HasMatched;
        }
        finally
        {
            _lock.ExitReadLock();
            MatchRun.Return(run);
        }
    }

    // To file those that stay takes less than to look for each of the many that go.
    private void Refile()
    {
        _all = new Partition();
        foreach (Conjunction first in _rules.Values)
        {
            for (Conjunction? conjunction = first; conjunction != null; conjunction = conjunction.Next)
            {
                _all.Add(conjunction, null);
            }
        }
    }

    private FieldTest Intern(PathTest path)
    {
        if (!_fields.TryGetValue(path.Path, out Field? field))
        {
            field = new Field(path.Path, _fieldNumbers.Take());
            _fields.Add(path.Path, field);
            _paths.Add(path.Path, field.Number);
        }

        FieldTest wanted = new(field, path.Tests, path.AcceptsAbsence);
        if (!_tests.TryGetValue(wanted, out FieldTest? test))
        {
            test = wanted;
            test.Number = _testNumbers.Take();
            _tests.Add(test, test);
            field.Uses++;
        }

        test.Uses++;
        return test;
    }

    private void Release(FieldTest test)
    {
        if (--test.Uses > 0)
        {
            return;
        }

        _tests.Remove(test);
        _testNumbers.Free(test.Number);
        Field field = test.Field;
        if (--field.Uses == 0)
        {
            _fields.Remove(field.Path);
            _paths.Remove(field.Path);
            _fieldNumbers.Free(field.Number);
        }
    }
}

/// <summary>Small numbers, given out and taken back, so that notes can be kept in arrays.</summary>
internal sealed class Numbers
{
    private readonly Stack<int> _free = new();

    /// <summary>One more than the highest number given out.</summary>
    public int Limit { get; private set; }

    public int InUse => Limit - _free.Count;

    public int Take() => _free.Count > 0 ? _free.Pop() : Limit++;

    public void Free(int number) => _free.Push(number);
}
