using System.Globalization;

namespace EventBridgeOps.Events.Schedules;

/// <summary>The days of a cron expression, from its day-of-month or its day-of-week field, with the wildcards L, W and #.</summary>
internal sealed class CronDays
{
    private const int WeeksInMonth = 5;

    private readonly Func<DateTime, bool> includes;

    private CronDays(Func<DateTime, bool> includes) => this.includes = includes;

    public bool Include(DateTime date) => includes(date);

    /// <summary>Reads a day-of-month field: <c>L</c> is the last day, <c>15W</c> the weekday nearest to a day, <c>LW</c> the last weekday.</summary>
    public static CronDays? OfMonth(string text)
    {
        text = text.ToUpperInvariant();
        if (text == "L")
            return new(date => date.Day == LastDay(date));
        if (text == "LW")
            return new(date => date.Day == NearestWeekday(date, LastDay(date)));
        if (text.EndsWith("W", StringComparison.Ordinal))
        {
            return CronField.DaysOfMonth.Value(text.Substring(0, text.Length - 1)) is { } near
                ? new(date => near <= LastDay(date) && date.Day == NearestWeekday(date, near))
                : null;
        }

        return CronField.DaysOfMonth.Read(text) is { } days ? new(date => days.Contains(date.Day)) : null;
    }

    /// <summary>Reads a day-of-week field: <c>L</c> is the last day of the week, <c>6L</c> the last Friday of the month, <c>6#3</c> the third one.</summary>
    public static CronDays? OfWeek(string text)
    {
        text = text.ToUpperInvariant();
        if (text == "L")
            return new(date => date.DayOfWeek == DayOfWeek.Saturday);
        if (text.EndsWith("L", StringComparison.Ordinal))
        {
            return CronField.DaysOfWeek.Value(text.Substring(0, text.Length - 1)) is { } last
                ? new(date => Number(date) == last && date.Day > LastDay(date) - 7)
                : null;
        }

        if (text.IndexOf('#') is > 0 and int mark)
        {
            return CronField.DaysOfWeek.Value(text.Substring(0, mark)) is { } weekday
                && int.TryParse(text.Substring(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int week) && week is > 0 and <= WeeksInMonth
                ? new(date => Number(date) == weekday && (date.Day + 6) / 7 == week)
                : null;
        }

        return CronField.DaysOfWeek.Read(text) is { } days ? new(date => days.Contains(Number(date))) : null;
    }

    private static int Number(DateTime date) => (int)date.DayOfWeek + 1;

    private static int LastDay(DateTime date) => DateTime.DaysInMonth(date.Year, date.Month);

    /// <summary>The weekday nearest to a day, in the same month.</summary>
    private static int NearestWeekday(DateTime date, int day) => new DateTime(date.Year, date.Month, day, 0, 0, 0, DateTimeKind.Utc).DayOfWeek switch
    {
        DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
        DayOfWeek.Sunday => day == LastDay(date) ? day - 2 : day + 1,
        _ => day,
    };
}
