using System.Runtime.CompilerServices;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Events;

/// <summary>Goes through a scanned event along the paths that rules ask for, and over everything else from bracket to bracket.</summary>
internal ref struct EventWalker
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly EventFields _fields;
    private readonly ulong[] _tokens;
    private readonly int[] _closeOf;
    private readonly int[] _opensWithin;
    private readonly bool _hasEscapes;
    private readonly bool _hasOddKeys;
    private int _block;
    private ulong _bits;
    private int _opens;

    private EventWalker(ReadOnlySpan<byte> text, EventScanner scanner, EventFields fields)
    {
        _text = text;
        _fields = fields;
        _tokens = scanner.Tokens;
        _closeOf = scanner.CloseOf;
        _opensWithin = scanner.OpensWithin;
        _hasEscapes = scanner.HasEscapes;
        _hasOddKeys = scanner.HasOddKeys;
        _block = 0;
        _bits = _tokens[0];
        _opens = 0;
    }

    /// <summary>Collects the values at all paths.</summary>
    /// <param name="text">The event from its opening brace on.</param>
    /// <param name="scanner">What has scanned it.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="fields">Takes the values.</param>
    public static void Collect(ReadOnlySpan<byte> text, EventScanner scanner, PathNode paths, EventFields fields)
    {
        EventWalker walker = new(text, scanner, fields);
        walker.Next();
        walker.Object(paths, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next()
    {
        while (_bits == 0)
        {
            _bits = _tokens[++_block];
        }

        int at = (_block * Block.Size) + Bits.First(_bits);
        _bits &= _bits - 1;
        return at;
    }

    private void Object(PathNode node, int membership)
    {
        _opens++;
        while (true)
        {
            int open = Next();
            if (_text[open] == '}')
            {
                return;
            }

            int close = Next();
            Next();
            PathNode? child = _hasOddKeys
                ? node.FindOdd(_text.Slice(open + 1, close - open - 1))
                : node.Find(_text, open + 1, close - open - 1);
            int value = Next();
            int end = Value(child, value, membership, membership);
            if (_text[end] == '}')
            {
                return;
            }
        }
    }

    private void Array(PathNode node, int membership)
    {
        _opens++;
        int array = _fields.BeginArray();
        for (int index = 0; ; index++)
        {
            int value = Next();
            byte first = _text[value];
            if (first == ']')
            {
                break;
            }

            int within = first is (byte)'{' or (byte)'[' ? _fields.Element(membership, array, index) : membership;
            if (_text[Value(node, value, membership, within)] == ']')
            {
                break;
            }
        }

        _fields.EndArray(array);
    }

    // Notes or steps over one value; returns the place of the comma or bracket after it.
    private int Value(PathNode? node, int at, int membership, int within)
    {
        byte first = _text[at];
        switch (first)
        {
            case (byte)'"':
                int close = Next();
                if (node is { Field: >= 0 })
                {
                    _fields.Add(node.Field, _text, at + 1, close - at - 1, FieldValueKind.String, membership, _hasEscapes);
                }

                return Next();
            case (byte)'{':
                if (node is { HasChildren: true })
                {
                    Object(node, within);
                }
                else
                {
                    StepOver();
                }

                return Next();
            case (byte)'[':
                if (node != null)
                {
                    Array(node, within);
                }
                else
                {
                    StepOver();
                }

                return Next();
            default:
                int end = Next();
                if (node is { Field: >= 0 })
                {
                    int last = end;
                    while (_text[last - 1] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                    {
                        last--;
                    }

                    FieldValueKind kind = first is (byte)'t' or (byte)'f' or (byte)'n' ? FieldValueKind.Literal : FieldValueKind.Number;
                    _fields.Add(node.Field, _text, at, last - at, kind, membership, mayHaveEscapes: false);
                }

                return end;
        }
    }

    private void StepOver()
    {
        int close = _closeOf[_opens];
        _opens = _opensWithin[_opens];
        _block = close / Block.Size;

        // Two shifts, because a shift by 64 has no effect.
        _bits = _tokens[_block] & (ulong.MaxValue << (close % Block.Size) << 1);
    }
}
