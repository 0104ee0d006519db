using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Cli.Language;

/// <summary>Finds the name that a user probably meant to type.</summary>
internal static class NearestName
{
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

    private static string? Nearest(string typed, IEnumerable<string> names) => Spelling.Nearest(typed, names, (name, mistakes) => mistakes <= 1 || Begins(name) == Begins(typed));
}
