using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;

namespace EventBridgeOps.PatternTesting;

/// <summary>The text of a pattern, and where it comes from.</summary>
/// <param name="Name">Its display name: a rule with its event bus, or a file.</param>
/// <param name="Text">The text of the pattern, valid or not.</param>
public sealed record NamedPattern(string Name, string Text)
{
    private const int MostMegabytes = 16;

    /// <summary>The event bus of its rule; null for a pattern without a rule.</summary>
    public string? EventBusName { get; init; }

    /// <summary>Its rule; null for a pattern without a rule.</summary>
    public string? RuleName { get; init; }

    /// <summary>What is not known of the rule, with what decides it; empty for a pattern without a rule.</summary>
    public IReadOnlyList<UnknownValue> UnknownValues => Rule?.UnknownValues ?? [];

    /// <summary>Its rule as it was read; null for a pattern without a rule.</summary>
    internal RuleSummary? Rule { get; init; }

    /// <summary>What decides whether the pattern matches, as the symbols that stand for it; empty if all of it is known.</summary>
    internal IEnumerable<string> DependsOn => Symbols(UnknownValues);

    /// <summary>Reads a file that contains a pattern.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: it does not exist, cannot be read, or is too long for a pattern. <see cref="ErrorIds.InvalidArgument"/>: it is a file of rules.</exception>
    public static NamedPattern ReadFile(string path)
    {
        NamedPattern pattern = new(Path.GetFileName(path), InputFile.ReadText(path, MostMegabytes));
        // As a pattern, each field of a rule would be a fault.
        return EventPattern.Check(pattern.Text).IsValid || !RuleFile.HasRules(pattern.Text, pattern.Name) ? pattern
            : throw new OpsException(ErrorIds.InvalidArgument, PatternTestingMessages.RulesNotPattern(path));
    }

    /// <summary>Returns the patterns of rules; rules without an event pattern are skipped.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="observer">Receives what is skipped.</param>
    public static IReadOnlyList<NamedPattern> Of(IEnumerable<RuleSummary> rules, IRunObserver observer)
    {
        List<NamedPattern> patterns = [];
        foreach (RuleSummary rule in rules)
        {
            string name = $"{rule.EventBusName}/{rule.RuleName}";
            if (string.IsNullOrEmpty(rule.EventPattern))
                observer.Verbose(PatternTestingMessages.RuleWithoutPattern(name));
            else
                patterns.Add(new NamedPattern(name, rule.EventPattern!) { EventBusName = rule.EventBusName, RuleName = rule.RuleName, Rule = rule });
        }

        return patterns;
    }

    /// <summary>The symbols of what is not known of a pattern.</summary>
    internal static IEnumerable<string> Symbols(IEnumerable<UnknownValue> values) => values.Where(value => value.IsOfPattern).Select(value => value.ToString()).Distinct();

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
