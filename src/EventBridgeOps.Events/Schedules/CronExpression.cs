using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Schedules;

/// <summary>The six fields of a cron expression: minutes, hours, day of month, month, day of week and year, in UTC.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions</remarks>
internal sealed class CronExpression
{
    private readonly SortedSet<int> minutes;
    private readonly SortedSet<int> hours;
    private readonly SortedSet<int> months;
    private readonly SortedSet<int> years;
    private readonly CronDays days;

    private CronExpression(SortedSet<int> minutes, SortedSet<int> hours, CronDays days, SortedSet<int> months, SortedSet<int> years) =>
        (this.minutes, this.hours, this.days, this.months, this.years) = (minutes, hours, days, months, years);

    /// <summary>Reads what stands in the parentheses.</summary>
    /// <returns>Why it is not valid; null if it is.</returns>
    public static Message? Read(string text, out CronExpression? cron)
    {
        cron = null;
        string[] fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6 || text.Trim().Length != text.Length)
            return ScheduleMessages.CronFields(fields.Length);

        // "If you specify a value or a * (asterisk) in one of the fields, you must use a ? (question mark) in the other", and ? in both says no day.
        if ((fields[2] == "?") == (fields[4] == "?"))
            return ScheduleMessages.DayFields();

        SortedSet<int>? minutes = CronField.Minutes.Read(fields[0]);
        SortedSet<int>? hours = CronField.Hours.Read(fields[1]);
        CronDays? days = fields[4] == "?" ? CronDays.OfMonth(fields[2]) : CronDays.OfWeek(fields[4]);
        SortedSet<int>? months = CronField.Months.Read(fields[3]);
        SortedSet<int>? years = CronField.Years.Read(fields[5]);
        if (minutes is null)
            return ScheduleMessages.CronField("minutes", fields[0]);
        if (hours is null)
            return ScheduleMessages.CronField("hours", fields[1]);
        if (days is null)
            return fields[4] == "?" ? ScheduleMessages.CronField("day-of-month", fields[2]) : ScheduleMessages.CronField("day-of-week", fields[4]);
        if (months is null)
            return ScheduleMessages.CronField("month", fields[3]);
        if (years is null)
            return ScheduleMessages.CronField("year", fields[5]);

        cron = new(minutes, hours, days, months, years);
        return null;
    }

    /// <summary>The first minute after a moment; null if there is none up to the last year.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (after.UtcTicks >= DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerMinute)
            return null;

        DateTime start = new DateTime(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerMinute), DateTimeKind.Utc).AddMinutes(1);
        foreach (int year in years.Where(year => year >= start.Year))
        {
            foreach (int month in months)
            {
                for (int day = 1; day <= DateTime.DaysInMonth(year, month); day++)
                {
                    DateTime date = new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
                    if (date >= start.Date && days.Include(date) && FirstOn(date, start) is { } found)
                        return new DateTimeOffset(found, TimeSpan.Zero);
                }
            }
        }

        return null;
    }

    private DateTime? FirstOn(DateTime date, DateTime start)
    {
        foreach (int hour in hours)
        {
            foreach (int minute in minutes)
            {
                DateTime moment = date.AddMinutes((hour * 60) + minute);
                if (moment >= start)
                    return moment;
            }
        }

        return null;
    }
}
