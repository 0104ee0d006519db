using EventBridgeOps.Events.Schedules;

namespace EventBridgeOps.Events.Tests.Schedules;

public sealed class MomentTextTests
{
    [Theory]
    [InlineData("2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z")]
    [InlineData("2026-11-21T09:30:00+01:00", "2026-11-21T08:30:00Z")]
    [InlineData("2026-11-21T09:30", "2026-11-21T09:30:00Z")]
    [InlineData("2026-11-21", "2026-11-21T00:00:00Z")]
    [InlineData("2h", "2026-11-21T10:00:00Z")]
    [InlineData("1d12h", "2026-11-20T00:00:00Z")]
    [InlineData("02:30:00", "2026-11-21T09:30:00Z")] // As PowerShell writes a time span.
    [InlineData("0s", "2026-11-21T12:00:00Z")]
    [InlineData("3600", null)]
    [InlineData("-5", null)]
    [InlineData("", null)]
    [InlineData("yesterday", null)]
    [InlineData("9999999.00:00:00", null)]
    public void A_moment_is_a_time_or_how_long_ago_it_was(string text, string? expected) =>
        Assert.Equal(expected, MomentText.Read(text, new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero))?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
}
