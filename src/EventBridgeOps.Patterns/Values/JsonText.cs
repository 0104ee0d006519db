using System.Text;

namespace EventBridgeOps.Patterns.Values;

/// <summary>
/// The text of JSON strings, between UTF-8 with escapes, plain UTF-8 and UTF-16. A surrogate that stands alone (it can only
/// come from a <c>\u</c> escape) is kept: as the three bytes that its code point would take, so that strings compare by
/// UTF-16 code unit.
/// </summary>
internal static class JsonText
{
    /// <summary>The UTF-16 text of a JSON string's inside, escapes resolved.</summary>
    public static string Utf16(ReadOnlySpan<byte> inside)
    {
        byte[] plain = new byte[inside.Length];
        int length = Unescape(inside, plain);
        return FromUtf8(plain.AsSpan(0, length));
    }

    /// <summary>UTF-8 in which lone surrogates take three bytes, as UTF-16.</summary>
    public static string FromUtf8(ReadOnlySpan<byte> utf8)
    {
        StringBuilder text = new(utf8.Length);
        for (int i = 0; i < utf8.Length;)
        {
            int b = utf8[i];
            if (b < 0x80)
            {
                text.Append((char)b);
                i++;
            }
            else if (b < 0xE0)
            {
                text.Append((char)(((b & 0x1F) << 6) | (utf8[i + 1] & 0x3F)));
                i += 2;
            }
            else if (b < 0xF0)
            {
                text.Append((char)(((b & 0x0F) << 12) | ((utf8[i + 1] & 0x3F) << 6) | (utf8[i + 2] & 0x3F)));
                i += 3;
            }
            else
            {
                int point = ((b & 0x07) << 18) | ((utf8[i + 1] & 0x3F) << 12) | ((utf8[i + 2] & 0x3F) << 6) | (utf8[i + 3] & 0x3F);
                text.Append(char.ConvertFromUtf32(point));
                i += 4;
            }
        }

        return text.ToString();
    }

    /// <summary>UTF-16 as UTF-8 in which lone surrogates take three bytes.</summary>
    public static byte[] ToUtf8(string text)
    {
        byte[] bytes = new byte[text.Length * 3];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int point = text[i];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                point = char.ConvertToUtf32(text[i], text[++i]);
            }

            length += Write(point, bytes.AsSpan(length));
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }

    /// <summary>Resolves the escapes of a valid JSON string's inside; the result is never longer. Returns its length.</summary>
    public static int Unescape(ReadOnlySpan<byte> inside, Span<byte> plain)
    {
        int to = 0;
        while (true)
        {
            int run = inside.IndexOf((byte)'\\');
            if (run < 0)
            {
                inside.CopyTo(plain.Slice(to));
                return to + inside.Length;
            }

            inside.Slice(0, run).CopyTo(plain.Slice(to));
            to += run;
            byte kind = inside[run + 1];
            inside = inside.Slice(run + 2);
            if (kind != 'u')
            {
                plain[to++] = kind switch
                {
                    (byte)'b' => 0x08,
                    (byte)'f' => 0x0C,
                    (byte)'n' => 0x0A,
                    (byte)'r' => 0x0D,
                    (byte)'t' => 0x09,
                    _ => kind,
                };
                continue;
            }

            int point = Hex4(inside);
            inside = inside.Slice(4);
            if (point is >= 0xD800 and < 0xDC00 && inside.Length >= 6 && inside[0] == '\\' && inside[1] == 'u'
                && Hex4(inside.Slice(2)) is >= 0xDC00 and < 0xE000 and int low)
            {
                point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
                inside = inside.Slice(6);
            }

            to += Write(point, plain.Slice(to));
        }
    }

    /// <summary>Four hexadecimal digits, or -1.</summary>
    public static int Hex4(ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 4)
        {
            return -1;
        }

        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            int digit = Hex(digits[i]);
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }

    /// <summary>A hexadecimal digit's value, or -1.</summary>
    public static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static int Write(int point, Span<byte> to)
    {
        if (point < 0x80)
        {
            to[0] = (byte)point;
            return 1;
        }

        if (point < 0x800)
        {
            to[0] = (byte)(0xC0 | (point >> 6));
            to[1] = (byte)(0x80 | (point & 0x3F));
            return 2;
        }

        if (point < 0x10000)
        {
            to[0] = (byte)(0xE0 | (point >> 12));
            to[1] = (byte)(0x80 | ((point >> 6) & 0x3F));
            to[2] = (byte)(0x80 | (point & 0x3F));
            return 3;
        }

        to[0] = (byte)(0xF0 | (point >> 18));
        to[1] = (byte)(0x80 | ((point >> 12) & 0x3F));
        to[2] = (byte)(0x80 | ((point >> 6) & 0x3F));
        to[3] = (byte)(0x80 | (point & 0x3F));
        return 4;
    }
}
