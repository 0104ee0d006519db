using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.PatternTesting;

/// <summary>What becomes of a pattern and an event, and why where it is neither a match nor none.</summary>
/// <param name="Outcome">What becomes of them.</param>
/// <param name="Reason">The reason's text alone, for <see cref="PatternOutcome.Invalid"/> and <see cref="PatternOutcome.BadEvent"/>; else null.</param>
public sealed record PatternVerdict(PatternOutcome Outcome, string? Reason = null)
{
    /// <summary>Asks the engine.</summary>
    /// <param name="pattern">The pattern's JSON text.</param>
    /// <param name="document">The event's JSON text; null asks only whether the pattern is valid.</param>
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

    /// <summary>The outcome's text in case files.</summary>
    /// <param name="outcome">The outcome.</param>
#pragma warning disable CA1308 // It is a keyword of the file format, not a text to compare.
    public static string Text(PatternOutcome outcome) => outcome.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>The outcome, and the reason where there is one.</summary>
    public override string ToString() => Reason is null ? Text(Outcome) : $"{Text(Outcome)} ({Reason})";
}
