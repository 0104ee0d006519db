namespace EventBridgeOps.Patterns.Syntax;

/// <summary>How far two words are apart.</summary>
public static class Spelling
{
    // Longer names are not typing errors of each other, and the table would grow large.
    private const int Longest = 256;
    private const int MostMistakes = 3;

    /// <summary>The name with the fewest mistakes in what was typed, or one that begins with it; null when none is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">The names that there are.</param>
    /// <param name="isMeant">Whether a name can be meant, with the number of mistakes; null for any.</param>
    public static string? Nearest(string typed, IEnumerable<string> names, Func<string, int, bool>? isMeant = null) => names
        .Select(name => (Name: name, Mistakes: name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(guess => guess.Mistakes <= Math.Min(MostMistakes, guess.Name.Length / 2) && isMeant?.Invoke(guess.Name, guess.Mistakes) != false)
        .OrderBy(guess => guess.Mistakes)
        .Select(guess => guess.Name)
        .FirstOrDefault();

    /// <summary>The number of single-character edits (Levenshtein) between two words; <see cref="int.MaxValue"/> for very long ones.</summary>
    /// <param name="a">A word.</param>
    /// <param name="b">The other one.</param>
    public static int Distance(string a, string b)
    {
        if (a.Length > Longest || b.Length > Longest)
        {
            return int.MaxValue;
        }

        int[] row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int edit = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = edit;
            }
        }

        return row[b.Length];
    }
}
