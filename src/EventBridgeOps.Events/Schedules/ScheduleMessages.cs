using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Schedules;

/// <summary>Why a schedule expression is not valid. All but the first are clauses: they stand inside a sentence.</summary>
internal static class ScheduleMessages
{
    public static Message Invalid(string? text, Message fault) => Message.Of($"The schedule expression {text} is not valid: {fault}.");

    public static Message Shape() => Message.Of($"it must be rate(value unit) or cron(minutes hours day-of-month month day-of-week year)");

    public static Message TooLong(int limit) => Message.Of($"it must have 1 to {limit} characters");

    public static Message RateShape() => Message.Of($"a rate has a positive whole number, one blank and minute, minutes, hour, hours, day or days");

    public static Message RateUnit(string unit) => Message.Of($"the unit of a rate is singular after 1 and plural after other numbers: 1 {unit}, 2 {unit}s");

    public static Message CronFields(int count) => Message.Of($"a cron expression has six fields, and this one has {count}");

    public static Message DayFields() => Message.Of($"exactly one of the day-of-month and day-of-week fields must be '?'");

    public static Message CronField(string field, string text) => Message.Of($"the {field} field cannot be {text}");
}
