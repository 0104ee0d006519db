using System.Globalization;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Events.Schedules;

/// <summary>Reads a duration as people write it.</summary>
public static class DurationText
{
    private static readonly Regex Parts = new(@"\A(?:(\d{1,4})d)?(?:(\d{1,6})h)?(?:(\d{1,8})m)?(?:(\d{1,9})s)?\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The number of seconds that a text such as <c>14400</c>, <c>4h</c>, <c>1d12h</c> or <c>04:00:00</c> states; null for anything else.</summary>
    /// <param name="text">Whole seconds, or days, hours, minutes and seconds with their units, or a time span as PowerShell writes it.</param>
    public static long? Read(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
            return seconds;
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan time)) // As PowerShell writes a time span.
            return time >= TimeSpan.Zero ? (long)time.TotalSeconds : null;
        Match match = Parts.Match(text);
        return match.Success && text.Length > 0 ? (Part(1) * 86_400) + (Part(2) * 3_600) + (Part(3) * 60) + Part(4) : null;

        long Part(int group) => match.Groups[group].Success ? long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
    }
}
