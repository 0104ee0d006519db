namespace EventBridgeOps.Patterns.Matching;

/// <summary>
/// Conjunctions that have something in common. While they are few they are judged one by one; when there are more, they are
/// divided by the field whose test lets the fewest through, and so on: a tree that is as deep as the rules need. A conjunction
/// stands once under each alternative of the test that it is filed by, so an event meets only those that it may match.
/// </summary>
internal sealed class Partition
{
    // Up to so many, judging each is as quick as looking it up.
    private const int Few = 16;

    // From so many tables on, the event's fields are looked up among them rather than they among the event's.
    private const int ManyTables = 8;

    private Conjunction[] _direct = [];
    private int _directCount;
    private FieldTable[]? _tables;

    /// <summary>How many conjunctions are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Files a conjunction.</summary>
    /// <param name="conjunction">What to file.</param>
    /// <param name="filedBy">The fields by which it has been filed on the way here.</param>
    public void Add(Conjunction conjunction, FiledBy? filedBy)
    {
        Count++;
        if (_tables == null)
        {
            if (_directCount < Few)
            {
                AddDirect(conjunction);
                return;
            }

            Conjunction[] all = _direct;
            int count = _directCount;
            _direct = [];
            _directCount = 0;
            _tables = [];
            for (int i = 0; i < count; i++)
            {
                File(all[i], filedBy);
            }
        }

        File(conjunction, filedBy);
    }

    /// <summary>Takes a conjunction out.</summary>
    /// <returns>False if it is not here.</returns>
    public bool Remove(Conjunction conjunction, FiledBy? filedBy)
    {
        int at = Array.IndexOf(_direct, conjunction, 0, _directCount);
        if (at >= 0)
        {
            _direct[at] = _direct[--_directCount];
            _direct[_directCount] = null!;
            Shrink();
        }
        else if (!RemoveFiled(conjunction, filedBy))
        {
            return false;
        }

        if (--Count == 0)
        {
            _tables = null;
            _direct = [];
        }

        return true;
    }

    /// <summary>Judges every conjunction here that the event may match.</summary>
    public void Visit(MatchRun run)
    {
        for (int i = 0; i < _directCount; i++)
        {
            run.Judge(_direct[i]);
        }

        if (_tables == null)
        {
            return;
        }

        if (_tables.Length < ManyTables)
        {
            foreach (FieldTable table in _tables)
            {
                table.Visit(run);
            }

            return;
        }

        for (int i = 0; i < run.Fields.PresentCount; i++)
        {
            TableOf(run.Fields.Present[i])?.Visit(run);
        }

        foreach (FieldTable table in _tables)
        {
            if (table.HasAbsent && run.Fields.First(table.Field.Number) < 0)
            {
                table.Visit(run);
            }
        }
    }

    private void File(Conjunction conjunction, FiledBy? filedBy)
    {
        FieldTest? best = null;
        double bestCost = double.MaxValue;
        foreach (FieldTest test in conjunction.Tests)
        {
            if (FiledBy.Has(filedBy, test.Field))
            {
                continue;
            }

            double cost = FieldTable.Cost(test, TableOf(test.Field.Number));
            if (cost < bestCost)
            {
                bestCost = cost;
                best = test;
            }
        }

        if (best == null)
        {
            AddDirect(conjunction);
            return;
        }

        FieldTable? table = TableOf(best.Field.Number);
        if (table == null)
        {
            table = new FieldTable(best.Field);
            _tables = [.. _tables!.Append(table).OrderBy(t => t.Field.Number)];
        }

        table.Add(best, conjunction, new FiledBy(best.Field, filedBy));
    }

    private bool RemoveFiled(Conjunction conjunction, FiledBy? filedBy)
    {
        foreach (FieldTest test in conjunction.Tests)
        {
            if (_tables != null && !FiledBy.Has(filedBy, test.Field) && TableOf(test.Field.Number) is { } table
                && table.Remove(test, conjunction, new FiledBy(test.Field, filedBy)))
            {
                if (table.IsEmpty)
                {
                    _tables = Array.FindAll(_tables, t => t != table);
                }

                return true;
            }
        }

        return false;
    }

    private FieldTable? TableOf(int field)
    {
        int from = 0;
        int to = _tables!.Length;
        while (from < to)
        {
            int middle = (from + to) >>> 1;
            int order = _tables[middle].Field.Number - field;
            if (order == 0)
            {
                return _tables[middle];
            }

            if (order < 0)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return null;
    }

    private void AddDirect(Conjunction conjunction)
    {
        if (_directCount == _direct.Length)
        {
            Array.Resize(ref _direct, Math.Max(1, _directCount * 2));
        }

        _direct[_directCount++] = conjunction;
    }

    private void Shrink()
    {
        if (_directCount * 4 <= _direct.Length)
        {
            Array.Resize(ref _direct, _directCount);
        }
    }
}

/// <summary>The fields by which a conjunction has been filed, the last one first.</summary>
internal sealed record FiledBy(Field Field, FiledBy? Before)
{
    public static bool Has(FiledBy? filedBy, Field field)
    {
        for (; filedBy != null; filedBy = filedBy.Before)
        {
            if (ReferenceEquals(filedBy.Field, field))
            {
                return true;
            }
        }

        return false;
    }
}
