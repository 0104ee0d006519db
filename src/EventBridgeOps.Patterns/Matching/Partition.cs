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

    // Most partitions of a large set have a single conjunction, and need no array for it.
    private Conjunction? _first;
    private Conjunction[]? _more;
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

            Conjunction[] all = [_first!, .. _more.AsSpan(0, _directCount - 1)];
            _first = null;
            _more = null;
            _directCount = 0;
            _tables = [];
            foreach (Conjunction one in all)
            {
                File(one, filedBy);
            }
        }

        File(conjunction, filedBy);
    }

    /// <summary>Takes a conjunction out.</summary>
    /// <returns>False if it is not here.</returns>
    public bool Remove(Conjunction conjunction, FiledBy? filedBy)
    {
        if (!RemoveDirect(conjunction) && !RemoveFiled(conjunction, filedBy))
        {
            return false;
        }

        if (--Count == 0)
        {
            _tables = null;
        }

        return true;
    }

    /// <summary>Judges every conjunction here that the event may match.</summary>
    public void Visit(MatchRun run)
    {
        if (_first != null)
        {
            run.Judge(_first);
            for (int i = 1; i < _directCount; i++)
            {
                run.Judge(_more![i - 1]);
            }
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
        if (_first == null)
        {
            _first = conjunction;
        }
        else
        {
            if (_more == null || _more.Length == _directCount - 1)
            {
                Array.Resize(ref _more, Math.Max(2, _directCount * 2));
            }

            _more[_directCount - 1] = conjunction;
        }

        _directCount++;
    }

    // The last one takes the place of the one that goes.
    private bool RemoveDirect(Conjunction conjunction)
    {
        int at = _first == conjunction ? 0 : _more == null ? -1 : Array.IndexOf(_more, conjunction, 0, _directCount - 1) + 1;
        if (at < 0 || (at == 0 && _first != conjunction))
        {
            return false;
        }

        _directCount--;
        Conjunction last = _directCount == 0 ? _first! : _more![_directCount - 1];
        if (at == 0)
        {
            _first = _directCount == 0 ? null : last;
        }
        else
        {
            _more![at - 1] = last;
        }

        if (_directCount > 0)
        {
            _more![_directCount - 1] = null!;
        }
        else
        {
            _more = null;
        }

        return true;
    }
}
