using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>What the queue must receive because a rule matches an event.</summary>
/// <param name="copy">The copy of the rule.</param>
/// <param name="target">The target; null for the ID of the event, which says that the rule matches it.</param>
/// <param name="event">The event.</param>
internal sealed class ExpectedDelivery(RuleCopy copy, ProjectTarget? target, TestEvent @event)
{
    // The event can be sent more than once, as a new rule does not match at once.
    private readonly List<(string Input, long Sent)> _inputs = [];

    public RuleCopy Copy => copy;

    public ProjectTarget? Target => target;

    public TestEvent Event => @event;

    /// <summary>The message group by which it arrives.</summary>
    public string Group => copy.GroupOf(target);

    /// <summary>How long it took; null if it has not arrived.</summary>
    public TimeSpan? Latency { get; private set; }

    /// <summary>The input that was foretold last; null if the event was not sent.</summary>
    public string? Expected => _inputs.Count == 0 ? null : _inputs[_inputs.Count - 1].Input;

    /// <summary>The input for an event with an ID.</summary>
    /// <param name="copy">The copy of the rule.</param>
    /// <param name="target">The target.</param>
    /// <param name="event">The event.</param>
    /// <param name="id">The ID that EventBridge gave it.</param>
    /// <param name="place">The account and the Region.</param>
    public static TargetInput Foretell(RuleCopy copy, ProjectTarget target, TestEvent @event, string id, TestPlace place)
    {
        using JsonDocument made = JsonDocument.Parse(Document.WriteUtf8(@event.AsSent(id, place.AccountId, place.Region)), new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        return TargetInput.Of(target.Input, new InputFacts(made.RootElement, copy.Rule.Name, copy.Arn(place), InputComparison.IngestionTime));
    }

    /// <summary>The event was sent.</summary>
    /// <param name="id">The ID that EventBridge gave it.</param>
    /// <param name="sent">When, as a timestamp of the clock.</param>
    /// <param name="place">The account and the Region.</param>
    public void Sent(string id, long sent, TestPlace place) => _inputs.Add((target is null ? id : Foretell(copy, target, @event, id, place).Text!, sent));

    /// <summary>Whether an input is one of those that were foretold.</summary>
    /// <param name="input">The input.</param>
    /// <param name="sent">When its event was sent.</param>
    public bool Foretells(string input, out long sent)
    {
        foreach ((string expected, long at) in _inputs)
        {
            sent = at;
            if (target is null ? expected == input : InputComparison.Same(expected, input))
                return true;
        }

        sent = 0;
        return false;
    }

    /// <summary>It arrived.</summary>
    public void Arrived(TimeSpan latency) => Latency = latency;
}
