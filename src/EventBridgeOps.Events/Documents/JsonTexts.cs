using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EventBridgeOps.Events.Documents;

/// <summary>JSON strings that may contain invalid Unicode: <c>"\ud800"</c> is valid JSON, but the JSON library neither reads nor writes it.</summary>
public static class JsonTexts
{
    /// <summary>Returns the string or property name at the current position of a reader, including unpaired surrogates.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        string raw = Decode(reader.ValueSpan);
        if (raw.IndexOf('\\') < 0)
            return raw;
        StringBuilder text = new(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            char escape = raw[++i]; // The reader has seen to it that each escape is whole.
            text.Append(escape switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)int.Parse(raw.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                _ => escape,
            });
            i += escape == 'u' ? 4 : 0;
        }

        return text.ToString();
    }

    /// <summary>Decodes valid UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8) =>
#if NETSTANDARD2_0
        Encoding.UTF8.GetString(utf8.ToArray());
#else
        Encoding.UTF8.GetString(utf8);
#endif

    /// <summary>Whether a text contains no unpaired surrogates.</summary>
    public static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }

    /// <summary>Returns a text as a quoted JSON string with the minimum of escaping.</summary>
    public static string Quote(string text)
    {
        StringBuilder json = new(text.Length + 2);
        json.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '"' or '\\')
            {
                json.Append('\\').Append(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                json.Append(c).Append(text[++i]);
            }
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
            {
                json.Append(c switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                });
            }
            else
            {
                json.Append(c);
            }
        }

        return json.Append('"').ToString();
    }
}
