using System.Globalization;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Schedules;

namespace EventBridgeOps.Events.Tests;

/// <summary>What EventBridge accepts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html, and what it answered in LocalStack's recorded tests.</summary>
public sealed class ScheduleExpressionTests
{
    [Theory]
    [InlineData("rate(1 minute)")]
    [InlineData("rate(2 minutes)")]
    [InlineData("rate(1 hour)")]
    [InlineData("rate(1 day)")]
    [InlineData("rate(365 days)")]
    [InlineData("cron(0 2 ? * SAT *)")]
    [InlineData("cron(5,35 14 * * ? *)")]
    [InlineData("cron(15 10 ? * 6L 2002-2005)")]
    [InlineData("cron(0 2 ? * SAT#3 *)")]
    [InlineData("cron(* * ? * SAT#3 *)")]
    [InlineData("cron(0/5 5 ? JAN 1-5 2022)")]
    [InlineData("cron(0 18 ? * MON-FRI *)")]
    [InlineData("cron(0 8 1 * ? *)")]
    [InlineData("cron(0/5 8-17 ? * MON-FRI *)")]
    [InlineData("cron(0/30 20-2 ? * MON-FRI *)")]
    [InlineData("cron(*/5 * * * ? *)")]
    [InlineData("cron(0 0 L * ? *)")]
    [InlineData("cron(0 0 LW * ? *)")]
    [InlineData("cron(0 0 3W * ? *)")]
    [InlineData("cron(0 0 ? * fri-mon 2199)")]
    public void ServiceAcceptsIt(string text)
    {
        Assert.True(ScheduleExpression.TryParse(text, out ScheduleExpression? schedule));
        Assert.Equal(text, schedule.ToString());
        Assert.Equal(text.StartsWith("rate", StringComparison.Ordinal), schedule.Period is not null);
    }

