using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Matching;

/// <summary>
/// Partitions by ranges of keys. Ranges stand in levels of 1, 2, 4, ... entries, each sorted by its lower ends with the highest
/// upper end of every subtree beside it; two levels of one size become one of the next (Bentley and Saxe). So to add a range
/// costs O(log n) over time, and to find those that hold a key O(log² n) and their number.
/// </summary>
internal sealed class RangeIndex
{
    private readonly List<Entry[]> _levels = [];
    private int _dead;

    private struct Entry
    {
        public SortKey Low;
        public SortKey High;
        public SortKey Highest;
        public Partition? Partition;
    }

    /// <summary>How many ranges there are.</summary>
    public int Count { get; private set; }

    public Partition? Find(SortKey low, SortKey high)
    {
        foreach (Entry[] level in _levels)
        {
            int at = Place(level, low, high);
            if (at >= 0)
            {
                return level[at].Partition;
            }
        }

        return null;
    }

    public Partition FindOrAdd(SortKey low, SortKey high)
    {
        Partition? partition = Find(low, high);
        if (partition == null)
        {
            partition = new Partition();
            Add([new Entry { Low = low, High = high, Partition = partition }]);
            Count++;
        }

        return partition;
    }

    public void Remove(SortKey low, SortKey high)
    {
        foreach (Entry[] level in _levels)
        {
            int at = Place(level, low, high);
            if (at >= 0)
            {
                level[at].Partition = null;
                Count--;
                _dead++;
                break;
            }
        }

        if (_dead <= Count)
        {
            return;
        }

        Entry[] living = _levels.SelectMany(level => level).Where(e => e.Partition != null).OrderBy(e => e.Low).ThenBy(e => e.High).ToArray();
        _levels.Clear();
        _dead = 0;
        if (living.Length > 0)
        {
            Climb(living, 0, living.Length);
            _levels.Add(living);
        }
    }

    /// <summary>Visits the partitions of all ranges that hold a key.</summary>
    public void Visit(SortKey key, MatchRun run)
    {
        foreach (Entry[] level in _levels)
        {
            Visit(level, 0, level.Length, key, run);
        }
    }

    private static void Visit(Entry[] level, int from, int to, SortKey key, MatchRun run)
    {
        while (from < to)
        {
            int middle = (from + to) >>> 1;
            ref Entry entry = ref level[middle];
            if (entry.Highest < key)
            {
                return;
            }

            Visit(level, from, middle, key, run);
            if (entry.Low > key)
            {
                return;
            }

            if (entry.High >= key)
            {
                entry.Partition?.Visit(run);
            }

            from = middle + 1;
        }
    }

    private void Add(Entry[] level)
    {
        while (_levels.Count > 0 && _levels[_levels.Count - 1].Length <= level.Length)
        {
            Entry[] last = _levels[_levels.Count - 1];
            _levels.RemoveAt(_levels.Count - 1);
            level = Merge(last, level);
        }

        Climb(level, 0, level.Length);
        _levels.Add(level);
    }

    private static Entry[] Merge(Entry[] a, Entry[] b)
    {
        Entry[] both = new Entry[a.Length + b.Length];
        for (int i = 0, j = 0; i + j < both.Length;)
        {
            both[i + j] = j == b.Length || (i < a.Length && Compare(ref a[i], b[j].Low, b[j].High) <= 0) ? a[i++] : b[j++];
        }

        return both;
    }

    // The highest upper end of each subtree, whose root is its middle.
    private static SortKey Climb(Entry[] level, int from, int to)
    {
        if (from == to)
        {
            return SortKey.Min;
        }

        int middle = (from + to) >>> 1;
        SortKey left = Climb(level, from, middle);
        SortKey right = Climb(level, middle + 1, to);
        SortKey highest = level[middle].High;
        highest = left > highest ? left : highest;
        return level[middle].Highest = right > highest ? right : highest;
    }

    private static int Place(Entry[] level, SortKey low, SortKey high)
    {
        int from = 0;
        int to = level.Length;
        while (from < to)
        {
            int middle = (from + to) >>> 1;
            if (Compare(ref level[middle], low, high) < 0)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        // A dead entry may stand beside a living one of the same range.
        for (; from < level.Length && Compare(ref level[from], low, high) == 0; from++)
        {
            if (level[from].Partition != null)
            {
                return from;
            }
        }

        return -1;
    }

    private static int Compare(ref Entry entry, SortKey low, SortKey high)
    {
        int order = entry.Low.CompareTo(low);
        return order != 0 ? order : entry.High.CompareTo(high);
    }
}
