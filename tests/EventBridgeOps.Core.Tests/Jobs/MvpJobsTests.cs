using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Core.Tests.Jobs;

public sealed class MvpJobsTests : IDisposable
{
    private const string SecretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";

    private readonly Sending _sending = new();
    private readonly FakeBatchJobs _batch = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-jobs-").FullName;
    private readonly MvpJobs _jobs;

    public MvpJobsTests() => _jobs = Open(new FileMvpJobStore(StorePath));

    private string StorePath => Path.Combine(_folder, "jobs.jsonl");

    public void Dispose()
    {
        _jobs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_request_is_an_event_as_its_consumers_expect_it()
    {
        MvpSendResult result = Assert.Single(await SendAsync(new MvpRequest
        {
            UserId = "user123", ProductId = "prod456", DatabaseUrl = SecretArn, Priority = MvpPriority.High, BusinessName = "My Startup MVP",
            EstimatedDuration = "90", Features = ["auth", "dashboard"], UserEmail = "a@b.example", Metadata = new JsonObject { ["plan"] = "pro" },
        }));
        Assert.Matches("^job_[0-9]+_[0-9a-z]{9}$", result.JobId);
        Assert.Equal((EventStatus.Sent, MvpJobState.Queued, "event-1"), (result.Status, result.State, result.EventId));
        EventEntry entry = Assert.Single(_sending.Bus.Taken);
        Assert.Equal(("founderdash.web", "MVP Development Request", "mvp-development", result.JobId), (entry.Source, entry.DetailType, entry.EventBusName, entry.Id));
        JsonNode detail = JsonNode.Parse(entry.Detail)!;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string?)detail["timestamp"]);
        detail.AsObject().Remove("timestamp");
        Assert.True(JsonNode.DeepEquals(detail, JsonNode.Parse($$$"""{"jobId":"{{{result.JobId}}}","userId":"user123","productId":"prod456","founderdashDbUrl":"{{{SecretArn}}}","priority":"high","metadata":{"plan":"pro","businessName":"My Startup MVP","estimatedDuration":90,"features":["auth","dashboard"],"userEmail":"a@b.example"}}""")), detail.ToJsonString());
    }

    [Fact]
    public async Task The_job_is_in_the_store_before_its_event_leaves()
    {
        MvpJobState? seen = null;
        _sending.Bus.Before = async (_, entries) => seen = (await new FileMvpJobStore(StorePath).FindAsync(entries[0].Id!, Run.Token))?.State;
        await SendAsync(Request());
        Assert.Equal(MvpJobState.Pending, seen);
        Assert.Equal([MvpJobState.Pending, MvpJobState.Queued], (await OneAsync()).History.Select(step => step.State));
    }

    [Fact]
    public async Task The_same_id_twice_is_refused_and_not_overwritten()
    {
        List<MvpSendResult> results = await SendAsync(Request() with { JobId = "j" }, Request() with { JobId = "j", UserId = "other" }, Request());
        Assert.Equal([EventStatus.Sent, EventStatus.Failed, EventStatus.Sent], results.Select(result => result.Status));
        Assert.Equal(ErrorIds.JobExists, results[1].ErrorId);
        Assert.Equal("u", (await _jobs.Store.FindAsync("j", Run.Token))!.UserId);
        Assert.Equal(2, _sending.Bus.Taken.Count);
    }

    [Theory]
    [InlineData("UserId")]
    [InlineData("ProductId")]
    [InlineData("JobId")]
    [InlineData("UserEmail")]
    [InlineData("Feature")]
    [InlineData("DatabaseUrl")]
    [InlineData("Metadata")]
    public async Task What_cannot_be_used_is_named_with_its_field_and_nothing_is_recorded(string field)
    {
        MvpRequest request = Request() with { BusinessName = "b" };
        request = field switch
        {
            "UserId" => request with { UserId = " " },
            "ProductId" => request with { ProductId = null },
            "JobId" => request with { JobId = "no id" },
            "UserEmail" => request with { UserEmail = "nobody" },
            "Feature" => request with { Features = ["a", ""] },
            "DatabaseUrl" => request with { DatabaseUrl = "postgres://u:geheim@h/db" },
            _ => request with { Metadata = new JsonObject { ["businessName"] = "twice" } },
        };
        List<MvpSendResult> results = await SendAsync(request, Request());
        Assert.Equal((EventStatus.Failed, ErrorIds.InvalidRequest), (results[0].Status, results[0].ErrorId));
        Assert.StartsWith(field, results[0].Reason);
        Assert.Equal(EventStatus.Sent, results[1].Status);
        Assert.Single(await ListAsync());
        Assert.DoesNotContain("geheim", string.Concat(_sending.Failures.Select(failure => failure.Error.ToString() + failure.Target)));
    }

    [Fact]
    public async Task A_plain_URL_goes_into_the_event_with_a_warning_and_nowhere_else()
    {
        MvpSendResult result = Assert.Single(await SendAsync(Request() with { DatabaseUrl = "postgres://u:geheim@h/db", AllowPlainDatabaseUrl = true }));
        Assert.Equal("postgres://u:geheim@h/db", (string?)JsonNode.Parse(Assert.Single(_sending.Bus.Taken).Detail)!["founderdashDbUrl"]);
        Assert.Single(_sending.Warnings);
        Assert.DoesNotContain("geheim", await File.ReadAllTextAsync(StorePath, Run.Token) + result + await OneAsync() + string.Concat(_sending.Warnings));
    }

    [Fact]
    public async Task What_a_crash_left_pending_is_finished_with_the_same_id()
    {
        using CancellationTokenSource crash = new();
        _sending.Bus.Before = async (_, _) =>
        {
            await crash.CancelAsync();
            crash.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _jobs.Sender.SendAsync(Streams.From([Request(), Request()]), "b", 4, Run.Yes, _sending, crash.Token).ToListAsync(Run.Token));
        _jobs.Dispose();
        using MvpJobs after = Open(new FileMvpJobStore(StorePath));
        MvpJob[] left = [.. await after.Reader.ListAsync(new MvpJobQuery { State = [MvpJobState.Pending] }, _sending, Run.Token).ToListAsync(Run.Token)];
        Assert.NotEmpty(left);

        _sending.Bus.Before = null;
        Assert.Empty(await RepairAsync(after, TimeSpan.FromMinutes(2))); // perhaps on its way
        _sending.Time.Advance(TimeSpan.FromMinutes(3));
        List<MvpSendResult> repaired = await RepairAsync(after, TimeSpan.FromMinutes(2));
        Assert.Equal(left.Select(job => job.JobId).Order(), repaired.Select(result => result.JobId).Order());
        Assert.Equal(left.Select(job => job.JobId).Order(), _sending.Bus.Taken.Select(entry => (string?)JsonNode.Parse(entry.Detail)!["jobId"]).Order());
        Assert.Empty(await RepairAsync(after, TimeSpan.Zero));
    }

    [Fact]
    public async Task What_EventBridge_does_not_take_stays_pending_and_says_why()
    {
        _sending.Bus.Refuse = (_, _) => "AccessDeniedException";
        MvpSendResult result = Assert.Single(await SendAsync(Request()));
        Assert.Equal((EventStatus.Failed, MvpJobState.Pending, ErrorIds.EventRefused), (result.Status, result.State, result.ErrorId));
        Assert.Contains("AccessDeniedException", (await OneAsync()).Reason);
        _sending.Bus.Refuse = null;
        Assert.Equal(EventStatus.Sent, Assert.Single(await RepairAsync(_jobs, TimeSpan.Zero, result.JobId)).Status);
        Assert.Null((await OneAsync()).Reason);
    }

    [Fact]
    public async Task A_request_for_a_bus_that_does_not_exist_is_neither_recorded_nor_sent()
    {
        _sending.Account.Before = (call, _) => call == "DescribeEventBus mvp-developmnt" ? throw FakeAccount.Error(ErrorIds.EventBusNotFound) : Task.CompletedTask;
        List<MvpSendResult> results = await SendAsync(Request() with { EventBusName = "mvp-developmnt" }, Request(), Request() with { EventBusName = "mvp-developmnt" });
        Assert.Equal([EventStatus.Failed, EventStatus.Sent, EventStatus.Failed], results.Select(result => result.Status));
        Assert.Equal((ErrorIds.EventBusNotFound, null), (results[0].ErrorId, results[0].State));
        Assert.Equal(("mvp-development", MvpJobState.Queued), ((await OneAsync()).EventBusName, (await OneAsync()).State));
        Assert.Equal(2, _sending.Account.Calls.Count);
    }

    [Fact]
    public async Task A_pending_job_whose_bus_is_gone_stays_pending()
    {
        _sending.Bus.Refuse = (_, _) => "AccessDeniedException";
        string id = (await SendAsync(Request()))[0].JobId;
        _sending.Bus.Refuse = null;
        Sending later = new();
        later.Account.Before = (_, _) => throw FakeAccount.Error(ErrorIds.EventBusNotFound);
        MvpSender sender = new(_jobs.Store, later.Publisher, later.Ids, later.Retry, later.Time);
        MvpSendResult result = Assert.Single(await sender.ResendAsync(Streams.From([await OneAsync()]), null, 4, Run.Yes, later, Run.Token).ToListAsync(Run.Token));
        Assert.Equal((id, EventStatus.Failed, ErrorIds.EventBusNotFound, MvpJobState.Pending), (result.JobId, result.Status, result.ErrorId, result.State));
        Assert.Equal(MvpJobState.Pending, (await OneAsync()).State);
    }

    [Fact]
    public async Task A_job_that_had_a_plain_URL_is_finished_only_with_it()
    {
        _sending.Bus.Refuse = (_, _) => "AccessDeniedException";
        await SendAsync(Request() with { DatabaseUrl = "postgres://u:geheim@h/db", AllowPlainDatabaseUrl = true });
        _sending.Bus.Refuse = null;
        _sending.Time.Advance(TimeSpan.FromMinutes(3));
        MvpSendResult refused = Assert.Single(await RepairAsync(_jobs, TimeSpan.Zero));
        Assert.Equal(ErrorIds.InvalidRequest, refused.ErrorId);
        List<MvpSendResult> sent = await _jobs.Repair.RunAsync([], TimeSpan.Zero, "postgres://u:geheim@h/db", 4, Run.Yes, _sending, Run.Token).ToListAsync(Run.Token);
        Assert.Equal(EventStatus.Sent, Assert.Single(sent).Status);
        Assert.Contains("geheim", Assert.Single(_sending.Bus.Taken).Detail);
    }

    [Fact]
    public async Task What_if_records_and_sends_nothing()
    {
        List<MvpSendResult> results = await _jobs.Sender.SendAsync(Streams.From([Request()]), "b", 4, (_, _) => Task.FromResult(Approval.WhatIf), _sending, Run.Token).ToListAsync(Run.Token);
        Assert.Equal(EventStatus.WouldSend, Assert.Single(results).Status);
        Assert.False(File.Exists(StorePath));
        Assert.Empty(_sending.Bus.Calls);
    }

    [Fact]
    public async Task What_if_shows_the_detail_and_never_a_plain_database_url()
    {
        List<string> shown = [];
        MvpRequest request = Request() with { JobId = "j1", BusinessName = "Shop", DatabaseUrl = "postgres://geheim.example/db", AllowPlainDatabaseUrl = true };
        await _jobs.Sender.SendAsync(Streams.From([request]), "b", 4, Shows, _sending, Run.Token).ToListAsync(Run.Token);
        _sending.Bus.Refuse = (_, _) => "AccessDeniedException";
        await SendAsync(request with { DatabaseUrl = null });
        await _jobs.Repair.RunAsync(["j1"], TimeSpan.Zero, null, 4, Shows, _sending, Run.Token).ToListAsync(Run.Token);

        Assert.StartsWith("""Send MVP Development Request j1 (user u, product p, with a plain database URL) with the detail {"jobId":"j1","userId":"u","productId":"p","founderdashDbUrl":"[redacted]",""", shown[0], StringComparison.Ordinal);
        Assert.StartsWith("Send MVP Development Request to event bus mvp-development again (recorded ", shown[1], StringComparison.Ordinal);
        Assert.All(shown, operation => Assert.EndsWith(""","metadata":{"businessName":"Shop"}}""", operation, StringComparison.Ordinal));

        Task<Approval> Shows(PlannedChange change, CancellationToken cancellationToken)
        {
            shown.Add(change.Action.ToString());
            return Task.FromResult(Approval.WhatIf);
        }
    }

    [Fact]
    public async Task Thousands_are_batched_and_each_ends_once()
    {
        List<MvpSendResult> results = await SendAsync([.. Enumerable.Range(0, 2000).Select(i => Request() with { ProductId = $"p{i}" })]);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => $"p{i}"), results.Select(result => result.ProductId));
        Assert.All(results, result => Assert.Equal((EventStatus.Sent, MvpJobState.Queued), (result.Status, result.State)));
        Assert.Equal(2000, (await ListAsync()).Count(job => job.State == MvpJobState.Queued));
        Assert.True(_sending.Bus.Calls.Count < 2000, $"{_sending.Bus.Calls.Count} calls");
    }

    [Fact]
    public async Task Events_of_Batch_move_a_job_forward_and_never_back()
    {
        string id = (await SendAsync(Request()))[0].JobId;
        Assert.Equal([MvpJobState.Submitted], await UpdateAsync(Event("RUNNABLE", $$""" "parameters":{"jobId":"{{id}}"} """)));
        Assert.Equal([MvpJobState.Running], await UpdateAsync(Event("RUNNING", $$""" "container":{"environment":[{"name":"JOB_ID","value":"{{id}}"}]} """)));
        Assert.Empty(await UpdateAsync(Event("SUBMITTED", $$""" "jobName":"x","tags":{"jobId":"{{id}}"} """)));
        Assert.Equal([MvpJobState.Succeeded], await UpdateAsync(Event("SUCCEEDED", $$""" "parameters":{"jobId":"{{id}}"} """)));
        Assert.Empty(await UpdateAsync(Event("FAILED", $$""" "parameters":{"jobId":"{{id}}"} """)));
        MvpJob job = await OneAsync();
        Assert.Equal(("b-1", MvpJobState.Succeeded), (job.BatchJobId, job.State));
        Assert.Equal([MvpJobState.Pending, MvpJobState.Queued, MvpJobState.Submitted, MvpJobState.Running, MvpJobState.Succeeded], job.History.Select(step => step.State));
    }

    [Theory]
    [InlineData(""" "arrayProperties":{"index":0},"jobId":"b-1:0" """)]
    [InlineData(""" "jobId":"b-1#1" """)]
    [InlineData(""" "nodeProperties":{"nodeIndex":1,"isMainNode":false},"jobId":"b-2" """)]
    public async Task A_part_of_a_Batch_job_does_not_move_the_job(string part)
    {
        string id = await SubmittedAsync("RUNNING");
        Assert.Empty(await UpdateAsync($$$"""{"detail-type":"Batch Job State Change","detail":{"status":"FAILED","parameters":{"jobId":"{{{id}}}"},{{{part}}} } }"""));
        Assert.Equal((MvpJobState.Submitted, "b-1"), ((await OneAsync()).State, (await OneAsync()).BatchJobId));
        Assert.Empty(_sending.Warnings);
    }

    [Fact]
    public async Task A_Batch_job_that_was_submitted_later_is_followed_and_the_earlier_one_no_longer_counts()
    {
        string id = (await SendAsync(Request()))[0].JobId;
        Assert.Equal([MvpJobState.Running], await UpdateAsync(Of(id, "r1", "RUNNING", 1000, "09:30:01")));
        Assert.Equal([MvpJobState.Failed], await UpdateAsync(Of(id, "r1", "FAILED", 1000, "09:30:02")));
        Assert.Equal([MvpJobState.Submitted], await UpdateAsync(Of(id, "r2", "RUNNABLE", 2000, "09:30:03")));
        Assert.Contains("follows r2", Assert.Single(_sending.Warnings), StringComparison.Ordinal);
        Assert.Empty(await UpdateAsync(Of(id, "r1", "FAILED", 1000, "09:30:09"))); // delivered again
        Assert.Empty(await UpdateAsync(Of(id, "r0", "SUCCEEDED", 500, "09:30:10"))); // late
        Assert.Equal([MvpJobState.Succeeded], await UpdateAsync(Of(id, "r2", "SUCCEEDED", 2000, "09:30:11")));
        Assert.Empty(await UpdateAsync(Of(id, "r2", "RUNNING", 2000, "09:30:05"))); // out of order
        using FileMvpJobStore later = new(StorePath);
        MvpJob job = (await later.FindAsync(id, Run.Token))!;
        Assert.Equal(("r2", MvpJobState.Succeeded, DateTimeOffset.FromUnixTimeMilliseconds(2000)), (job.BatchJobId, job.State, job.BatchSubmittedAt));
        Assert.Equal(["r1"], job.FormerBatchJobIds);
        Assert.Single(_sending.Warnings);
    }

    [Theory]
    [InlineData("SUCCEEDED", 2000)]
    [InlineData("RUNNING", 1000)]
    public async Task A_second_Batch_job_is_warned_of_where_it_is_not_clear_which_one_counts(string first, long submitted)
    {
        string id = (await SendAsync(Request()))[0].JobId;
        await UpdateAsync(Of(id, "r1", first, 1000, "09:30:01"));
        Assert.Empty(await UpdateAsync(Of(id, "r2", "FAILED", submitted, "09:30:03")));
        Assert.Contains("has a second Batch job: r2 is FAILED", Assert.Single(_sending.Warnings), StringComparison.Ordinal);
        Assert.Equal("r1", (await OneAsync()).BatchJobId);
    }

    [Fact]
    public async Task A_job_that_was_stopped_stays_stopped()
    {
        string id = await SubmittedAsync("RUNNABLE");
        await StopAsync(id);
        Assert.Empty(await UpdateAsync(Of(id, "r2", "RUNNING", 4_000_000_000_000, "09:30:03")));
        Assert.Equal(MvpJobState.Cancelled, (await OneAsync()).State);
        Assert.Contains("r2 is RUNNING, while the job is Cancelled", Assert.Single(_sending.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("999999999999", FakeAccount.Region, "is from account 999999999999")]
    [InlineData(FakeAccount.Id, "us-east-1", "is from Region us-east-1")]
    public async Task An_event_of_another_account_or_Region_is_refused(string account, string region, string why)
    {
        string id = (await SendAsync(Request()))[0].JobId;
        string json = Event("RUNNING", $$""" "parameters":{"jobId":"{{id}}"} """).Insert(1, $$"""
            "source":"aws.batch","account":"{{account}}","region":"{{region}}",
            """);
        Assert.Empty(await UpdateAsync(json));
        OpsException error = Assert.Single(_sending.Failures).Error;
        Assert.Equal(ErrorIds.WrongAccountOrRegion, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Equal(MvpJobState.Queued, (await OneAsync()).State);
        Assert.Equal([MvpJobState.Running], await UpdateAsync(json.Replace(account, FakeAccount.Id, StringComparison.Ordinal).Replace(region, FakeAccount.Region, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(""" "parameters":{"jobId":"j"} """)]
    [InlineData(""" "tags":{"JOB_ID":"j"} """)]
    [InlineData(""" "container":{"environment":[{"name":"MVP_JOB_ID","value":"j"}]} """)]
    [InlineData(""" "ecsProperties":{"taskProperties":[{"containers":[{"name":"side","environment":[]},{"name":"main","environment":[{"name":"JOB_ID","value":"j"}]}]}]} """)]
    [InlineData(""" "eksProperties":{"podProperties":{"containers":[{"image":"i","env":[{"name":"JOB_ID","value":"j"}]}]}} """)]
    [InlineData(""" "eksProperties":{"podProperties":{"containers":[{"image":"i"}],"initContainers":[{"env":[{"name":"JOB_ID","value":"j"}]}]}} """)]
    [InlineData(""" "nodeProperties":{"numNodes":2,"mainNode":0,"nodeRangeProperties":[{"targetNodes":"0:1","container":{"environment":[{"name":"JOB_ID","value":"j"}]}}]} """)]
    [InlineData(""" "nodeProperties":{"nodeRangeProperties":[{"ecsProperties":{"taskProperties":[{"containers":[{"environment":[{"name":"JOB_ID","value":"j"}]}]}]}}]} """)]
    public void The_id_is_found_in_each_form_of_a_job(string detail) => Assert.Equal("j", Happened(Event("RUNNING", detail)).JobId);

    [Fact]
    public void An_id_is_known_by_its_look_too()
    {
        Assert.Equal("job_1734567890123_abc123def", Happened(Event("RUNNING", """ "jobName":"mvp-job_1734567890123_abc123def" """)).JobId);
        Assert.Equal("job_1734567890123_abc123def", Happened(Event("RUNNING", """ "jobName":"n","container":{"command":["run","--job=job_1734567890123_abc123def"]} """)).JobId);
    }

    [Theory]
    [InlineData("{}", "detail-type is missing")]
    [InlineData("""{"detail-type":"ECS Task State Change","detail":{}}""", "its detail-type is 'ECS Task State Change'")]
    [InlineData("""{"DetailType":"Batch Job State Change"}""", "is an entry")]
    [InlineData("""{"source":"acme","detail-type":"Batch Job State Change","detail":{"jobId":"b","status":"RUNNING","parameters":{"jobId":"j"}}}""", "its source is 'acme', not aws.batch")]
    [InlineData("""{"detail-type":"Batch Job State Change","detail":{"jobId":"b","status":"ODD"}}""", "'ODD' is unknown")]
    [InlineData("""{"detail-type":"Batch Job State Change","detail":{"jobId":"b","status":"RUNNING","jobName":"n"}}""", "does not name an MVP job")]
    [InlineData("""{"detail-type":"Batch Job State Change","detail-type":"other"}""", "could not be read")]
    public void What_is_no_event_of_a_job_is_refused(string json, string why)
    {
        OpsException error = Assert.Throws<OpsException>(() => Happened(json));
        Assert.Equal(ErrorIds.InvalidEntry, error.ErrorId);
        Assert.Contains(why, error.Message);
    }

    [Theory]
    [InlineData("RUNNABLE", "CancelJob b-1", "Batch job cancelled")]
    [InlineData("RUNNING", "TerminateJob b-1", "Batch job terminated")]
    public async Task Stopping_ends_the_Batch_job_in_the_way_that_its_state_needs(string status, string call, string said)
    {
        string id = await SubmittedAsync(status);
        MvpJob stopped = Assert.Single(await StopAsync(id));
        Assert.Equal(MvpJobState.Cancelled, stopped.State);
        Assert.Contains(said, stopped.Reason);
        Assert.Contains(call, _batch.Calls);
    }

    [Fact]
    public async Task A_job_that_starts_while_it_is_cancelled_is_terminated()
    {
        string id = await SubmittedAsync("RUNNABLE");
        int looks = 0;
        _batch.BeforeDescribe = () => _batch.Status["b-1"] = ++looks == 1 ? "RUNNABLE" : "STARTING";
        Assert.Contains("terminated", Assert.Single(await StopAsync(id)).Reason);
        Assert.Equal(["CancelJob b-1", "TerminateJob b-1"], _batch.Calls.Where(call => call != "DescribeJobs"));
    }

    [Fact]
    public async Task What_has_ended_cannot_be_stopped()
    {
        string id = await SubmittedAsync("SUCCEEDED");
        Assert.Empty(await StopAsync(id, "nope"));
        Assert.Equal([ErrorIds.JobStateConflict, ErrorIds.JobNotFound], _sending.Failures.Select(failure => failure.Error.ErrorId));
        Assert.DoesNotContain(_batch.Calls, call => call != "DescribeJobs");
    }

    [Fact]
    public async Task A_job_without_a_Batch_job_is_marked_and_the_doubt_is_said()
    {
        string id = (await SendAsync(Request()))[0].JobId;
        Assert.Contains("no Batch job was known", Assert.Single(await StopAsync(id)).Reason);
        Assert.Single(_sending.Warnings);
    }

    [Fact]
    public async Task A_job_shows_where_its_Batch_job_is()
    {
        string id = await SubmittedAsync("RUNNING");
        MvpJob job = Assert.Single(await _jobs.Reader.FindAsync([id], _sending, Run.Token));
        Assert.Equal((MvpJobState.Running, "RUNNING", "log/b-1"), (job.State, job.BatchStatus, job.LogStreamName));
        Assert.Equal(MvpJobState.Submitted, (await _jobs.Store.FindAsync(id, Run.Token))!.State); // looking writes nothing
        Assert.Single(await _jobs.Reader.ListAsync(new MvpJobQuery { State = [MvpJobState.Running] }, _sending, Run.Token).ToListAsync(Run.Token));
        Assert.Empty(await _jobs.Reader.ListAsync(new MvpJobQuery { State = [MvpJobState.Submitted] }, _sending, Run.Token).ToListAsync(Run.Token));
    }

    [Fact]
    public async Task Waiting_ends_with_the_job()
    {
        string id = await SubmittedAsync("RUNNING");
        int looks = 0;
        _batch.BeforeDescribe = () => _batch.Status["b-1"] = ++looks < 5 ? "RUNNING" : "FAILED";
        MvpJob job = Assert.Single(await WaitAsync(TimeSpan.FromHours(1), id));
        Assert.Equal(MvpJobState.Failed, job.State);
        Assert.Equal(5, looks);
    }

    [Fact]
    public async Task Waiting_ends_with_the_time()
    {
        string id = await SubmittedAsync("RUNNING");
        Assert.Equal(MvpJobState.Running, Assert.Single(await WaitAsync(TimeSpan.FromSeconds(20), id)).State);
        Assert.Equal(ErrorIds.WaitTimeout, Assert.Single(_sending.Failures).Error.ErrorId);
    }

    private static MvpRequest Request() => new() { UserId = "u", ProductId = "p" };

    private static string Event(string status, string more) => $$$"""{"detail-type":"Batch Job State Change","time":"2026-11-21T09:30:00Z","detail":{"jobId":"b-1","status":"{{{status}}}",{{{more}}} } }""";

    private static string Of(string id, string batchJob, string status, long submitted, string time) =>
        $$$"""{"source":"aws.batch","detail-type":"Batch Job State Change","time":"2026-11-21T{{{time}}}Z","detail":{"jobId":"{{{batchJob}}}","status":"{{{status}}}","createdAt":{{{submitted}}},"parameters":{"jobId":"{{{id}}}"} } }""";

    private static BatchJobEvent Happened(string json) => BatchJobEvent.Read(EventDocument.Parse(json, "event"));

    private MvpJobs Open(IMvpJobStore store) => new(store, _sending.Publisher, _sending.Ids, _batch, _sending.Account, FakeAccount.Region, _sending.Retry, _sending.Time);

    private Task<List<MvpSendResult>> SendAsync(params MvpRequest[] requests) =>
        _jobs.Sender.SendAsync(Streams.From(requests), "mvp-development", 4, Run.Yes, _sending, Run.Token).ToListAsync(Run.Token);

    private Task<List<MvpSendResult>> RepairAsync(MvpJobs jobs, TimeSpan age, params string[] ids) => jobs.Repair.RunAsync(ids, age, null, 4, Run.Yes, _sending, Run.Token).ToListAsync(Run.Token);

    private Task<List<MvpJob>> StopAsync(params string[] ids) => _jobs.Stopper.StopAsync(Streams.From(ids), "enough", Run.Yes, _sending, Run.Token).ToListAsync(Run.Token);

    private Task<List<MvpJob>> WaitAsync(TimeSpan timeout, params string[] ids) => _jobs.Reader.WaitAsync(ids, timeout, TimeSpan.FromSeconds(5), _sending, Run.Token).ToListAsync(Run.Token);

    private Task<List<MvpJob>> ListAsync() => _jobs.Store.ListAsync(new MvpJobQuery(), Run.Token).ToListAsync(Run.Token);

    private async Task<MvpJob> OneAsync() => Assert.Single(await ListAsync());

    private async Task<IEnumerable<MvpJobState>> UpdateAsync(string json) =>
        (await _jobs.Updater.UpdateAsync(Streams.From([Happened(json)]), Run.Yes, _sending, Run.Token).ToListAsync(Run.Token)).Select(job => job.State);

    private async Task<string> SubmittedAsync(string status)
    {
        string id = (await SendAsync(Request()))[0].JobId;
        await UpdateAsync(Event("SUBMITTED", $$""" "parameters":{"jobId":"{{id}}"} """));
        _batch.Status["b-1"] = status;
        return id;
    }
}