    [Theory]
    [InlineData("rate(10 seconds)", "whole number")]
    [InlineData("rate(1 minutes)", "singular")]
    [InlineData("rate(1 hours)", "singular")]
    [InlineData("rate(10 day)", "2 days")]
    [InlineData("rate()", "whole number")]
    [InlineData("rate(10)", "whole number")]
    [InlineData("rate(10 minutess)", "whole number")]
    [InlineData("rate(0 minutes)", "whole number")]
    [InlineData("rate(-10 minutes)", "whole number")]
    [InlineData("rate(99999999999 minutes)", "whole number")]
    [InlineData("rate(10 MINUTES)", "whole number")]
    [InlineData("rate( 10 minutes )", "whole number")]
    [InlineData(" rate(10 minutes)", "must be rate")]
    [InlineData("at(2026-01-01T00:00:00)", "must be rate")]
    [InlineData("", "must be rate")]
    [InlineData("cron(0 1 * * * *)", "must be '?'")]
    [InlineData("cron(0 1 ? * ? *)", "must be '?'")]
    [InlineData("cron(0 1 15 * MON *)", "must be '?'")]
    [InlineData("cron(99 99 * * ? *)", "minutes field cannot be 99")]
    [InlineData("cron(0 24 * * ? *)", "hours field")]
    [InlineData("cron(0 0 0 * ? *)", "day-of-month field")]
    [InlineData("cron(0 0 32W * ? *)", "day-of-month field")]
    [InlineData("cron(0 0 L,15 * ? *)", "day-of-month field")]
    [InlineData("cron(0 0 1 13 ? *)", "month field")]
    [InlineData("cron(0 0 ? * 0 *)", "day-of-week field")]
    [InlineData("cron(0 0 ? * 3#6 *)", "day-of-week field")]
    [InlineData("cron(0 0 ? * 3#1,6#3 *)", "day-of-week field")]
    [InlineData("cron(0 0 ? * 2/2 *)", "day-of-week field")]
    [InlineData("cron(7 20 ? * NOT *)", "day-of-week field")]
    [InlineData("cron(0 0 1 * ? 1969)", "year field")]
    [InlineData("cron(0 0 1 * ? 2200)", "year field")]
    [InlineData("cron(0 0 1 * ? 2030-2020)", "year field")]
    [InlineData("cron(0/0 0 1 * ? *)", "minutes field")]
    [InlineData("cron(1- 0 1 * ? *)", "minutes field")]
    [InlineData("cron(1,,2 0 1 * ? *)", "minutes field")]
    [InlineData("cron(? 0 1 * ? *)", "minutes field")]
    [InlineData("cron(INVALID)", "has 1")]
    [InlineData("cron(0 12 * * ?)", "has 5")]
    [InlineData("cron(0 0 12 * * ? *)", "has 7")]
    [InlineData("cron()", "has 0")]
    [InlineData("cron(0 12 * * ? *", "must be rate")]
    public void ServiceRefusesItAndTheReasonIsKnown(string text, string reason)
    {
        Assert.False(ScheduleExpression.TryParse(text, out _));
        OpsException error = Assert.Throws<OpsException>(() => ScheduleExpression.Parse(text));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyShortExpressionsAreAccepted()
    {
        Assert.False(ScheduleExpression.TryParse(null, out _));
        Assert.False(ScheduleExpression.TryParse($"cron({string.Join(',', Enumerable.Repeat("10", 90))} 0 * * ? *)", out _));
    }

    [Theory]
    [InlineData("rate(5 minutes)", "2026-01-01T00:00:30Z", "2026-01-01T00:05:30Z")]
    [InlineData("rate(2147483647 days)", "2026-01-01T00:00:30Z", null)]
    [InlineData("cron(0 10 * * ? *)", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z")]
    [InlineData("cron(0 10 * * ? *)", "2026-01-01T09:59:59Z", "2026-01-01T10:00:00Z")]
    [InlineData("cron(0 10 * * ? *)", "2026-01-01T12:30:00+09:00", "2026-01-01T10:00:00Z")]
    [InlineData("cron(1/10 * * * ? *)", "2026-01-01T00:51:00Z", "2026-01-01T01:01:00Z")]
    [InlineData("cron(0 20-2/3 * * ? *)", "2026-01-01T02:00:00Z", "2026-01-01T20:00:00Z")]
    [InlineData("cron(0 0 29 2 ? *)", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("cron(0 0 31 2 ? *)", "2026-03-01T00:00:00Z", null)]
    [InlineData("cron(0 0 1 1 ? 2020)", "2026-03-01T00:00:00Z", null)]
    [InlineData("cron(59 23 31 12 ? 2199)", "0001-01-01T00:00:00Z", "2199-12-31T23:59:00Z")]
    [InlineData("cron(59 23 31 12 ? 2199)", "9999-12-31T23:59:59Z", null)]
    [InlineData("cron(0 0 L * ? *)", "2028-02-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("cron(0 0 LW * ? *)", "2026-02-01T00:00:00Z", "2026-02-27T00:00:00Z")] // The 28th is a Saturday.
    [InlineData("cron(0 0 1W * ? *)", "2026-08-01T00:00:00Z", "2026-08-03T00:00:00Z")] // The 1st is a Saturday: it does not leave the month.
    [InlineData("cron(0 0 15W * ? *)", "2026-08-01T00:00:00Z", "2026-08-14T00:00:00Z")]
    [InlineData("cron(0 0 31W * ? *)", "2026-02-01T00:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData("cron(0 0 ? * L *)", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z")]
    [InlineData("cron(15 10 ? * 6L *)", "2026-01-01T00:00:00Z", "2026-01-30T10:15:00Z")]
    [InlineData("cron(0 0 ? * 3#2 *)", "2026-01-01T00:00:00Z", "2026-01-13T00:00:00Z")]
    [InlineData("cron(0 0 ? * SUN#5 *)", "2026-01-01T00:00:00Z", "2026-03-29T00:00:00Z")]
    [InlineData("cron(0 0 ? * FRI-MON *)", "2026-01-05T00:00:00Z", "2026-01-09T00:00:00Z")]
    [InlineData("cron(0 0 1 NOV-FEB ? *)", "2026-02-01T00:00:00Z", "2026-11-01T00:00:00Z")]
    public void NextRunIsKnown(string text, string after, string? next) =>
        Assert.Equal(next is null ? null : At(next), ScheduleExpression.Parse(text).Next(At(after)));

    /// <summary>Compared with a walk through the days and minutes that asks each field what the generator meant.</summary>
    [Fact]
    public void NextRunIsTheOneThatAWalkFinds()
    {
        Random random = new(20);
        for (int i = 0; i < 1000; i++)
        {
            (string minutes, HashSet<int> minuteSet) = Field(random, 0, 59, wraps: true);
            (string hours, HashSet<int> hourSet) = Field(random, 0, 23, wraps: true);
            (string months, HashSet<int> monthSet) = Field(random, 1, 12, wraps: true);
            (string years, HashSet<int> yearSet) = Field(random, 2025, 2030, wraps: false);
            (string day, string weekday, Func<DateTime, bool> isDay) = Days(random);
            string text = $"cron({minutes} {hours} {day} {months} {weekday} {years})";
            DateTime after = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(3 * 365 * 86400));

            DateTime? expected = null;
            for (DateTime date = after.Date; date.Year <= 2030 && expected is null; date = date.AddDays(1))
            {
                if (!yearSet.Contains(date.Year) || !monthSet.Contains(date.Month) || !isDay(date))
                    continue;
                expected = Enumerable.Range(0, 1440).Where(minute => hourSet.Contains(minute / 60) && minuteSet.Contains(minute % 60))
                    .Select(minute => (DateTime?)date.AddMinutes(minute)).FirstOrDefault(moment => moment > after);
            }

            DateTimeOffset? next = ScheduleExpression.Parse(text).Next(after);
            Assert.True(next?.Year > 2030 ? expected is null : expected == next?.UtcDateTime, $"{text} after {after:O}: {next:O}, not {expected:O}");
        }
    }

    [Fact]
    public void HostileTextsAreReadOrRefused()
    {
        const string Letters = "cronrate() 0123456789*?/,-#LWJANFEBMONtue\t\u00e9\ud83d\ude80";
        Random random = new(21);
        for (int i = 0; i < 20_000; i++)
        {
            string inner = new([.. Enumerable.Range(0, random.Next(30)).Select(_ => Letters[random.Next(Letters.Length)])]);
            foreach (string text in new[] { inner, $"cron({inner})", $"rate({inner})", $"cron(0 0 {inner} * ? *)", $"cron(0 0 ? * {inner} *)" })
            {
                if (ScheduleExpression.TryParse(text, out ScheduleExpression? schedule))
                    schedule.Next(At("2026-01-01T00:00:00Z"));
            }
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static (string Text, HashSet<int> Values) Field(Random random, int least, int most, bool wraps)
    {
        if (random.Next(3) == 0)
            return ("*", [.. Enumerable.Range(least, most - least + 1)]);

        List<string> items = [];
        HashSet<int> values = [];
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int first = random.Next(least, most + 1), last = random.Next(least, most + 1), step = random.Next(1, 6);
            if (!wraps && last < first)
                (first, last) = (last, first);
            List<int> range = [];
            for (int value = first; ; value = value == most ? least : value + 1)
            {
                range.Add(value);
                if (value == last)
                    break;
            }

            switch (random.Next(4))
            {
                case 0:
                    items.Add($"{first}");
                    values.Add(first);
                    break;
                case 1:
                    items.Add($"{first}-{last}");
                    values.UnionWith(range);
                    break;
                case 2:
                    items.Add($"{first}/{step}");
                    values.UnionWith(Enumerable.Range(first, most - first + 1).Where(value => (value - first) % step == 0));
                    break;
                default:
                    items.Add($"{first}-{last}/{step}");
                    values.UnionWith(range.Where((_, index) => index % step == 0));
                    break;
            }
        }

        return (string.Join(',', items), values);
    }

    private static (string Day, string Weekday, Func<DateTime, bool> IsDay) Days(Random random)
    {
        string[] names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
        int weekday = random.Next(7), week = random.Next(1, 6), near = random.Next(1, 32);
        (string text, HashSet<int> days) = Field(random, 1, 31, wraps: true);
        return random.Next(7) switch
        {
            0 => ("L", "?", date => date.AddDays(1).Month != date.Month),
            1 => ($"{near}W", "?", date => IsNearest(date, near)),
            2 => ("?", $"{weekday + 1}L", date => (int)date.DayOfWeek == weekday && date.AddDays(7).Month != date.Month),
            3 => ("?", $"{names[weekday]}#{week}", date => (int)date.DayOfWeek == weekday && date.AddDays(-7 * (week - 1)).Month == date.Month && date.AddDays(-7 * week).Month != date.Month),
            4 => ("?", $"{names[weekday]}-{names[(weekday + 2) % 7]}", date => ((int)date.DayOfWeek - weekday + 7) % 7 <= 2),
            _ => (text, "?", date => days.Contains(date.Day)),
        };
    }

    /// <summary>The weekday with the least distance to the day, of the same month; there is never a tie.</summary>
    private static bool IsNearest(DateTime date, int day)
    {
        if (day > DateTime.DaysInMonth(date.Year, date.Month))
            return false;
        return date == Enumerable.Range(1, DateTime.DaysInMonth(date.Year, date.Month)).Select(each => new DateTime(date.Year, date.Month, each, 0, 0, 0, DateTimeKind.Utc))
            .Where(each => each.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).OrderBy(each => Math.Abs(each.Day - day)).First();
    }
}
