namespace EventBridgeOps.Patterns.Tests.Fuzzing;

/// <summary>Finds the values in a text that need not be JSON.</summary>
internal static class Pieces
{
    /// <summary>The place of any value: a string, a number or word, or an object or array up to its bracket. Of an empty text, the whole.</summary>
    public static (int Start, int End) Any(byte[] text, Random random)
    {
        if (text.Length == 0)
            return (0, 0);
        int start = random.Next(text.Length);
        while (start > 0 && !Begins(text, start))
            start--;
        int end = End(text, start);
        if (end < text.Length - 1 && text[end] == ':' && random.Next(8) > 0)
        {
            start = end + 1; // Mostly the value rather than its name, since only a text can be a name.
            while (start < text.Length - 1 && text[start] == ' ')
                start++;
            end = End(text, start);
        }

        return (start, end);
    }

    private static bool Begins(byte[] text, int at) => text[at] is (byte)'{' or (byte)'[' or (byte)'"' || (IsWord(text[at]) && !IsWord(text[at - 1]));

    private static bool IsWord(byte letter) => letter is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'z' or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'E';

    private static int End(byte[] text, int start)
    {
        int depth = 0;
        int at = start;
        do
        {
            switch (text[at])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    at++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    at++;
                    break;
                case (byte)'"':
                    for (at++; at < text.Length && text[at] != '"'; at++)
                        at += text[at] == '\\' ? 1 : 0;
                    at++;
                    break;
                default:
                    at++;
                    while (depth == 0 && at < text.Length && IsWord(text[at]))
                        at++;
                    break;
            }
        }
        while (depth > 0 && at < text.Length);
        return Math.Min(at, text.Length);
    }
}
