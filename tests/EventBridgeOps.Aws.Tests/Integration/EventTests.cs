using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>Events and jobs over the wire.</summary>
public sealed class EventTests(MotoFixture moto)
{
    private const string Bus = "mvp-development";

    /// <summary>A bus of this test's own, since all tests share one moto.</summary>
    private const string MotoBus = "events-and-jobs";

    [Fact]
    public async Task Ten_thousand_events_come_through_a_storm_each_accounted_for_once()
    {
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { Seed = 3, RecordBodies = true });
        account.Sandbox!.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.PartialFailure(probability: 0.3) });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.Throttle(), Probability = 0.1 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.InternalError(), Probability = 0.05 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.ResetAfter(), Probability = 0.02 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.ResetBefore(), Probability = 0.02 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.CutOffBody(), Probability = 0.02 });

        List<EventResult> results = await SendAsync(account, 10_000);

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"id-{i}"), results.Select(result => result.Id));
        Assert.Empty(account.Failures.Select(failure => failure.Error.Message));
        Assert.Equal(10_000, results.Select(result => result.EventId).OfType<string>().Distinct().Count());
        HashSet<string> seen = [.. account.Sandbox.Calls.Where(call => call.Operation == "PutEvents").SelectMany(call => JsonNode.Parse(call.Body!)!["Entries"]!.AsArray().Select(entry => (string)JsonNode.Parse((string)entry!["Detail"]!)!["ebopsId"]!))];
        Assert.Equal(10_000, seen.Count);
    }

    [Fact]
    public async Task A_storm_of_throttling_alone_loses_nothing()
    {
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { Seed = 4 });
        account.Sandbox!.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.Throttle(), Probability = 0.6 });
        List<EventResult> results = await SendAsync(account, 500);
        Assert.All(results, result => Assert.Equal(EventStatus.Sent, result.Status));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task A_partial_failure_in_any_position_sends_that_entry_alone_again(int position)
    {
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { RecordBodies = true });
        account.Sandbox!.Faults.Add("PutEvents", Fault.PartialFailure("InternalFailure", [$"{position}"]), times: 1);
        Assert.All(await SendAsync(account, 10), result => Assert.Equal(EventStatus.Sent, result.Status));
        string again = account.Sandbox.Calls[^1].Body!;
        Assert.Equal(["PutEvents", "PutEvents"], account.Sandbox.Calls.Select(call => call.Operation)); // The default event bus always exists.
        Assert.Contains($"id-{position}", again);
        Assert.Single(JsonNode.Parse(again)!["Entries"]!.AsArray());
    }

    [Fact]
    public async Task An_entry_goes_over_the_wire_as_it_is()
    {
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { RecordBodies = true });
        await account.EventsAsync("CreateEventBus", $$"""{"Name":"{{Bus}}"}""");
        EventEntry entry = new()
        {
            Source = "s.ü", DetailType = "t \"x\"", Detail = "{\"n\":1.50,\"t\":\"\\u00e9\\n\"}", EventBusName = Bus, Resources = ["r1", "r2"],
            Time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), TraceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793",
        };
        Assert.Equal(EventStatus.Sent, Assert.Single(await SendAsync(account, [entry], new PublishOptions { AsIs = true })).Status);
        JsonNode sent = JsonNode.Parse(Assert.Single(account.Sandbox!.Calls, call => call.Operation == "PutEvents").Body!)!;
        JsonNode expected = JsonNode.Parse("""{"Entries":[{"Time":1700000000.123,"Source":"s.ü","DetailType":"t \"x\"","EventBusName":"mvp-development","TraceHeader":"Root=1-5759e988-bd862e3fe1be46a994272793","Resources":["r1","r2"]}]}""")!;
        expected["Entries"]![0]!["Detail"] = entry.Detail;
        Assert.True(JsonNode.DeepEquals(expected, sent), sent.ToJsonString());
    }

    [Fact]
    public async Task Too_few_answers_are_not_taken_for_success()
    {
        using StubServer server = new(new StubAnswer(Body: """{"FailedEntryCount":0,"Entries":[]}"""));
        using OpsSession session = Given.Session(server);
        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBusApi>().PutEventsAsync([Entry(0)], Given.Token));
        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
        Assert.Contains("field Entries has 0 results for 1 entry.", error.Message);
    }

    [Fact]
    public async Task Jobs_live_in_DynamoDB_and_what_arrives_is_what_boto3_reads_back()
    {
        string url = (await moto.SharedAsync()).Endpoint.ToString();
        await PythonAsync(url, "setup");
        await using Account account = await Account.OnAsync("moto", moto);
        string table = $"jobs-{Guid()}";
        MvpJobTable made = (await account.Session.Get<MvpJobTables>().CreateAsync(table, Yes, account, Given.Token))!;
        Assert.Equal((MvpTableStatus.Created, MvpTableStatus.Exists), (made.Status, (await account.Session.Get<MvpJobTables>().CreateAsync(table, Yes, account, Given.Token))!.Status));
        using MvpJobs jobs = account.Session.Get<MvpJobStores>().Open(new JobStoreChoice(null, table));

        MvpRequest[] requests = [.. Enumerable.Range(0, 25).Select(i => new MvpRequest { UserId = $"u{i % 2}", ProductId = $"p{i}", JobId = $"j{i}", BusinessName = "Ünïcode \"shop\"", Features = ["auth"] }), new MvpRequest { UserId = "u0", ProductId = "again", JobId = "j3" }];
        List<MvpSendResult> results = await jobs.Sender.SendAsync(Each(requests), MotoBus, 4, Yes, account, Given.Token).ListAsync();
        Assert.Equal(25, results.Count(result => result is { Status: EventStatus.Sent, State: MvpJobState.Queued }));
        Assert.Equal(ErrorIds.JobExists, results[25].ErrorId);

        JsonObject read = JsonNode.Parse(await PythonAsync(url, "read", table))!.AsObject();
        JsonNode[] events = [.. read["events"]!.AsArray().OfType<JsonNode>()];
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"j{i}").Order(StringComparer.Ordinal), events.Select(one => (string)one["detail"]!["jobId"]!).Order(StringComparer.Ordinal));
        Assert.All(events, one => Assert.Equal(("founderdash.web", "MVP Development Request", "Ünïcode \"shop\""), ((string)one["source"]!, (string)one["detail-type"]!, (string)one["detail"]!["metadata"]!["businessName"]!)));
        Assert.Equal(25, read["items"]!.AsArray().Count);
        Assert.All(read["items"]!.AsArray(), item => Assert.Equal("queued", (string)item!["state"]!));

        Assert.Equal(13, (await jobs.Reader.ListAsync(new MvpJobQuery { UserId = "u0", State = [MvpJobState.Queued] }, account, Given.Token).ListAsync()).Count);
        MvpJob moved = Assert.Single(await jobs.Updater.UpdateAsync(Each([BatchJobEvent.Read(EventDocument.Parse("""{"detail-type":"Batch Job State Change","detail":{"jobId":"b","status":"RUNNING","parameters":{"jobId":"j7"}}}""", "e"))]), Yes, account, Given.Token).ListAsync());
        Assert.Equal(moved, (await jobs.Store.FindAsync("j7", Given.Token))! with { History = moved.History });
        Assert.False(await jobs.Store.ReplaceAsync(moved, Given.Token)); // its version is there already
        Assert.Equal("p3", (await jobs.Store.FindAsync("j3", Given.Token))!.ProductId);
        Assert.Null(await jobs.Store.FindAsync("nobody", Given.Token));

        List<CheckResult> checks = await account.Session.Get<ConnectionCheck>().RunAsync(Query(account.Session) with { EventBusName = MotoBus }, jobs.Store, Yes, account, Given.Token).ListAsync();
        Assert.Contains(checks, check => check is { Check: "job store", Status: CheckStatus.OK });
        Assert.Contains(checks, check => check is { Check: "events:PutEvents", Status: CheckStatus.OK });
        Assert.Contains(checks, check => check.Check == "dead-letter queue ebops-dlq" && check is { Status: CheckStatus.NG, Result: "about 1 message" });
    }

    [Fact]
    public async Task A_table_that_is_not_there_says_how_to_make_it()
    {
        await using Account account = await Account.OnAsync("moto", moto);
        using MvpJobs jobs = account.Session.Get<MvpJobStores>().Open(new JobStoreChoice(null, "nowhere"));
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => jobs.Sender.SendAsync(Each([new MvpRequest { UserId = "u", ProductId = "p" }]), "default", 4, Yes, account, Given.Token).ListAsync());
        Assert.Equal(ErrorIds.JobStoreUnavailable, error.ErrorId);
        Assert.Contains("mvp create-table", error.Message);
    }

    [Fact]
    public async Task The_sandbox_without_the_table_says_how_to_make_it()
    {
        await using Account account = await Account.OnSandboxAsync();
        using MvpJobs jobs = account.Session.Get<MvpJobStores>().Open(new JobStoreChoice(null, "none"));
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => jobs.Store.FindAsync("j", Given.Token));
        Assert.Equal(ErrorIds.JobStoreUnavailable, error.ErrorId);
        Assert.Contains("mvp create-table", error.Message);
    }

    [Fact]
    public async Task A_test_event_is_followed_to_its_Batch_job()
    {
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { JobsAdvanceWhenDescribed = false });
        await account.BatchAsync("CreateComputeEnvironment", """{"computeEnvironmentName":"e","type":"UNMANAGED"}""");
        await account.BatchAsync("CreateJobQueue", """{"jobQueueName":"main","priority":1,"computeEnvironmentOrder":[{"order":1,"computeEnvironment":"e"}]}""");
        await account.DefineAsync("job", 2);
        await account.EventsAsync("CreateEventBus", $$"""{"Name":"{{Bus}}"}""");
        await account.RuleAsync(Bus, "start", Account.Target("t", "job:1"));
        await account.RuleAsync(Bus, "another", Account.Target("t", "job:1"));
        await account.EventsAsync("PutRule", $$$"""{"Name":"start","EventBusName":"{{{Bus}}}","EventPattern":"{\"source\":[\"founderdash.web\"]}"}""");
        await account.BatchAsync("SubmitJob", $$"""{"jobName":"n","jobQueue":"{{Account.Queue}}","jobDefinition":"job"}"""); // of before
        account.Sandbox!.Faults.Add(new FaultRule { Operation = "PutEvents", BodyContains = "ebops-check", After = 0, Fault = Fault.ChangeUnderfoot("batch", "SubmitJob", $$"""{"jobName":"n","jobQueue":"{{Account.Queue}}","jobDefinition":"job"}""") });

        List<CheckResult> checks = await account.Session.Get<ConnectionCheck>().RunAsync(Query(account.Session) with { Send = true }, null, Yes, account, Given.Token).ListAsync();

        Assert.Equal((CheckStatus.OK, CheckStatus.OK), (Status("test event"), Status("Batch job")));
        Assert.Equal((CheckStatus.NG, CheckStatus.OK, CheckStatus.NG, CheckStatus.OK), (Status("target t"), Status("job queue main"), Status("dead-letter queue"), Status("rules for founderdash.web, MVP Development Request")));
        Assert.All(checks.Where(check => check.Status == CheckStatus.NG), check => Assert.False(string.IsNullOrEmpty(check.Advice)));

        CheckStatus Status(string check) => checks.Single(one => one.Check == check).Status;
    }

    [Fact]
    public async Task A_test_event_that_leads_nowhere_is_said_so()
    {
        await using Account account = await Account.OnSandboxAsync();
        await account.EventsAsync("CreateEventBus", $$"""{"Name":"{{Bus}}"}""");
        account.Sandbox!.Faults.Add("PutEvents", Fault.Error(400, "AccessDeniedException", "User is not authorized to perform: events:PutEvents"));
        List<CheckResult> checks = await account.Session.Get<ConnectionCheck>().RunAsync(Query(account.Session), null, Yes, account, Given.Token).ListAsync();
        CheckResult refused = checks.Single(check => check.Check == "events:PutEvents");
        Assert.Equal((CheckStatus.NG, ErrorIds.AccessDenied), (refused.Status, refused.ErrorId));
        Assert.Equal(CheckStatus.NG, (await account.Session.Get<ConnectionCheck>().RunAsync(Query(account.Session) with { EventBusName = "nowhere" }, null, Yes, account, Given.Token).ListAsync()).Single(check => check.Check == "event bus nowhere").Status);
    }

    private static ConnectionQuery Query(OpsSession session) => ConnectionQuery.From(Bus, null, null, null, null, session.Get<IdSource>(), new ManualTimeProvider(), _ => null);

    private static Task<Approval> Yes(PlannedChange change, CancellationToken cancellationToken) => Task.FromResult(Approval.Write);

    private static EventEntry Entry(int number) => new() { Source = "s", DetailType = "t", Detail = $$"""{"ebopsId":"id-{{number}}"}""" };

    private static Task<List<EventResult>> SendAsync(Account account, int count) => SendAsync(account, Enumerable.Range(0, count).Select(Entry), new PublishOptions());

    private static Task<List<EventResult>> SendAsync(Account account, IEnumerable<EventEntry> entries, PublishOptions options) =>
        account.Session.Get<EventPublisher>().PublishAsync(Each(entries), options, Yes, account, Given.Token).ListAsync();

    private static async IAsyncEnumerable<T> Each<T>(IEnumerable<T> items)
    {
        await Task.CompletedTask;
        foreach (T item in items)
            yield return item;
    }

    private static string Guid() => Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> PythonAsync(string url, params string[] arguments)
    {
        ProcessStartInfo start = new("python3", [Path.Combine(AppContext.BaseDirectory, "Data", "events.py"), url, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        try
        {
            using Process python = Process.Start(start)!;
            Task<string> errors = python.StandardError.ReadToEndAsync(Given.Token);
            string output = await python.StandardOutput.ReadToEndAsync(Given.Token);
            await python.WaitForExitAsync(Given.Token);
            Assert.SkipWhen((await errors).Contains("No module named 'boto3'", StringComparison.Ordinal), "python3 has no boto3");
            Assert.True(python.ExitCode == 0, await errors);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not on PATH");
            return "";
        }
    }
}
