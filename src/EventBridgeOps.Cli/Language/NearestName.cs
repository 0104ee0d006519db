using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Cli.Language;

/// <summary>Finds the name that a user probably meant to type.</summary>
internal static class NearestName
{
    private const int MostMistakes = 3;

    /// <summary>The name with the fewest mistakes in it; null when none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> names) => names
        .Select(name => (Name: name, Mistakes: name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1 : Spelling.Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(guess => guess.Mistakes <= Math.Min(MostMistakes, guess.Name.Length / 2))
        .OrderBy(guess => guess.Mistakes)
        .Select(guess => guess.Name)
        .FirstOrDefault();
}
