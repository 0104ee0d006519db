using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Rules;

/// <summary>Matches an event with the rules of event buses.</summary>
internal static class RuleMatch
{
    /// <summary>The names of the event buses with a rule that matches an event.</summary>
    /// <param name="buses">The rules of each event bus.</param>
    /// <param name="document">The event as JSON text.</param>
    public static IReadOnlyList<string> Matching(this IEnumerable<RuleSet> buses, string document)
    {
        EventDocument parsed = EventDocument.Parse(document, "event");
        return [.. buses.Where(bus => bus.Match(parsed).Any()).Select(bus => bus.EventBusName)];
    }
}
