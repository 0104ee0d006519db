using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Patterns;

namespace EventBridgeOps.Rules;

/// <summary>Matches an event with the pattern of a rule.</summary>
internal static class RuleMatch
{
    /// <summary>Whether a rule has a valid pattern that matches an event.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="document">The event as JSON text.</param>
    public static bool Matches(this EventRule rule, string document)
    {
        try
        {
            return rule.Document.String("EventPattern") is { } pattern && EventPattern.Parse(pattern).Matches(document);
        }
        catch (PatternException)
        {
            return false;
        }
    }
}
