using System.Globalization;

namespace EventBridgeOps.Events.Schedules;

/// <summary>Reads a moment as people write it: a time, or how long ago it was.</summary>
public static class MomentText
{
    /// <summary>The moment that a text such as <c>2026-11-21T09:30:00Z</c>, <c>2026-11-21</c> or <c>2h</c> states; null for anything else.</summary>
    /// <remarks>A time without a time zone is in UTC. A duration is one before now, as <see cref="DurationText"/> reads it; a number alone states no moment, since it can mean both.</remarks>
    /// <param name="text">ISO 8601, or a duration with its units.</param>
    /// <param name="now">The time now.</param>
    public static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return null;
        if (DurationText.Read(text) is { } seconds)
            return seconds <= (now - DateTimeOffset.MinValue).TotalSeconds ? now.AddSeconds(-seconds) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time.ToUniversalTime() : null;
    }
}
