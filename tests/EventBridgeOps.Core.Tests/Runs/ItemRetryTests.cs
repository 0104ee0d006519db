using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.Runs;

public sealed class ItemRetryTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void An_item_is_retried_for_a_minute_unless_another_time_is_given()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), new ItemRetry(_time, () => 0).Timeout);
        Assert.Equal(TimeSpan.FromSeconds(5), new ItemRetry(_time, () => 0, TimeSpan.FromSeconds(5)).Timeout);
    }

    [Theory]
    [InlineData(0.0, new[] { 0.25, 0.5, 1, 2, 4, 4 })]
    [InlineData(0.5, new[] { 0.375, 0.75, 1.5, 3, 6, 6 })]
    [InlineData(0.999999, new[] { 0.5, 1, 2, 4, 8, 8 })]
    public void The_delay_doubles_up_to_eight_seconds_and_chance_takes_at_most_half_of_it(double random, double[] seconds)
    {
        ItemRetry retry = new(_time, () => random);
        Assert.Equal(seconds, Enumerable.Range(1, seconds.Length).Select(attempt => Math.Round(retry.Delay(attempt).TotalSeconds, 3)));
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_until_the_time_is_used_up_and_its_last_error_is_thrown()
    {
        _time.AutoAdvance = true;
        int tries = 0;
        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => new ItemRetry(_time, () => 0, TimeSpan.FromSeconds(2)).RunAsync<int>(
            () => throw Fault(ErrorIds.Throttled, $"try {++tries}"), Token));
        Assert.Equal("try 4", error.Message); // After 0.25, 0.5 and 1 s; two more would be later than two seconds.
    }

    [Fact]
    public async Task A_wait_that_ends_with_the_time_is_still_made()
    {
        _time.AutoAdvance = true;
        int tries = 0;
        await Assert.ThrowsAsync<ServiceCallException>(() => new ItemRetry(_time, () => 0, TimeSpan.FromSeconds(0.75)).RunAsync<int>(
            () => throw Fault(ErrorIds.Throttled, $"try {++tries}"), Token));
        Assert.Equal(3, tries);
    }

    [Theory]
    [InlineData(ErrorIds.AccessDenied, 1)]
    [InlineData(ErrorIds.Unreachable, 2)]
    [InlineData(ErrorIds.MalformedAnswer, 2)]
    public async Task What_will_not_become_right_is_not_tried_for_long(string errorId, int tries)
    {
        _time.AutoAdvance = true;
        int tried = 0;
        await Assert.ThrowsAsync<ServiceCallException>(() => new ItemRetry(_time, () => 0).RunAsync<int>(
            () =>
            {
                tried++;
                throw Fault(errorId, "no");
            },
            Token));
        Assert.Equal(tries, tried);
    }

    [Fact]
    public async Task An_answer_in_between_starts_the_count_of_unreadable_ones_anew()
    {
        _time.AutoAdvance = true;
        Queue<string> faults = new([ErrorIds.Unreachable, ErrorIds.Throttled, ErrorIds.Unreachable, ErrorIds.Throttled, ErrorIds.MalformedAnswer]);
        Assert.Equal(1, await new ItemRetry(_time, () => 0).RunAsync(
            () => faults.TryDequeue(out string? fault) ? throw Fault(fault, "no") : Task.FromResult(1), Token));
    }

    private static ServiceCallException Fault(string errorId, string message) => new(errorId, Message.Verbatim(message), new FailedCall("events", "PutTargets", null, 0, null));
}
