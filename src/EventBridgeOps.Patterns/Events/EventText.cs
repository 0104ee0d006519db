using System.Text;

namespace EventBridgeOps.Patterns.Events;

/// <summary>The encoding of a text, checked.</summary>
internal static class EventText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>An event's text in UTF-8.</summary>
    /// <exception cref="EventException">It contains an unpaired surrogate.</exception>
    public static byte[] ToUtf8(string text)
    {
        int lone = LoneSurrogate(text);
        if (lone < 0)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        string before = text.Substring(0, lone);
        throw new EventException(EventsTexts.Surrogate(), before.Count(c => c == '\n') + 1, lone - before.LastIndexOf('\n'));
    }

    /// <summary>Where a surrogate stands alone, or -1.</summary>
    public static int LoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return -1;
    }

    /// <summary>Where bytes stop being UTF-8, or -1.</summary>
    public static unsafe int InvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return -1;
        }

#if NET8_0_OR_GREATER
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return -1;
        }
#endif
        try
        {
            fixed (byte* first = bytes)
            {
                Strict.GetCharCount(first, bytes.Length);
                return -1;
            }
        }
        catch (DecoderFallbackException e)
        {
            return Math.Max(e.Index, 0);
        }
    }
}
