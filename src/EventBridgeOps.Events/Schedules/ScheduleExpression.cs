using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Schedules;

/// <summary>The schedule of a rule: <c>rate(5 minutes)</c> or <c>cron(0 12 * * ? *)</c>, in UTC.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html. <c>at(...)</c> is of EventBridge Scheduler, and not of rules.
/// What PutRule refuses is as recorded in LocalStack's tests against AWS (tests/aws/services/events/test_events_schedule.py).
/// </remarks>
public sealed class ScheduleExpression
{
    /// <summary>The longest expression that PutRule accepts.</summary>
    public const int LongestText = 256;

    private static readonly Regex Rate = new(
        @"\Arate\((?<value>[1-9][0-9]{0,9}) (?<unit>minute|hour|day)(?<plural>s?)\)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private readonly CronExpression? cron;
    private readonly TimeSpan period;

    private ScheduleExpression(string text, TimeSpan period, CronExpression? cron) => (Text, this.period, this.cron) = (text, period, cron);

    /// <summary>The expression as it was read.</summary>
    public string Text { get; }

    /// <summary>The time between two runs of a <c>rate</c> expression; null for a <c>cron</c> expression.</summary>
    public TimeSpan? Period => cron is null ? period : null;

    /// <summary>Reads an expression.</summary>
    /// <param name="text">A rate or cron expression.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: EventBridge would not accept it.</exception>
    public static ScheduleExpression Parse(string text) =>
        Read(text, out ScheduleExpression? schedule) is { } fault ? throw new OpsException(ErrorIds.InvalidArgument, ScheduleMessages.Invalid(text, fault)) : schedule!;

    /// <summary>Reads an expression, if EventBridge would accept it.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="schedule">The schedule.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScheduleExpression? schedule) => Read(text, out schedule) is null;

    /// <summary>The first run after a moment; null if there is none.</summary>
    /// <param name="after">For a <c>rate</c> expression, the run before or the time at which the rule was enabled.</param>
    /// <remarks>A <c>cron</c> expression runs at the start of a minute, in UTC.</remarks>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (cron is not null)
            return cron.Next(after);
        return DateTimeOffset.MaxValue - after >= period ? after + period : null;
    }

    /// <summary>The expression as it was read.</summary>
    public override string ToString() => Text;

    private static Message? Read(string? text, out ScheduleExpression? schedule)
    {
        schedule = null;
        if (text is null || text.Length > LongestText)
            return ScheduleMessages.TooLong(LongestText);
        if (text.StartsWith("cron(", StringComparison.Ordinal) && text.EndsWith(")", StringComparison.Ordinal))
        {
            Message? fault = CronExpression.Read(text.Substring("cron(".Length, text.Length - "cron()".Length), out CronExpression? cron);
            schedule = fault is null ? new(text, default, cron) : null;
            return fault;
        }

        Match rate = Rate.Match(text);
        if (!rate.Success || !int.TryParse(rate.Groups["value"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            return text.StartsWith("rate(", StringComparison.Ordinal) ? ScheduleMessages.RateShape() : ScheduleMessages.Shape();
        if (value == 1 == rate.Groups["plural"].Length > 0)
            return ScheduleMessages.RateUnit(rate.Groups["unit"].Value);

        schedule = new(text, PeriodOf(value, rate.Groups["unit"].Value), null);
        return null;
    }

    private static TimeSpan PeriodOf(int value, string unit) => unit switch
    {
        "minute" => TimeSpan.FromMinutes(value),
        "hour" => TimeSpan.FromHours(value),
        _ => value <= TimeSpan.MaxValue.TotalDays - 1 ? TimeSpan.FromDays(value) : TimeSpan.MaxValue,
    };
}
