using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Cli.Language;

/// <summary>Finds the name that a user probably meant to type.</summary>
internal static class NearestName
{
    private const int MostMistakes = 3;

    /// <summary>What other tools call an option, with its name here.</summary>
    public static IReadOnlyDictionary<string, string> OtherWords { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["--bus"] = "--event-bus-name", ["--bus-name"] = "--event-bus-name", ["--event-bus"] = "--event-bus-name", ["--rule"] = "--rule-name", ["--name"] = "--rule-name",
        ["--dry-run"] = "--what-if", ["--dryrun"] = "--what-if", ["--format"] = "--output",
    };

    /// <summary>The name with the fewest mistakes in it; null when none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> names) => OtherWords.TryGetValue(typed, out string? known) && names.Contains(known) ? known : Nearest(typed, names);

    // Who mistypes a word twice seldom begins it with another letter: "fish" is not "bash".
    private static char Begins(string name) => char.ToLowerInvariant(name.TrimStart('-').FirstOrDefault());

    private static string? Nearest(string typed, IEnumerable<string> names) => names
        .Select(name => (Name: name, Mistakes: name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1 : Spelling.Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(guess => guess.Mistakes <= Math.Min(MostMistakes, guess.Name.Length / 2) && (guess.Mistakes <= 1 || Begins(guess.Name) == Begins(typed)))
        .OrderBy(guess => guess.Mistakes)
        .Select(guess => guess.Name)
        .FirstOrDefault();
}
