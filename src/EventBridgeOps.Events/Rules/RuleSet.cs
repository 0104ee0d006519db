using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.Events.Rules;

/// <summary>The rules of an event bus, ready to be matched against events.</summary>
public sealed class RuleSet
{
    private readonly RulePatterns _patterns = new();
    private readonly List<RuleSummary> _rules = [];

    /// <summary>Reads the event patterns of the rules. A rule that cannot match an event is skipped, and the observer receives the reason.</summary>
    public RuleSet(string eventBusName, IEnumerable<RuleSummary> rules, IRunObserver observer)
    {
        EventBusName = eventBusName;
        foreach (RuleSummary rule in rules.OrderBy(rule => rule.RuleName, StringComparer.Ordinal))
            Add(rule, observer);
    }

    /// <summary>The name of the event bus.</summary>
    public string EventBusName { get; }

    /// <summary>Its rules that can match an event, by name.</summary>
    public IReadOnlyList<RuleSummary> Rules => _rules;

    /// <summary>How many rules were skipped because their event pattern is not valid.</summary>
    public int Invalid { get; private set; }

    /// <summary>Whether the name of the event bus depends on an unknown value, so that it may or may not be the one that was asked for.</summary>
    public bool IsBusOpen { get; init; }

    /// <summary>Returns the rules that match an event, by name; also those that may match it, as their patterns have <see cref="RuleSummary.UnknownValues"/>.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: the matcher does not accept the event.</exception>
    public IEnumerable<RuleSummary> Match(EventDocument document)
    {
        try
        {
            return _patterns.Match(document).Select(match => match.Rule!);
        }
        catch (EventException e)
        {
            throw EventDocument.Invalid(document.Origin, Message.Verbatim(e.Message), e);
        }
    }

    private void Add(RuleSummary rule, IRunObserver observer)
    {
        string name = $"{EventBusName}/{rule.RuleName}";
        if (string.IsNullOrEmpty(rule.EventPattern))
        {
            observer.Verbose(string.IsNullOrEmpty(rule.ScheduleExpression)
                ? RuleFileMessages.NoPattern(name)
                : RuleFileMessages.Scheduled(name, rule.ScheduleExpression));
            return;
        }

        try
        {
            _patterns.Add(rule.EventPattern!, rule);
            _rules.Add(rule);
        }
        catch (PatternException e)
        {
            Invalid++;
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.InvalidPattern, RuleFileMessages.InvalidPattern(name, e.Message), e), name));
        }
    }
}
