using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Policies;

/// <summary>Whether a part of a statement fits a request.</summary>
/// <param name="Fits">Null if it is unknown.</param>
/// <param name="Why">Why it is unknown; a clause.</param>
internal readonly record struct Match(bool? Fits, Message? Why)
{
    public static Match Of(bool fits) => new(fits, null);

    public static Match Unknown(Message why) => new(null, why);

    public Match Not() => this with { Fits = !Fits };

    /// <summary>Whether all fit: one that does not decides, whatever is unknown.</summary>
    public static Match All(IEnumerable<Match> matches) => Decide(matches, decisive: false);

    /// <summary>Whether one fits.</summary>
    public static Match Any(IEnumerable<Match> matches) => Decide(matches, decisive: true);

    private static Match Decide(IEnumerable<Match> matches, bool decisive)
    {
        Match result = Of(!decisive);
        foreach (Match match in matches)
        {
            if (match.Fits == decisive)
                return match;
            if (match.Fits is null && result.Fits is not null)
                result = match;
        }

        return result;
    }
}
