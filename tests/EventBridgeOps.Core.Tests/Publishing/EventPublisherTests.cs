using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.Publishing;

public sealed class EventPublisherTests
{
    private readonly Sending _sending = new();

    [Fact]
    public async Task Entries_share_calls_of_ten_and_come_out_in_their_order()
    {
        List<EventResult> results = await _sending.SendAsync(Enumerable.Range(0, 25).Select(i => Sending.Entry(i)));
        Assert.All(results, result => Assert.Equal(EventStatus.Sent, result.Status));
        Assert.Equal([10, 10, 5], _sending.Bus.Calls.Select(call => call.Count).OrderDescending());
        Assert.Equal(25, results.Select(result => result.EventId).Distinct().Count());
        Assert.Equal(results.Select(result => result.Id), _sending.Bus.Taken.OrderBy(entry => int.Parse(entry.Resources[0], System.Globalization.CultureInfo.InvariantCulture)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_call_stays_within_the_size_that_EventBridge_counts()
    {
        string big = $$"""{"pad":"{{new string('ä', 200_000)}}"}"""; // 400,000 bytes in UTF-8
        List<EventResult> results = await _sending.SendAsync(Enumerable.Range(0, 5).Select(i => Sending.Entry(i, big)));
        Assert.All(results, result => Assert.Equal(EventStatus.Sent, result.Status));
        Assert.Equal([2, 2, 1], _sending.Bus.Calls.Select(call => call.Count).OrderDescending());
        Assert.All(_sending.Bus.Calls, call => Assert.True(call.Sum(EntryLimits.SizeOf) <= EntryLimits.Bytes));
    }

    [Theory]
    [InlineData("", "t", "{}", "Source")]
    [InlineData("aws.ec2", "t", "{}", "Source")]
    [InlineData("s", " ", "{}", "DetailType")]
    [InlineData("s", "t", "[1]", "Detail")]
    [InlineData("s", "t", "{\"a\":1", "Detail")]
    [InlineData("s", "t", "{} {}", "Detail")]
    [InlineData("s", "t", "", "Detail")]
    public async Task A_bad_entry_fails_alone_and_before_the_wire(string source, string detailType, string detail, string field)
    {
        EventEntry bad = new() { Source = source, DetailType = detailType, Detail = detail };
        List<EventResult> results = await _sending.SendAsync([Sending.Entry(0), bad, Sending.Entry(1)]);
        Assert.Equal([EventStatus.Sent, EventStatus.Failed, EventStatus.Sent], results.Select(result => result.Status));
        Assert.Equal((ErrorIds.InvalidEntry, 0), (results[1].ErrorId, results[1].Attempts));
        Assert.StartsWith(field, results[1].Reason);
        Assert.Single(_sending.Failures);
        Assert.Equal(2, _sending.Bus.Calls.Sum(call => call.Count));
    }

    [Fact]
    public async Task An_entry_that_is_too_large_fails_alone()
    {
        List<EventResult> results = await _sending.SendAsync([Sending.Entry(0, $$"""{"pad":"{{new string('x', EntryLimits.Bytes)}}"}"""), Sending.Entry(1)]);
        Assert.Equal([EventStatus.Failed, EventStatus.Sent], results.Select(result => result.Status));
        Assert.Contains("bytes", results[0].Reason);
    }

    [Fact]
    public async Task The_name_of_a_bus_that_cannot_be_one_is_refused()
    {
        List<EventResult> results = await _sending.SendAsync([Sending.Entry(0) with { EventBusName = "no bus" }, Sending.Entry(1) with { EventBusName = "arn:aws:events:eu-west-1:123456789012:event-bus/b" }]);
        Assert.Equal([EventStatus.Failed, EventStatus.Sent], results.Select(result => result.Status));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task Only_the_failed_entry_goes_again(int position)
    {
        _sending.Bus.Refuse = (call, entry) => call == 1 && entry.Resources[0] == $"{position}" ? "ThrottlingException" : null;
        List<EventResult> results = await _sending.SendAsync(Enumerable.Range(0, 10).Select(i => Sending.Entry(i)));
        Assert.All(results, result => Assert.Equal(EventStatus.Sent, result.Status));
        Assert.Equal([10, 1], _sending.Bus.Calls.Select(call => call.Count));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i == position ? 2 : 1), results.Select(result => result.Attempts));
        Assert.Equal(10, _sending.Bus.Taken.Count);
    }

    [Fact]
    public async Task What_will_not_pass_is_not_tried_again()
    {
        _sending.Bus.Refuse = (_, entry) => entry.Resources[0] == "3" ? "NotAuthorizedForSourceException" : null;
        List<EventResult> results = await _sending.SendAsync(Enumerable.Range(0, 10).Select(i => Sending.Entry(i)));
        EventResult failed = Assert.Single(results, result => result.Status == EventStatus.Failed);
        Assert.Equal((ErrorIds.EventRefused, "NotAuthorizedForSourceException", 1), (failed.ErrorId, failed.ErrorCode, failed.Attempts));
        Assert.Single(_sending.Bus.Calls);
        Assert.Same(failed, Assert.Single(_sending.Failures).Target);
    }

    [Fact]
    public async Task Trying_again_has_an_end()
    {
        _sending.Bus.Refuse = (_, _) => "InternalFailure";
        EventResult result = Assert.Single(await _sending.SendAsync([Sending.Entry(0)]));
        Assert.Equal((EventStatus.Failed, ErrorIds.ServiceUnavailable, _sending.Bus.Calls.Count), (result.Status, result.ErrorId, result.Attempts));
        Assert.InRange(_sending.Time.Now, TimeSpan.FromSeconds(50), ItemRetry.DefaultTimeout);
    }

    [Fact]
    public async Task A_lost_answer_sends_the_same_id_twice()
    {
        _sending.Bus.After = call =>
        {
            if (call == 1)
                throw FakeBus.Error(ErrorIds.Unreachable, null, 0);
        };
        EventResult result = Assert.Single(await _sending.SendAsync([Sending.Entry(0)]));
        Assert.Equal(EventStatus.Sent, result.Status);
        Assert.Equal([result.Id, result.Id], _sending.Bus.Taken.Select(entry => entry.Id));
        Assert.All(_sending.Bus.Taken, entry => Assert.Equal(result.Id, (string?)JsonNode.Parse(entry.Detail)!["ebopsId"]));
    }

    [Fact]
    public async Task A_call_that_is_refused_for_one_entry_is_taken_apart()
    {
        _sending.Bus.Before = (_, entries) => entries.Any(entry => entry.Resources[0] == "6") ? throw FakeBus.Error(ErrorIds.RequestRejected, "ValidationException") : Task.CompletedTask;
        List<EventResult> results = await _sending.SendAsync(Enumerable.Range(0, 10).Select(i => Sending.Entry(i)));
        Assert.Equal(6, results.FindIndex(result => result.Status == EventStatus.Failed));
        Assert.Equal(9, results.Count(result => result.Status == EventStatus.Sent));
        Assert.Equal(ErrorIds.RequestRejected, results[6].ErrorId);
    }

    [Fact]
    public async Task A_permission_that_is_lacking_for_one_bus_does_not_stop_the_others()
    {
        _sending.Bus.Before = (_, entries) => entries.Any(entry => entry.EventBusName == "b") ? throw FakeBus.Error(ErrorIds.AccessDenied) : Task.CompletedTask;
        List<EventResult> results = await _sending.SendAsync(Enumerable.Range(0, 4).Select(i => Sending.Entry(i) with { EventBusName = i == 2 ? "b" : "a" }));
        Assert.Equal([EventStatus.Sent, EventStatus.Sent, EventStatus.Failed, EventStatus.Sent], results.Select(result => result.Status));
    }

    [Fact]
    public async Task Without_credentials_the_run_ends()
    {
        _sending.Bus.Before = (_, _) => throw FakeBus.Error(ErrorIds.ExpiredCredentials);
        OpsException error = await Assert.ThrowsAsync<ServiceCallException>(() => _sending.SendAsync([Sending.Entry(0)]));
        Assert.Equal(ErrorIds.ExpiredCredentials, error.ErrorId);
    }

    [Fact]
    public async Task Ten_thousand_events_under_thirty_percent_of_errors_are_each_accounted_for_once()
    {
#pragma warning disable RS0030 // Seeded.
        Random random = new(11);
#pragma warning restore RS0030
        _sending.Bus.Refuse = (_, _) =>
        {
            lock (random)
                return random.NextDouble() < 0.3 ? "ThrottlingException" : null;
        };
        List<EventResult> results = await _sending.SendAsync(
            Enumerable.Range(0, 10_000).Select(i => Sending.Entry(i)), new PublishOptions { ThrottleLimit = 1 }); // each wait moves the clock, so it would run ahead if many calls waited at the same time
        Assert.Equal(10_000, results.Count);
        Assert.Equal(10_000, results.Select(result => result.Id).Distinct().Count());
        Dictionary<string, EventEntry> taken = _sending.Bus.Taken.ToDictionary(entry => entry.Id!); // no id twice
        Assert.All(results, result => Assert.Equal(result.Status == EventStatus.Sent, taken.ContainsKey(result.Id!)));
        Assert.Equal(Enumerable.Range(0, 10_000).Where(i => results[i].Status == EventStatus.Sent), results.Where(result => result.Status == EventStatus.Sent).Select(result => int.Parse(taken[result.Id!].Resources[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(10_000, taken.Count);
    }

    [Fact]
    public async Task Reading_does_not_run_ahead_of_sending()
    {
        TaskCompletionSource release = new();
        _sending.Bus.Before = (_, _) => release.Task;
        int read = 0;
        Task<List<EventResult>> run = _sending.SendAsync(Enumerable.Range(0, 10_000).Select(i =>
        {
            Volatile.Write(ref read, i);
            return Sending.Entry(i);
        }), new PublishOptions { ThrottleLimit = 2 });
        while (_sending.Bus.Calls.Count < 2)
            await Task.Yield();
        Assert.InRange(Volatile.Read(ref read), 10, 200);
        release.SetResult();
        Assert.Equal(10_000, (await run).Count);
    }

    [Fact]
    public async Task What_if_sends_nothing_and_shows_everything()
    {
        List<EventResult> results = await _sending.Publisher.PublishAsync(
            Streams.From(Enumerable.Range(0, 3).Select(i => Sending.Entry(i))), new PublishOptions(), (_, _) => Task.FromResult(Approval.WhatIf), _sending, Run.Token).ToListAsync(Run.Token);
        Assert.All(results, result => Assert.Equal(EventStatus.WouldSend, result.Status));
        Assert.Empty(_sending.Bus.Calls);
    }

    [Fact]
    public async Task What_if_shows_the_detail_without_secrets_in_one_line_of_bounded_length()
    {
        string esc = "\\u001b[2J";
        EventEntry[] entries = [Sending.Entry(0, $$"""{"batch":"b1","password":"hunter2","text":"a{{esc}}b\u202e"}"""), Sending.Entry(1, $$"""{"long":"{{new string('x', 100_000)}}"}""")];
        List<string> shown = [];
        await _sending.Publisher.PublishAsync(Streams.From(entries), new PublishOptions { AsIs = true }, (change, _) =>
        {
            shown.Add(change.Action.ToString());
            return Task.FromResult(Approval.WhatIf);
        }, _sending, Run.Token).ToListAsync(Run.Token);

        Assert.StartsWith($"Send event {entries[0].Source}, {entries[0].DetailType} (no ID) with the detail {{\"batch\":\"b1\",\"password\":\"[redacted]\"", shown[0], StringComparison.Ordinal);
        Assert.DoesNotContain(shown[0], letter => char.IsControl(letter) || letter == '\u202e');
        Assert.InRange(shown[1].Length, 4096, 4300);
        Assert.EndsWith("... (100011 characters)", shown[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", """{"ebopsId":"ID"}""")]
    [InlineData(" { \"n\" : 1.50 } ", "{\"ebopsId\":\"ID\", \"n\" : 1.50 } ")]
    [InlineData("""{"a":{"ebopsId":"x"}}""", """{"ebopsId":"ID","a":{"ebopsId":"x"}}""")]
    public async Task The_id_is_put_before_the_rest_which_stays_as_it_is(string detail, string expected)
    {
        EventResult result = Assert.Single(await _sending.SendAsync([Sending.Entry(0, detail)]));
        Assert.Matches("^evt_[0-9]+_[0-9a-z]{9}$", result.Id);
        Assert.Equal(expected.Replace("ID", result.Id), Assert.Single(_sending.Bus.Taken).Detail);
    }

    [Fact]
    public async Task An_id_that_is_there_stays_and_none_is_put_in_where_none_is_wanted()
    {
        Assert.Equal("mine", Assert.Single(await _sending.SendAsync([Sending.Entry(0, """{"n":1,"ebopsId":"mine"}""")])).Id);
        Assert.Null(Assert.Single(await _sending.SendAsync([Sending.Entry(0, """{"n":1}""")], new PublishOptions { AsIs = true })).Id);
        Assert.Equal(["""{"n":1,"ebopsId":"mine"}""", """{"n":1}"""], _sending.Bus.Taken.Select(entry => entry.Detail));
    }

    [Fact]
    public async Task Details_of_any_kind_come_out_with_an_id_and_otherwise_the_same()
    {
        RandomDocument random = new(5);
        string[] details = [.. Enumerable.Range(0, 300).Select(_ => random.ObjectText(4))];
        List<EventResult> results = await _sending.SendAsync(details.Select((detail, i) => Sending.Entry(i, detail)));
        Assert.All(results, result => Assert.Equal(EventStatus.Sent, result.Status));
        foreach (EventEntry taken in _sending.Bus.Taken)
        {
            JsonObject detail = JsonNode.Parse(taken.Detail)!.AsObject();
            detail.Remove("ebopsId");
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(details[int.Parse(taken.Resources[0], System.Globalization.CultureInfo.InvariantCulture)]), detail));
        }
    }

    [Fact]
    public void Details_are_in_no_text_of_an_entry() => Assert.DoesNotContain("secret-word", Sending.Entry(0, """{"p":"secret-word"}""").ToString());
}
