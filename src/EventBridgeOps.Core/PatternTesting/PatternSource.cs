using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PatternTesting;

/// <summary>Where a user's patterns come from: texts, files, rules of files, rules of the account.</summary>
public sealed record PatternSource
{
    /// <summary>Patterns at hand.</summary>
    public IReadOnlyList<NamedPattern> Given { get; init; } = [];

    /// <summary>Files that are a pattern each.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>Files of rules, of any form that <see cref="RuleFile"/> reads.</summary>
    public IReadOnlyList<string> RulePath { get; init; } = [];

    /// <summary>Buses, with or without wildcards; null or empty for the default one, or for all of a file.</summary>
    public IReadOnlyList<string>? EventBusName { get; init; }

    /// <summary>Rules, with or without wildcards; null or empty for all.</summary>
    public IReadOnlyList<string>? RuleName { get; init; }

    /// <summary>How many rules of the account are worked on at a time.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Whether rules of the account are asked for.</summary>
    public bool AsksAccount => RulePath.Count == 0 && NamesRules;

    /// <summary>Whether it is one pattern and not a choice of rules, so that a plain yes or no answers for it.</summary>
    public bool IsSingle => Given.Count + Path.Count == 1 && RulePath.Count == 0 && !NamesRules && Given.All(pattern => pattern.RuleName is null);

    private bool NamesRules => EventBusName is { Count: > 0 } || RuleName is { Count: > 0 };

    /// <summary>The patterns. A file that cannot be read is an error about that file, and the others come.</summary>
    /// <param name="rules">Reads the account's rules; needed where they are asked for.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="observer">Hears of what cannot be read, and of rules without a pattern.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: no pattern is asked for. <see cref="ErrorIds.FileNotReadable"/>, <see cref="ErrorIds.InvalidRule"/>: a file of rules cannot be read.</exception>
    public async Task<IReadOnlyList<NamedPattern>> ReadAsync(RuleReader? rules, Func<string, string?> environment, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (Given.Count + Path.Count + RulePath.Count == 0 && !NamesRules)
        {
            throw new OpsException(
                ErrorIds.InvalidArgument,
                "There is no pattern. Give it with -Pattern (--pattern), a file with -PatternPath (--pattern-path), a file of rules with -RulePath (--rule-path), or rules of the account with -RuleName (--rule-name).");
        }

        List<NamedPattern> patterns = [.. Given];
        foreach (string path in Path)
        {
            try
            {
                patterns.Add(NamedPattern.ReadFile(path));
            }
            catch (OpsException e)
            {
                observer.Failed(new ItemFailure(e, path));
            }
        }

        if (RulePath.Count > 0)
            patterns.AddRange(NamedPattern.Of(Chosen(await RuleFile.ReadAsync(RulePath, observer, cancellationToken)), observer));
        else if (AsksAccount)
            patterns.AddRange(NamedPattern.Of(await rules!.ReadAsync(RuleQuery.From(EventBusName, RuleName, ThrottleLimit, environment), withTargets: false, observer, cancellationToken).ToListAsync(cancellationToken), observer));
        return patterns;
    }

    private IEnumerable<RuleSummary> Chosen(IEnumerable<RuleSummary> rules)
    {
        IReadOnlyList<NamePattern> buses = NamePattern.ParseAll(EventBusName?.Select(BusName.Of));
        IReadOnlyList<NamePattern> names = NamePattern.ParseAll(RuleName);
        return rules.Where(rule => buses.Any(bus => bus.IsMatch(BusName.Of(rule.EventBusName))) && names.Any(name => name.IsMatch(rule.RuleName)));
    }
}
