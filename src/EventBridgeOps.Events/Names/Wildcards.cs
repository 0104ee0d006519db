namespace EventBridgeOps.Events.Names;

/// <summary>Patterns as AWS's services write them: <c>*</c> for any characters, also none, and <c>?</c> for one.</summary>
public static class Wildcards
{
    /// <summary>Whether a text matches a pattern as a whole. The time grows with the product of the two lengths at most.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="ignoreCase">Whether upper and lower case are alike.</param>
    public static bool IsMatch(string text, string pattern, bool ignoreCase = false)
    {
        int at = 0, next = 0, star = -1, restart = 0;
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = next++;
                restart = at;
            }
            else if (next < pattern.Length && (pattern[next] == '?' || IsSame(text[at], pattern[next], ignoreCase)))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++restart; // The last star takes one character more.
            }
            else
            {
                return false;
            }
        }

        while (next < pattern.Length && pattern[next] == '*')
            next++;
        return next == pattern.Length;
    }

    private static bool IsSame(char one, char other, bool ignoreCase) => one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
