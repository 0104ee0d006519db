using System.Text;

namespace EventBridgeOps.Patterns.Values;

/// <summary>Line and column of a byte in a text, both counted from 1, columns in UTF-16 units.</summary>
internal readonly record struct TextPosition(int Line, int Column)
{
    public static TextPosition Of(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> before = text.Slice(0, Math.Min(at, text.Length));
        int line = 1;
        for (int newline = before.IndexOf((byte)'\n'); newline >= 0; newline = before.IndexOf((byte)'\n'))
        {
            line++;
            before = before.Slice(newline + 1);
        }

        return new TextPosition(line, Encoding.UTF8.GetCharCount(before.ToArray()) + 1);
    }
}
