namespace EventBridgeOps.Patterns.Values;

/// <summary>
/// A string in which each <c>*</c> stands for any characters or none. The pieces between the stars are found from the left,
/// each at its first place after the one before; a later place could never do better, so nothing is tried twice.
/// </summary>
internal sealed class WildcardTest : TextTest
{
    // Where both are short, the framework's search is quickest; where not, only a search that never goes back is safe.
    private const int SearchWithoutTable = 4096;

    private readonly byte[][] _pieces;
    private readonly int[]?[] _tables;
    private readonly int _least;

    /// <summary>A test.</summary>
    /// <param name="text">The pattern as it is written, already known to be valid.</param>
    public WildcardTest(byte[] text)
        : base(Operator.Wildcard, text)
    {
        _pieces = Pieces(text);
        _tables = new int[_pieces.Length][];
        _least = _pieces.Sum(p => p.Length);
    }

    /// <summary>What the string must begin with.</summary>
    public byte[] Head => _pieces[0];

    /// <summary>What the string must end with.</summary>
    public byte[] Tail => _pieces[_pieces.Length - 1];

    /// <summary>Whether there is no star at all.</summary>
    public bool IsWhole => _pieces.Length == 1;

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value)
    {
        if (value.Kind != FieldValueKind.String || text.Length < _least)
        {
            return false;
        }

        if (IsWhole)
        {
            return text.SequenceEqual(Head);
        }

        if (!text.StartsWith(Head) || !text.EndsWith(Tail))
        {
            return false;
        }

        text = text.Slice(Head.Length, text.Length - Head.Length - Tail.Length);
        for (int i = 1; i < _pieces.Length - 1; i++)
        {
            int at = Find(text, i);
            if (at < 0)
            {
                return false;
            }

            text = text.Slice(at + _pieces[i].Length);
        }

        return true;
    }

    private int Find(ReadOnlySpan<byte> text, int piece)
    {
        byte[] wanted = _pieces[piece];
        if ((long)text.Length * wanted.Length <= SearchWithoutTable)
        {
            return text.IndexOf(wanted);
        }

        int[] table = _tables[piece] ??= FallbackTable(wanted);
        int matched = 0;
        for (int i = 0; i < text.Length; i++)
        {
            while (matched > 0 && text[i] != wanted[matched])
            {
                matched = table[matched - 1];
            }

            if (text[i] == wanted[matched] && ++matched == wanted.Length)
            {
                return i - matched + 1;
            }
        }

        return -1;
    }

    // Knuth, Morris and Pratt: after a mismatch, how much of the piece is matched still.
    private static int[] FallbackTable(byte[] piece)
    {
        int[] table = new int[piece.Length];
        for (int i = 1, matched = 0; i < piece.Length; i++)
        {
            while (matched > 0 && piece[i] != piece[matched])
            {
                matched = table[matched - 1];
            }

            matched += piece[i] == piece[matched] ? 1 : 0;
            table[i] = matched;
        }

        return table;
    }

    private static byte[][] Pieces(byte[] text)
    {
        List<byte[]> pieces = [];
        List<byte> piece = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '*')
            {
                pieces.Add(piece.ToArray());
                piece.Clear();
            }
            else
            {
                piece.Add(text[i] == '\\' ? text[++i] : text[i]);
            }
        }

        pieces.Add(piece.ToArray());
        return pieces.ToArray();
    }
}
