using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Matching;

/// <summary>A dictionary that is looked up by bytes without making an array of them.</summary>
internal sealed class ByteMap<T>
    where T : class
{
    private Entry[] _entries = new Entry[2];

    private struct Entry
    {
        public int Hash;
        public byte[]? Key;
        public T Value;
    }

    public int Count { get; private set; }

    /// <summary>The value of a key, or <c>null</c>.</summary>
    public T? Find(ReadOnlySpan<byte> key) => Find(key, ByteHash.Of(key));

    /// <summary>The value of a key whose hash is known, or <c>null</c>.</summary>
    public T? Find(ReadOnlySpan<byte> key, int hash)
    {
        Entry[] entries = _entries;
        for (int slot = hash; ; slot++)
        {
            ref Entry entry = ref entries[slot & (entries.Length - 1)];
            if (entry.Key == null)
            {
                return null;
            }

            if (entry.Hash == hash && key.SequenceEqual(entry.Key))
            {
                return entry.Value;
            }
        }
    }

    public void Add(byte[] key, int hash, T value)
    {
        // At most three quarters full.
        if ((Count + 1) * 4 > _entries.Length * 3)
        {
            Entry[] old = _entries;
            _entries = new Entry[old.Length * 2];
            foreach (Entry entry in old)
            {
                if (entry.Key != null)
                {
                    Place(entry);
                }
            }
        }

        Place(new Entry { Hash = hash, Key = key, Value = value });
        Count++;
    }

    public void Remove(ReadOnlySpan<byte> key, int hash)
    {
        int mask = _entries.Length - 1;
        int hole = hash & mask;
        while (_entries[hole].Hash != hash || !key.SequenceEqual(_entries[hole].Key))
        {
            hole = (hole + 1) & mask;
        }

        // What was pushed along by the removed entry moves back, so that no search ends at the hole.
        for (int next = (hole + 1) & mask; _entries[next].Key != null; next = (next + 1) & mask)
        {
            if (((next - _entries[next].Hash) & mask) >= ((next - hole) & mask))
            {
                _entries[hole] = _entries[next];
                hole = next;
            }
        }

        _entries[hole] = default;
        Count--;
    }

    private void Place(Entry entry)
    {
        int slot = entry.Hash;
        while (_entries[slot & (_entries.Length - 1)].Key != null)
        {
            slot++;
        }

        _entries[slot & (_entries.Length - 1)] = entry;
    }
}
