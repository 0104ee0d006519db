namespace EventBridgeOps.Cli.Language;

/// <summary>Finds the name that a user probably meant to type.</summary>
internal static class Spelling
{
    private const int MostMistakes = 3;

    /// <summary>The most similar name; null if no name is similar enough.</summary>
    public static string? Nearest(string typed, IEnumerable<string> names) => names
        .Select(name => (Name: name, Mistakes: name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(typed, name)))
        .Where(guess => guess.Mistakes <= Math.Min(MostMistakes, guess.Name.Length / 2))
        .OrderBy(guess => guess.Mistakes)
        .Select(guess => guess.Name)
        .FirstOrDefault();

    // Levenshtein distance: the letters to insert, delete or replace.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
