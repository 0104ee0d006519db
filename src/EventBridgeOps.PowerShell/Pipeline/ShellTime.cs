using System.Globalization;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Times of the shell as text. <c>ConvertFrom-Json</c> makes a time of each text that looks like one; it gets back the text that AWS services write.</summary>
/// <remarks>Whole seconds without a fraction, milliseconds and microseconds with all of their digits. A time without a time zone gets none.</remarks>
internal static class ShellTime
{
    /// <summary>The time in ISO 8601.</summary>
    /// <param name="value">A <see cref="DateTime"/> or a <see cref="DateTimeOffset"/>.</param>
    public static string Text(object value)
    {
        DateTime time = value switch
        {
            DateTimeOffset moment => moment.UtcDateTime,
            DateTime { Kind: DateTimeKind.Local } local => local.ToUniversalTime(),
            _ => (DateTime)value,
        };
        string fraction = (time.Ticks % TimeSpan.TicksPerSecond) switch
        {
            0 => "",
            long ticks when ticks % TimeSpan.TicksPerMillisecond == 0 => ".fff",
            long ticks when ticks % 10 == 0 => ".ffffff",
            _ => ".fffffff",
        };
        return time.ToString($"yyyy-MM-dd'T'HH:mm:ss{fraction}", CultureInfo.InvariantCulture) + (time.Kind == DateTimeKind.Utc ? "Z" : "");
    }
}
