namespace EventBridgeOps.Patterns.Values;

/// <summary>A string that is, begins or ends so, whatever its case: each UTF-16 unit of the pattern accepts its own two forms.</summary>
internal sealed class IgnoreCaseTest : TextTest
{
    // A pattern that is not all ASCII: the two forms of each character, in UTF-8. None is the beginning or end of its twin.
    private readonly (byte[] Lower, byte[] Upper)[]? _forms;

    /// <summary>A test.</summary>
    /// <param name="op">Whole, prefix or suffix.</param>
    /// <param name="text">The pattern, as it is written.</param>
    public IgnoreCaseTest(Operator op, string text)
        : base(op, JsonText.ToUtf8(text))
    {
        if (text.All(c => c < 0x80))
        {
            Folded = new byte[Text.Length];
            Fold(Text, Folded);
            return;
        }

        List<(byte[] Lower, byte[] Upper)> forms = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                byte[] pair = JsonText.ToUtf8(text.Substring(i++, 2));
                forms.Add((pair, pair));
            }
            else
            {
                (string lower, string upper) = CaseForms.Of(text[i]);
                forms.Add((JsonText.ToUtf8(lower), JsonText.ToUtf8(upper)));
            }
        }

        _forms = forms.ToArray();
    }

    /// <summary>The pattern in lower case if it is all ASCII (it then accepts ASCII alone).</summary>
    public byte[]? Folded { get; }

    public override bool Accepts(ReadOnlySpan<byte> text, ref FieldValue value)
    {
        if (value.Kind != FieldValueKind.String)
        {
            return false;
        }

        if (Folded == null)
        {
            return Op == Operator.SuffixIgnoreCase ? EndsLike(text) : BeginsLike(text, out int used) && (Op == Operator.PrefixIgnoreCase || used == text.Length);
        }

        if (Op == Operator.IgnoreCase ? text.Length != Folded.Length : text.Length < Folded.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> part = Op == Operator.SuffixIgnoreCase ? text.Slice(text.Length - Folded.Length) : text.Slice(0, Folded.Length);
        for (int i = 0; i < part.Length; i++)
        {
            if (Lower(part[i]) != Folded[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>ASCII letters in lower case; the rest as it is.</summary>
    public static void Fold(ReadOnlySpan<byte> text, Span<byte> folded)
    {
        for (int i = 0; i < text.Length; i++)
        {
            folded[i] = Lower(text[i]);
        }
    }

    private static byte Lower(byte b) => (uint)(b - 'A') <= 'Z' - 'A' ? (byte)(b | 0x20) : b;

    private bool BeginsLike(ReadOnlySpan<byte> text, out int used)
    {
        used = 0;
        foreach ((byte[] lower, byte[] upper) in _forms!)
        {
            ReadOnlySpan<byte> rest = text.Slice(used);
            int taken = rest.StartsWith(lower) ? lower.Length : rest.StartsWith(upper) ? upper.Length : -1;
            if (taken < 0)
            {
                return false;
            }

            used += taken;
        }

        return true;
    }

    private bool EndsLike(ReadOnlySpan<byte> text)
    {
        for (int i = _forms!.Length - 1; i >= 0; i--)
        {
            (byte[] lower, byte[] upper) = _forms[i];
            int taken = text.EndsWith(lower) ? lower.Length : text.EndsWith(upper) ? upper.Length : -1;
            if (taken < 0)
            {
                return false;
            }

            text = text.Slice(0, text.Length - taken);
        }

        return true;
    }
}
