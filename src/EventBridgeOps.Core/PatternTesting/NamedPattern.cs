using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.PatternTesting;

/// <summary>A pattern's text, and whose it is.</summary>
/// <param name="Name">What it is, for people: a rule with its bus, a file.</param>
/// <param name="Text">The pattern's text, whatever it is.</param>
public sealed record NamedPattern(string Name, string Text)
{
    private const int LongestFile = 16 * 1024 * 1024;

    /// <summary>The bus of the rule that has it; null for a pattern without a rule.</summary>
    public string? EventBusName { get; init; }

    /// <summary>The rule that has it; null for a pattern without a rule.</summary>
    public string? RuleName { get; init; }

    /// <summary>Reads a file that is a pattern.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: it is not there, may not be read, or is too long to be a pattern.</exception>
    public static NamedPattern ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestFile })
                throw new IOException($"it is longer than {LongestFile / 1024 / 1024} MB, which no pattern is.");
            return new NamedPattern(Path.GetFileName(path), File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OpsException(ErrorIds.FileNotReadable, $"{path} cannot be read: {e.Message} Check the path and your rights to it.", e);
        }
    }

    /// <summary>The patterns of rules; rules without one, which no event starts, are left out.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="observer">Hears of what is left out.</param>
    public static IReadOnlyList<NamedPattern> Of(IEnumerable<RuleSummary> rules, IRunObserver observer)
    {
        List<NamedPattern> patterns = [];
        foreach (RuleSummary rule in rules)
        {
            string name = $"{rule.EventBusName}/{rule.RuleName}";
            if (string.IsNullOrEmpty(rule.EventPattern))
                observer.Verbose($"Rule {name} has no event pattern, so no event starts it.");
            else
                patterns.Add(new NamedPattern(name, rule.EventPattern!) { EventBusName = rule.EventBusName, RuleName = rule.RuleName });
        }

        return patterns;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
