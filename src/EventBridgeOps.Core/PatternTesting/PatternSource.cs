using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PatternTesting;

/// <summary>The sources of patterns: texts, files, rules from files, rules of the account.</summary>
public sealed record PatternSource
{
    /// <summary>Patterns as text.</summary>
    public IReadOnlyList<NamedPattern> Given { get; init; } = [];

    /// <summary>Files that contain one pattern each.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>Files of rules, in any format that <see cref="RuleFile"/> reads, and folders of projects.</summary>
    public IReadOnlyList<string> RulePath { get; init; } = [];

    /// <summary>How the files of rules are read.</summary>
    public RuleFileOptions Options { get; init; } = new();

    /// <summary>Event buses, with or without wildcards; null or empty for the default event bus, or for all in a file.</summary>
    public IReadOnlyList<string>? EventBusName { get; init; }

    /// <summary>Rules, with or without wildcards; null or empty for all.</summary>
    public IReadOnlyList<string>? RuleName { get; init; }

    /// <summary>The maximum number of rules of the account to process concurrently.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Whether rules of the account are requested.</summary>
    public bool AsksAccount => RulePath.Count == 0 && NamesRules;

    /// <summary>Whether it is a single pattern and not a selection of rules, so that the result is a plain yes or no.</summary>
    public bool IsSingle => Given.Count + Path.Count == 1 && RulePath.Count == 0 && !NamesRules && Given.All(pattern => pattern.RuleName is null);

    private bool NamesRules => EventBusName is { Count: > 0 } || RuleName is { Count: > 0 };

    /// <summary>Reads the patterns. A file that cannot be read is an error, and the others are returned.</summary>
    /// <param name="rules">Reads the rules of the account; required if they are requested.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="observer">Receives what cannot be read, and rules without an event pattern.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: no pattern is specified, or a file of a pattern is one of rules. <see cref="ErrorIds.FileNotReadable"/>, <see cref="ErrorIds.InvalidRule"/>: a file of rules cannot be read. <see cref="ErrorIds.NothingChecked"/>: no rule has a pattern.</exception>
    public async Task<IReadOnlyList<NamedPattern>> ReadAsync(RuleReader? rules, Func<string, string?> environment, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (Given.Count + Path.Count + RulePath.Count == 0 && !NamesRules)
            throw new OpsException(ErrorIds.InvalidArgument, PatternTestingMessages.PatternMissing());

        List<NamedPattern> patterns = [.. Given];
        foreach (string path in Path)
        {
            try
            {
                patterns.Add(NamedPattern.ReadFile(path));
            }
            catch (OpsException e) when (e.ErrorId == ErrorIds.FileNotReadable)
            {
                observer.Failed(new ItemFailure(e, path));
            }
        }

        if (RulePath.Count > 0)
            patterns.AddRange(OfFiles(await ProjectRules.ReadAsync(RulePath, Options, observer, cancellationToken), observer));
        else if (AsksAccount)
            patterns.AddRange(await OfAccountAsync(rules!, RuleQuery.From(EventBusName, RuleName, ThrottleLimit, environment), observer, cancellationToken));
        return patterns;
    }

    private static async Task<IReadOnlyList<NamedPattern>> OfAccountAsync(RuleReader reader, RuleQuery query, IRunObserver observer, CancellationToken cancellationToken)
    {
        FailureCount failures = new(observer);
        List<RuleSummary> rules = await reader.ReadAsync(query, withTargets: false, failures, cancellationToken).ToListAsync(cancellationToken);
        IReadOnlyList<NamedPattern> patterns = NamedPattern.Of(rules, failures);
        return patterns.Count > 0 || failures.Failures > 0 ? patterns
            : throw new OpsException(ErrorIds.NothingChecked, rules.Count > 0 ? PatternTestingMessages.NoRuleHasPattern(rules.Count) : PatternTestingMessages.NothingTested(await reader.NothingFoundAsync(query, cancellationToken)));
    }

    private IReadOnlyList<NamedPattern> OfFiles(IReadOnlyList<RuleSummary> rules, IRunObserver observer)
    {
        IReadOnlyList<NamedPattern> patterns = NamedPattern.Of(Chosen(rules), observer);
        return patterns.Count > 0 || Given.Count + Path.Count > 0 ? patterns
            : throw new OpsException(ErrorIds.NothingChecked, PatternTestingMessages.NoRuleHasPattern(rules.Count));
    }

    private IEnumerable<RuleSummary> Chosen(IEnumerable<RuleSummary> rules)
    {
        IReadOnlyList<NamePattern> buses = NamePattern.ParseAll(EventBusName?.Select(BusName.Of));
        IReadOnlyList<NamePattern> names = NamePattern.ParseAll(RuleName);
        return rules.Where(rule => buses.Any(bus => bus.IsMatch(BusName.Of(rule.EventBusName))) && names.Any(name => name.IsMatch(rule.RuleName)));
    }
}
