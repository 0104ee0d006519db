using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.PatternTesting;

/// <summary>The result for a pattern and an event, and the reason if one of them is not valid.</summary>
/// <param name="Outcome">The result.</param>
/// <param name="Reason">The reason, for <see cref="PatternOutcome.Invalid"/> and <see cref="PatternOutcome.BadEvent"/>; otherwise null.</param>
public sealed record PatternVerdict(PatternOutcome Outcome, string? Reason = null)
{
    /// <summary>Evaluates a pattern with the local engine.</summary>
    /// <param name="pattern">The JSON text of the pattern.</param>
    /// <param name="document">The JSON text of the event; null to check only whether the pattern is valid.</param>
    public static PatternVerdict Of(string pattern, string? document)
    {
        try
        {
            EventPattern parsed = EventPattern.Parse(pattern);
            return new PatternVerdict(document is null ? PatternOutcome.Valid : parsed.Matches(document) ? PatternOutcome.Match : PatternOutcome.NoMatch);
        }
        catch (PatternException e)
        {
            return new PatternVerdict(PatternOutcome.Invalid, e.Reason);
        }
        catch (EventException e)
        {
            return new PatternVerdict(PatternOutcome.BadEvent, e.Reason);
        }
    }

    /// <summary>The text of a result in case files.</summary>
    /// <param name="outcome">The result.</param>
#pragma warning disable CA1308 // It is a keyword of the file format, not a text to compare.
    public static string Text(PatternOutcome outcome) => outcome.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>The result, and the reason if there is one.</summary>
    public override string ToString() => Reason is null ? Text(Outcome) : $"{Text(Outcome)} ({Reason})";
}
