using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Explaining;

namespace EventBridgeOps.PatternTesting;

/// <summary>Tests patterns against events: each pattern with each event.</summary>
public sealed class PatternTester
{
    private readonly RulePatterns _set = new();
    private readonly List<NamedPattern> _patterns = [];
    private readonly List<(NamedPattern Given, PatternException Fault)> _invalid = [];

    /// <summary>Reads the patterns. Errors in them are reported when they are used.</summary>
    /// <param name="patterns">The patterns.</param>
    public PatternTester(IEnumerable<NamedPattern> patterns)
    {
        foreach (NamedPattern given in patterns)
        {
            try
            {
                _set.Add(given.Text, given.Rule);
                _patterns.Add(given);
            }
            catch (PatternException e)
            {
                _invalid.Add((given, e));
            }
        }
    }

    /// <summary>Returns a result for each pattern and event, event by event.</summary>
    /// <param name="events">The events.</param>
    /// <param name="service">Also called, if specified.</param>
    /// <param name="observer">Receives patterns that are not valid, what is not an event, and differences from the service.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidPattern"/>: the only pattern is not valid.</exception>
    public async IAsyncEnumerable<PatternTest> TestAsync(IAsyncEnumerable<EventDocument> events, ServicePatterns? service, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await RefuseAsync(service, observer, cancellationToken);
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            if (Match(document, observer) is not { } matching)
                continue;
            for (int i = 0; i < _patterns.Count; i++)
                yield return await ResultAsync(i, document, Outcome(matching, i), service, observer, cancellationToken);
        }
    }

    /// <summary>Returns an explanation for each pattern and event, event by event.</summary>
    /// <param name="events">The events.</param>
    /// <param name="service">Also called, if specified.</param>
    /// <param name="observer">Receives patterns that are not valid, what is not an event, and differences from the service.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidPattern"/>: the only pattern is not valid.</exception>
    public async IAsyncEnumerable<PatternExplanation> ExplainAsync(IAsyncEnumerable<EventDocument> events, ServicePatterns? service, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await RefuseAsync(service, observer, cancellationToken);
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            if (Match(document, observer) is not { } matching)
                continue; // It is not an event, or has a form without an explanation.
            for (int i = 0; i < _patterns.Count; i++)
            {
                RuleSummary? rule = _set.Rule(i, document);
                if (rule is not null && rule.KnownPattern is null)
                {
                    observer.Warning(PatternTestingMessages.NotExplained(_patterns[i].Name, document.Origin, _patterns[i].DependsOn));
                    continue;
                }

                Explanation explanation = EventPattern.Parse(rule?.KnownPattern ?? _patterns[i].Text).Explain(document.Text);
                PatternTest test = await ResultAsync(i, document, explanation.Matches ? Outcome(matching, i) : new Outcomes(false, null), service, observer, cancellationToken);
                yield return new PatternExplanation
                {
                    Pattern = test.Pattern,
                    EventBusName = test.EventBusName,
                    RuleName = test.RuleName,
                    Event = test.Event,
                    EventId = test.EventId,
                    Matches = test.Matches,
                    Reason = test.Reason,
                    Service = test.Service,
                    Explanation = explanation,
                };
            }
        }
    }

    /// <summary>Counts what the patterns would have matched; one result for each pattern.</summary>
    /// <param name="events">The events.</param>
    /// <param name="options">What to return in addition to the counts.</param>
    /// <param name="observer">Receives patterns that are not valid and the first invalid events; further ones are only counted.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidPattern"/>: the only pattern is not valid.</exception>
    public async Task<IReadOnlyList<PatternMeasure>> MeasureAsync(Func<IRunObserver, IAsyncEnumerable<EventDocument>> events, MeasureOptions options, IRunObserver observer, CancellationToken cancellationToken)
    {
        await RefuseAsync(null, observer, cancellationToken);
        BadEventCount bad = new(observer);
        MeasureCount[] counts = [.. _patterns.Select(_ => new MeasureCount(options))];
        MeasureSpan span = new();
        await foreach (EventDocument document in events(bad).WithCancellation(cancellationToken))
        {
            if (Match(document, bad) is not { } matching)
                continue;
            span.Add(document);
            foreach (PatternMatch match in matching.Values)
                counts[match.Number].Add(document, match.IsCertain);
        }

        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i].Uncertain > 0)
                observer.Warning(PatternTestingMessages.NotCounted(_patterns[i].Name, counts[i].Uncertain, _patterns[i].DependsOn));
        }

        return [.. _patterns.Select((pattern, i) => counts[i].Summarize(pattern, span, bad.Count))];
    }

    /// <summary>The patterns that match, or may match, by their numbers; null for an invalid event, which is reported to the observer.</summary>
    private Dictionary<int, PatternMatch>? Match(EventDocument document, IRunObserver observer)
    {
        try
        {
            return _set.Match(document.RequireEvent()).ToDictionary(match => match.Number);
        }
        catch (OpsException e)
        {
            observer.Failed(new ItemFailure(e, document.Origin));
        }
        catch (EventException e)
        {
            observer.Failed(new ItemFailure(EventDocument.Invalid(document.Origin, Message.Verbatim(e.Message), e), document.Origin));
        }

        return null;
    }

    private static Outcomes Outcome(Dictionary<int, PatternMatch> matching, int number) =>
        !matching.TryGetValue(number, out PatternMatch match) ? new Outcomes(false, null)
        : match.IsCertain ? new Outcomes(true, null)
        : new Outcomes(null, PatternTestingMessages.MatchDependsOn(NamedPattern.Symbols(match.Rule!.UnknownValues)));

    private async Task<PatternTest> ResultAsync(int number, EventDocument document, Outcomes outcome, ServicePatterns? service, IRunObserver observer, CancellationToken cancellationToken)
    {
        NamedPattern given = _patterns[number];
        PatternVerdict? answer = null;
        if (service is not null && given.DependsOn.Any())
            observer.Warning(PatternTestingMessages.NotCompared(given.Name, given.DependsOn));
        else if (service is not null)
            answer = await service.CompareAsync(new PatternVerdict(outcome.Matches == true ? PatternOutcome.Match : PatternOutcome.NoMatch), given.Text, document.Text, observer.Text(PatternTestingMessages.PatternWithEvent(given.Name, document.Origin)), observer, cancellationToken);
        return new PatternTest
        {
            Pattern = given.Name,
            EventBusName = given.EventBusName,
            RuleName = given.RuleName,
            Event = document.Origin,
            EventId = document.Id,
            Matches = outcome.Matches,
            Reason = outcome.Reason?.In(observer.Voice),
            Service = answer?.Outcome,
        };
    }

    /// <summary>Reports the patterns that are not valid; if there is no other, this ends the run.</summary>
    private async Task RefuseAsync(ServicePatterns? service, IRunObserver observer, CancellationToken cancellationToken)
    {
        foreach ((NamedPattern given, PatternException fault) in _invalid)
        {
            if (service is not null)
                await service.CompareAsync(new PatternVerdict(PatternOutcome.Invalid, fault.Reason), given.Text, null, given.Name, observer, cancellationToken);
            OpsException error = new(ErrorIds.InvalidPattern, PatternTestingMessages.InvalidPattern(given.Name, fault.Message), fault);
            if (_invalid.Count == 1 && _patterns.Count == 0)
                throw error;
            observer.Failed(new ItemFailure(error, given.Name));
        }
    }

    private sealed record Outcomes(bool? Matches, Message? Reason);
}
