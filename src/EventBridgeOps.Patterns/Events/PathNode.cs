using System.Buffers.Binary;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Events;

/// <summary>
/// One step of the paths that rules ask for. Paths are split at every dot, whether it was written as one or as nesting,
/// for in pattern and event alike these are the same.
/// </summary>
internal sealed class PathNode
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    private readonly byte[] _key;
    private readonly ulong _head;
    private readonly List<PathNode> _children = [];
    private PathNode?[] _table = new PathNode?[1];
    private int _shift = 64;

    private PathNode(byte[] key)
    {
        _key = key;
        _head = ByteHash.Tail(key.AsSpan(0, Math.Min(8, key.Length)));
    }

    /// <summary>The number of the field whose path ends here, or -1.</summary>
    public int Field { get; private set; } = -1;

    /// <summary>Whether paths go on from here.</summary>
    public bool HasChildren => _children.Count > 0;

    public static PathNode Root() => new([]);

    /// <summary>Makes a path lead to a field.</summary>
    public void Add(string path, int field) => Add(Steps(path), 0, field);

    /// <summary>Forgets a path, with the steps that no other path takes.</summary>
    public void Remove(string path) => Add(Steps(path), 0, -1);

    /// <summary>The step for a key that stands in a text, or <c>null</c> where no rule asks for it.</summary>
    public PathNode? Find(ReadOnlySpan<byte> text, int start, int length)
    {
        // What follows the key is read with it, and masked away: quicker than to read less.
        if (length < 8 && text.Length - start >= 8)
        {
            ulong head = BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(start)) & ((1UL << (length * 8)) - 1);
            return Find(text.Slice(start, length), head);
        }

        return Find(text.Slice(start, length));
    }

    /// <summary>The step for a key, or <c>null</c> where no rule asks for it.</summary>
    public PathNode? Find(ReadOnlySpan<byte> key) => Find(key, ByteHash.Tail(key.Length > 8 ? key.Slice(0, 8) : key));

    /// <summary>As <see cref="Find(ReadOnlySpan{byte})"/>, for a key that has dots or escapes.</summary>
    public PathNode? FindOdd(ReadOnlySpan<byte> key)
    {
        byte[] plain = new byte[key.Length];
        ReadOnlySpan<byte> rest = plain.AsSpan(0, JsonText.Unescape(key, plain));
        PathNode? node = this;
        for (int dot = rest.IndexOf((byte)'.'); dot >= 0 && node != null; dot = rest.IndexOf((byte)'.'))
        {
            node = node.Find(rest.Slice(0, dot));
            rest = rest.Slice(dot + 1);
        }

        return node?.Find(rest);
    }

    private PathNode? Find(ReadOnlySpan<byte> key, ulong head)
    {
        PathNode?[] table = _table;
        for (int slot = Slot(head, key.Length); ; slot++)
        {
            PathNode? child = table[slot & (table.Length - 1)];
            if (child == null)
            {
                return null;
            }

            if (child._head == head && child._key.Length == key.Length && (key.Length <= 8 || key.SequenceEqual(child._key)))
            {
                return child;
            }
        }
    }

    private static byte[][] Steps(string path) => path.Split('.').Select(JsonText.ToUtf8).ToArray();

    private void Add(byte[][] steps, int depth, int field)
    {
        if (depth == steps.Length)
        {
            Field = field;
            return;
        }

        PathNode? child = Find(steps[depth]);
        if (child == null)
        {
            child = new PathNode(steps[depth]);
            _children.Add(child);
            Index();
        }

        child.Add(steps, depth + 1, field);
        if (child.Field < 0 && !child.HasChildren)
        {
            _children.Remove(child);
            Index();
        }
    }

    private int Slot(ulong head, int length) => _shift == 64 ? 0 : (int)(((head ^ (ulong)length) * Prime) >> _shift);

    // Never more than half full, so that a look-up for a key that is not there ends soon.
    private void Index()
    {
        int bits = 1;
        while (1 << bits < _children.Count * 2)
        {
            bits++;
        }

        _shift = 64 - bits;
        PathNode?[] table = new PathNode?[1 << bits];
        foreach (PathNode child in _children)
        {
            int slot = Slot(child._head, child._key.Length);
            while (table[slot & (table.Length - 1)] != null)
            {
                slot++;
            }

            table[slot & (table.Length - 1)] = child;
        }

        _table = table;
    }
}
