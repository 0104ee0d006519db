using System.Globalization;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Explaining;

namespace EventBridgeOps.PatternTesting;

/// <summary>Tests patterns against events: each pattern with each event.</summary>
public sealed class PatternTester
{
    private readonly PatternSet _set = new();
    private readonly List<(NamedPattern Given, EventPattern Pattern)> _patterns = [];
    private readonly List<(NamedPattern Given, PatternException Fault)> _invalid = [];

    /// <summary>Reads the patterns. Errors in them are reported when they are used.</summary>
    /// <param name="patterns">The patterns.</param>
    public PatternTester(IEnumerable<NamedPattern> patterns)
    {
        foreach (NamedPattern given in patterns)
        {
            try
            {
                EventPattern pattern = EventPattern.Parse(given.Text);
                _set.Add(_patterns.Count.ToString(CultureInfo.InvariantCulture), pattern);
                _patterns.Add((given, pattern));
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
                yield return await ResultAsync(i, document, matching.Contains(i), service, observer, cancellationToken);
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
            if (Match(document, observer) is null)
                continue; // It is not an event, or has a form without an explanation.
            for (int i = 0; i < _patterns.Count; i++)
            {
                Explanation explanation = _patterns[i].Pattern.Explain(document.Text);
                PatternTest test = await ResultAsync(i, document, explanation.Matches, service, observer, cancellationToken);
                yield return new PatternExplanation
                {
                    Pattern = test.Pattern,
                    EventBusName = test.EventBusName,
                    RuleName = test.RuleName,
                    Event = test.Event,
                    EventId = test.EventId,
                    Matches = test.Matches,
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
            foreach (int i in matching)
                counts[i].Add(document);
        }

        return [.. _patterns.Select((pattern, i) => counts[i].Summarize(pattern.Given, span, bad.Count))];
    }

    /// <summary>The numbers of the patterns that match; null for an invalid event, which is reported to the observer.</summary>
    private HashSet<int>? Match(EventDocument document, IRunObserver observer)
    {
        try
        {
            return [.. _set.Match(document.RequireEvent().Utf8.Span).Select(key => int.Parse(key, CultureInfo.InvariantCulture))];
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

    private async Task<PatternTest> ResultAsync(int number, EventDocument document, bool matches, ServicePatterns? service, IRunObserver observer, CancellationToken cancellationToken)
    {
        NamedPattern given = _patterns[number].Given;
        PatternVerdict verdict = new(matches ? PatternOutcome.Match : PatternOutcome.NoMatch);
        PatternVerdict? answer = service is null ? null : await service.CompareAsync(verdict, given.Text, document.Text, observer.Text(PatternTestingMessages.PatternWithEvent(given.Name, document.Origin)), observer, cancellationToken);
        return new PatternTest
        {
            Pattern = given.Name,
            EventBusName = given.EventBusName,
            RuleName = given.RuleName,
            Event = document.Origin,
            EventId = document.Id,
            Matches = matches,
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
}
