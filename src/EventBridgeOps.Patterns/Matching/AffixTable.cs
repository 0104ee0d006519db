namespace EventBridgeOps.Patterns.Matching;

/// <summary>Partitions by the beginnings, or the ends, of strings. A string is gone through once, however many there are.</summary>
internal sealed class AffixTable
{
    private const int Multiplier = 0x01000193;

    private readonly bool _fromEnd;
    private readonly ByteMap<Partition> _map = new();

    // The lengths that occur, ascending, and how often.
    private int[] _lengths = [];
    private int[] _counts = [];

    public AffixTable(bool fromEnd) => _fromEnd = fromEnd;

    public int Count => _map.Count;

    public Partition? Find(byte[] affix) => _map.Find(affix, Hash(affix));

    public Partition FindOrAdd(byte[] affix)
    {
        Partition? partition = Find(affix);
        if (partition == null)
        {
            partition = new Partition();
            _map.Add(affix, Hash(affix), partition);
            CountLength(affix.Length, 1);
        }

        return partition;
    }

    public void Remove(byte[] affix)
    {
        _map.Remove(affix, Hash(affix));
        CountLength(affix.Length, -1);
    }

    /// <summary>Visits the partitions of all affixes that a string has.</summary>
    public void Visit(ReadOnlySpan<byte> text, MatchRun run)
    {
        int hash = 0;
        int hashed = 0;
        foreach (int length in _lengths)
        {
            if (length > text.Length)
            {
                return;
            }

            for (; hashed < length; hashed++)
            {
                hash = (hash + (_fromEnd ? text[text.Length - 1 - hashed] : text[hashed]) + 1) * Multiplier;
            }

            ReadOnlySpan<byte> affix = _fromEnd ? text.Slice(text.Length - length) : text.Slice(0, length);
            _map.Find(affix, Final(hash))?.Visit(run);
        }
    }

    private int Hash(ReadOnlySpan<byte> affix)
    {
        int hash = 0;
        for (int i = 0; i < affix.Length; i++)
        {
            hash = (hash + (_fromEnd ? affix[affix.Length - 1 - i] : affix[i]) + 1) * Multiplier;
        }

        return Final(hash);
    }

    private static int Final(int hash) => hash ^ (hash >> 15);

    private void CountLength(int length, int change)
    {
        int at = Array.BinarySearch(_lengths, length);
        if (at >= 0)
        {
            _counts[at] += change;
            if (_counts[at] == 0)
            {
                _lengths = _lengths.Where((_, i) => i != at).ToArray();
                _counts = _counts.Where((_, i) => i != at).ToArray();
            }

            return;
        }

        List<int> lengths = [.. _lengths];
        List<int> counts = [.. _counts];
        lengths.Insert(~at, length);
        counts.Insert(~at, 1);
        _lengths = lengths.ToArray();
        _counts = counts.ToArray();
    }
}
