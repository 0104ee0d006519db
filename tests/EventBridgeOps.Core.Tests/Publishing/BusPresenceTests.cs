using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Core.Tests.Publishing;

/// <summary>PutEvents answers success for an event bus that does not exist.</summary>
public sealed class BusPresenceTests
{
    private const string OwnArn = $"arn:aws:events:{FakeAccount.Region}:{FakeAccount.Id}:event-bus/orders";
    private const string ForeignArn = $"arn:aws:events:{FakeAccount.Region}:999999999999:event-bus/orders";

    private readonly Sending _sending = new();

    [Theory]
    [InlineData("orders")]
    [InlineData(OwnArn)]
    public async Task An_event_for_a_bus_that_does_not_exist_is_not_sent(string bus)
    {
        Describing(ErrorIds.EventBusNotFound);
        List<EventResult> results = await _sending.SendAsync([Entry(0, bus), Entry(1, null), Entry(2, bus)]);
        Assert.Equal([EventStatus.Failed, EventStatus.Sent, EventStatus.Failed], results.Select(result => result.Status));
        Assert.Equal((ErrorIds.EventBusNotFound, 0), (results[0].ErrorId, results[0].Attempts));
        Assert.Contains($"Event bus {bus} does not exist", results[0].Reason, StringComparison.Ordinal);
        Assert.Equal(1, _sending.Account.Count("DescribeEventBus"));
        Assert.Null(Assert.Single(_sending.Bus.Taken).EventBusName);
    }

    [Fact]
    public async Task A_preview_says_so_too()
    {
        Describing(ErrorIds.EventBusNotFound);
        List<EventResult> results = [];
        await foreach (EventResult result in _sending.Publisher.PublishAsync(Events.Runs.Streams.From([Entry(0, "orders")]), new PublishOptions(), (_, _) => Task.FromResult(Approval.WhatIf), _sending, Run.Token))
            results.Add(result);
        Assert.Equal(EventStatus.Failed, Assert.Single(results).Status);
    }

    [Fact]
    public async Task Each_bus_is_looked_up_once_and_the_default_one_never()
    {
        await _sending.SendAsync(Enumerable.Range(0, 40).Select(i => Entry(i, (i % 4) switch { 0 => null, 1 => "default", 2 => "a", _ => "b" })));
        Assert.Equal(["DescribeEventBus a", "DescribeEventBus b"], _sending.Account.Calls.Order(StringComparer.Ordinal));
        Assert.Equal(40, _sending.Bus.Taken.Count);
    }

    [Fact]
    public async Task Who_may_not_look_is_warned_once_and_sends_nonetheless()
    {
        Describing(ErrorIds.AccessDenied);
        Assert.All(await _sending.SendAsync([Entry(0, "a"), Entry(1, "b"), Entry(2, OwnArn)]), result => Assert.Equal(EventStatus.Sent, result.Status));
        Assert.Contains("events:DescribeEventBus", Assert.Single(_sending.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_cancelled_while_it_looked_leaves_nothing_behind()
    {
        _sending.Account.Before = (_, _) => throw new OperationCanceledException();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sending.SendAsync([Entry(0, "a")]));
        _sending.Account.Before = null;
        Assert.Equal(EventStatus.Sent, Assert.Single(await _sending.SendAsync([Entry(1, "a")])).Status);
    }

    [Theory]
    [InlineData(ErrorIds.EventBusNotFound)]
    [InlineData(ErrorIds.AccessDenied)]
    public async Task A_bus_of_another_account_cannot_be_looked_up(string answer)
    {
        Describing(answer);
        Assert.Equal(EventStatus.Sent, Assert.Single(await _sending.SendAsync([Entry(0, ForeignArn)])).Status);
        Assert.Empty(_sending.Warnings);
        Assert.Contains(_sending.Decisions, said => said.Contains("another account", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bus_of_another_Region_is_not_looked_up_here()
    {
        Assert.Equal(EventStatus.Sent, Assert.Single(await _sending.SendAsync([Entry(0, $"arn:aws:events:us-east-1:{FakeAccount.Id}:event-bus/orders")])).Status);
        Assert.Empty(_sending.Account.Calls);
    }

    [Fact]
    public async Task A_fault_of_the_lookup_that_proves_nothing_is_no_error()
    {
        Describing(ErrorIds.RequestRejected);
        Assert.Equal(EventStatus.Sent, Assert.Single(await _sending.SendAsync([Entry(0, "orders")])).Status);
        Assert.Single(_sending.Warnings);
    }

    private static EventEntry Entry(int number, string? bus) => Sending.Entry(number) with { EventBusName = bus };

    private void Describing(string errorId) => _sending.Account.Before = (call, _) =>
        call.StartsWith("DescribeEventBus", StringComparison.Ordinal) ? throw FakeAccount.Error(errorId, "DescribeEventBus") : Task.CompletedTask;
}
