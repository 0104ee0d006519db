using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>Dead letters are delivered to their target alone, each once, whatever happens on the way.</summary>
public sealed class RedriveTests(MotoFixture moto) : IAsyncLifetime
{
    private const string Queues = "arn:aws:sqs:eu-west-1:123456789012:";
    private const string Rule = "arn:aws:events:eu-west-1:123456789012:rule/shop/orders";
    private const string OpenPolicy = """{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}""";

    private Account _account = null!;

    public async ValueTask InitializeAsync()
    {
        // The journal is searched back to the time of the oldest message, which the clock of the sandbox gives it.
        _account = await Account.OnSandboxAsync(clock: new ManualTimeProvider { AutoAdvance = true, Origin = TimeProvider.System.GetUtcNow() });
        await _account.EventsAsync("CreateEventBus", """{"Name":"shop"}""");
        await _account.SqsAsync("CreateQueue", $$$"""{"QueueName":"dead","Attributes":{"Policy":"{{{OpenPolicy}}}"}}""");
    }

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public async Task Each_kind_of_target_receives_what_its_rule_defines_and_no_other_target_does()
    {
        await QueueAsync("standard");
        await _account.SqsAsync("CreateQueue", """{"QueueName":"ordered.fifo","Attributes":{"FifoQueue":"true"}}""");
        await QueueAsync("topic-reader");
        await _account.SnsAsync("Action=CreateTopic&Name=news");
        await _account.SnsAsync("Action=Subscribe&TopicArn=arn:aws:sns:eu-west-1:123456789012:news&Protocol=sqs&Endpoint=" + Queues + "topic-reader");
        await QueueAsync("behind");
        await _account.EventsAsync("CreateEventBus", """{"Name":"archive"}""");
        await _account.EventsAsync("PutRule", """{"Name":"all","EventBusName":"archive","EventPattern":"{\"source\":[\"shop.web\"]}"}""");
        await _account.EventsAsync("PutTargets", $$"""{"Rule":"all","EventBusName":"archive","Targets":[{"Id":"q","Arn":"{{Queues}}behind"}]}""");
        await JobsAsync();
        await RuleAsync(
            $$"""{"Id":"standard","Arn":"{{Queues}}standard","InputPath":"$.detail"}""",
            $$$$"""{"Id":"fifo","Arn":"{{{{Queues}}}}ordered.fifo","SqsParameters":{"MessageGroupId":"g"},"InputTransformer":{"InputPathsMap":{"n":"$.detail.number"},"InputTemplate":"{\"order\": <n>}"}}""",
            """{"Id":"topic","Arn":"arn:aws:sns:eu-west-1:123456789012:news","Input":"{\"fixed\":true}"}""",
            """{"Id":"bus","Arn":"arn:aws:events:eu-west-1:123456789012:event-bus/archive","RoleArn":"arn:aws:iam::123456789012:role/r"}""",
            Account.Target("job", "job:1"));
        foreach (string target in new[] { Queues + "standard", Queues + "ordered.fifo", "arn:aws:sns:eu-west-1:123456789012:news", "arn:aws:events:eu-west-1:123456789012:event-bus/archive", Account.Queue })
            await LetterAsync(target, "THROTTLING");

        List<DeadLetterResult> results = await RedriveAsync();

        Assert.All(results, result => Assert.True(result.Status == DeadLetterStatus.Redriven, $"{result.TargetId}: {result.Reason}"));
        Assert.Equal(["bus", "fifo", "job", "standard", "topic"], results.Select(result => result.TargetId).Order(StringComparer.Ordinal));
        Assert.Equal(["""{"number":7}"""], await BodiesAsync("standard"));
        Assert.Equal(["""{"order": 7}"""], await BodiesAsync("ordered.fifo"));
        Assert.Contains("{\\\"fixed\\\":true}", Assert.Single(await BodiesAsync("topic-reader")), StringComparison.Ordinal);
        JsonNode passed = JsonNode.Parse(Assert.Single(await BodiesAsync("behind")))!;
        Assert.Equal(("shop.web", "Order placed", 7), ((string?)passed["source"], (string?)passed["detail-type"], (int?)passed["detail"]!["number"]));
        Assert.Single(await JobsOfAsync());
        Assert.Empty(await BodiesAsync("dead"));
        Change change = Assert.Single(_account.Session.Get<ChangeJournal>().Read());
        Assert.Equal((ChangeKind.Redrive, ChangeStatus.Applied, 5), (change.Kind, change.Status, change.Items.Count));
        Assert.All(results, result => Assert.Equal(change.Id, result.ChangeId));
    }

    [Fact]
    public async Task It_works_on_an_emulator_that_is_not_ours()
    {
        await using Account account = await Account.OnAsync("moto", moto);
        string bus = "redrive", rule = $"arn:aws:events:eu-west-1:123456789012:rule/{bus}/orders";
        await account.SqsAsync("CreateQueue", """{"QueueName":"redrive-dead"}""");
        await account.SqsAsync("CreateQueue", """{"QueueName":"redrive-open"}""");
        await account.EventsAsync("CreateEventBus", $$"""{"Name":"{{bus}}"}""");
        await account.EventsAsync("PutRule", $$"""{"Name":"orders","EventBusName":"{{bus}}","EventPattern":"{\"source\":[\"shop.web\"]}"}""");
        await account.EventsAsync("PutTargets", $$"""{"Rule":"orders","EventBusName":"{{bus}}","Targets":[{"Id":"q","Arn":"{{Queues}}redrive-open","InputPath":"$.detail"}]}""");
        await LetterAsync(account, "redrive-dead", rule, Queues + "redrive-open", "THROTTLING");

        DeadLetterResult result = Assert.Single(await account.Session.Get<DeadLetterRedrive>().RunAsync(new RedriveOptions { QueueName = ["redrive-dead"] }, (_, _) => Task.FromResult(Approval.Write), account, Given.Token).ListAsync());

        Assert.Equal(DeadLetterStatus.Redriven, result.Status);
        Assert.Equal(["""{"number":7}"""], await BodiesAsync(account, "redrive-open"));
        Assert.Empty(await BodiesAsync(account, "redrive-dead"));
    }

    [Fact]
    public async Task A_delivery_cannot_be_undone_and_an_undo_says_so()
    {
        await DeadLetterOfQueueAsync();
        Assert.Single(await RedriveAsync());

        TargetSyncResult undone = Assert.Single(await _account.UndoAsync(Assert.Single(_account.Session.Get<ChangeJournal>().Read())));

        Assert.Equal((SyncStatus.Skipped, $"the event was delivered to {Queues}q, and a delivery cannot be undone"), (undone.Status, undone.Reason));
        Assert.Single(await BodiesAsync("q"));
    }

    [Fact]
    public async Task A_revision_that_is_not_ACTIVE_prevents_the_delivery_whatever_the_cause_was()
    {
        await JobsAsync();
        await RuleAsync(Account.Target("job", "job:1"));
        await LetterAsync(Account.Queue, "THROTTLING");
        await _account.BatchAsync("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""");

        DeadLetter letter = Assert.Single(await _account.Session.Get<DeadLetterReader>().ReadAsync(new DeadLetterQuery { QueueName = ["dead"] }, _account, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal((DeadLetterCause.Throttled, DeadLetterState.Blocked), (letter.Cause, letter.State));
        Assert.StartsWith("The target still names job:1", letter.Diagnosis, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_in_no_Region_is_not_called()
    {
        ITargetResourceApi resources = _account.Session.Get<ITargetResourceApi>();
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => resources.FindAsync(new Arn("aws", "lambda", "example.com/", "123456789012", "function:f"), TestContext.Current.CancellationToken));
        Assert.Equal(ErrorIds.ResourceNotFound, error.ErrorId);
    }

    [Fact]
    public async Task A_job_whose_submission_was_cut_off_is_found_and_not_submitted_again()
    {
        await JobsAsync();
        await RuleAsync(Account.Target("job", "job:1"));
        await LetterAsync(Account.Queue, "THROTTLING");
        _account.Sandbox!.Faults.Add("SubmitJob", Fault.ResetAfter(), times: 1);

        DeadLetterResult result = Assert.Single(await RedriveAsync());

        Assert.Equal((DeadLetterStatus.Redriven, Assert.Single(await JobsOfAsync())), (result.Status, result.DeliveryId));
        Assert.Empty(await BodiesAsync("dead"));
        Assert.Equal(ChangeStatus.Applied, Assert.Single(_account.Session.Get<ChangeJournal>().Read()).Status);
    }

    [Fact]
    public async Task A_message_whose_sending_was_cut_off_is_not_sent_again_unless_that_is_asked_for()
    {
        await DeadLetterOfQueueAsync();
        _account.Sandbox!.Faults.Add("SendMessage", Fault.ResetAfter(), times: 1);

        DeadLetterResult first = Assert.Single(await RedriveAsync());
        Assert.Equal((DeadLetterStatus.Unconfirmed, ErrorIds.NotVerified), (first.Status, first.ErrorId));
        Assert.Equal(ErrorIds.NotVerified, Assert.Single(_account.Failures).Error.ErrorId);
        await _account.PostAsync("time", """{"seconds":61}"""); // the call could still have been on its way, so the message was not shown at once

        DeadLetterResult second = Assert.Single(await RedriveAsync());
        Assert.Equal(DeadLetterStatus.Unconfirmed, second.Status);
        Assert.Contains(first.ChangeId!, second.Reason, StringComparison.Ordinal);
        Assert.Single(await BodiesAsync("q"));
        await _account.PostAsync("time", """{"seconds":61}""");

        Assert.Equal(DeadLetterStatus.Redriven, Assert.Single(await RedriveAsync(new RedriveOptions { Force = true })).Status);
        Assert.Equal(2, (await BodiesAsync("q")).Count);
        Assert.Empty(await BodiesAsync("dead"));
    }

    [Fact]
    public async Task A_fifo_queue_takes_a_repeated_message_once()
    {
        await _account.SqsAsync("CreateQueue", """{"QueueName":"q.fifo","Attributes":{"FifoQueue":"true"}}""");
        await RuleAsync($$$$"""{"Id":"q","Arn":"{{{{Queues}}}}q.fifo","SqsParameters":{"MessageGroupId":"g"}}""");
        await LetterAsync(Queues + "q.fifo", "THROTTLING");
        _account.Sandbox!.Faults.Add("SendMessage", Fault.ResetAfter(), times: 1);
        Assert.Equal(DeadLetterStatus.Unconfirmed, Assert.Single(await RedriveAsync()).Status);
        await _account.PostAsync("time", """{"seconds":61}""");

        Assert.Equal(DeadLetterStatus.Redriven, Assert.Single(await RedriveAsync()).Status);
        Assert.Single(await BodiesAsync("q.fifo"));
    }

    [Fact]
    public async Task A_message_that_was_delivered_and_not_deleted_is_only_deleted_by_the_next_run()
    {
        await DeadLetterOfQueueAsync();
        _account.Sandbox!.Faults.Add("DeleteMessage", Fault.Error(403, "AccessDenied", "no"), times: 1);

        DeadLetterResult first = Assert.Single(await RedriveAsync());
        DeadLetterResult second = Assert.Single(await RedriveAsync());

        Assert.Equal((DeadLetterStatus.Redriven, DeadLetterStatus.Redriven), (first.Status, second.Status));
        Assert.Contains("could not be deleted", first.Reason, StringComparison.Ordinal);
        Assert.Equal($"Change {first.ChangeId} delivered the event. Only the message was left to delete.", second.Reason);
        Assert.Single(await BodiesAsync("q"));
        Assert.Empty(await BodiesAsync("dead"));
    }

    [Fact]
    public async Task What_a_target_rejects_stays_in_the_queue_visible_and_is_delivered_later()
    {
        await DeadLetterOfQueueAsync();
        _account.Sandbox!.Faults.Add("SendMessage", Fault.Error(403, "AccessDenied", "no"), times: 1);

        DeadLetterResult failed = Assert.Single(await RedriveAsync());
        Assert.Equal((DeadLetterStatus.Failed, ErrorIds.AccessDenied), (failed.Status, failed.ErrorId));
        Assert.Empty(await BodiesAsync("q"));
        Assert.Equal(DeadLetterStatus.Redriven, Assert.Single(await RedriveAsync()).Status);
        Assert.Single(await BodiesAsync("q"));
    }

    [Fact]
    public async Task A_throttled_target_is_tried_again_in_the_same_run()
    {
        await DeadLetterOfQueueAsync();
        _account.Sandbox!.Faults.Add("SendMessage", Fault.Throttle(), times: 12);

        Assert.Equal(DeadLetterStatus.Redriven, Assert.Single(await RedriveAsync()).Status);
        Assert.Single(await BodiesAsync("q"));
    }

    [Fact]
    public async Task What_if_and_a_refusal_change_nothing_and_hide_nothing()
    {
        await DeadLetterOfQueueAsync();

        Assert.Equal(DeadLetterStatus.WouldRedrive, Assert.Single(await RedriveAsync(approval: Approval.WhatIf)).Status);
        Assert.Equal(DeadLetterStatus.Skipped, Assert.Single(await RedriveAsync(approval: Approval.Declined)).Status);
        Assert.Empty(await BodiesAsync("q"));
        Assert.Empty(_account.Session.Get<ChangeJournal>().Read());
        Assert.Single(await BodiesAsync("dead"));
    }

    [Fact]
    public async Task A_cancelled_run_gives_all_messages_back()
    {
        await QueueAsync("q");
        await RuleAsync($$"""{"Id":"q","Arn":"{{Queues}}q"}""");
        for (int letter = 0; letter < 3; letter++)
            await LetterAsync(Queues + "q", "THROTTLING");
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(Given.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _account.Session.Get<DeadLetterRedrive>().RunAsync(
            new RedriveOptions { QueueName = ["dead"] },
            async (_, token) =>
            {
                await cancel.CancelAsync();
                token.ThrowIfCancellationRequested();
                return Approval.Write;
            },
            _account,
            cancel.Token).ListAsync());

        Assert.Equal(3, (await BodiesAsync("dead")).Count);
        Assert.Empty(await BodiesAsync("q"));
    }

    [Fact]
    public async Task A_missing_permission_is_the_cause_until_the_policy_of_the_queue_grants_it()
    {
        await _account.SqsAsync("CreateQueue", """{"QueueName":"closed"}""");
        await RuleAsync($$$"""{"Id":"closed","Arn":"{{{Queues}}}closed","DeadLetterConfig":{"Arn":"{{{Queues}}}dead"}}""");
        await _account.EventsAsync("PutEvents", """{"Entries":[{"EventBusName":"shop","Source":"shop.web","DetailType":"Order placed","Detail":"{\"number\":7}"}]}""");

        DeadLetter letter = Assert.Single(await ListAsync());
        Assert.Equal((DeadLetterCause.NoPermission, DeadLetterState.Blocked), (letter.Cause, letter.State));
        Assert.StartsWith($"The resource policy of {Queues}closed does not allow sqs:SendMessage for events.amazonaws.com:", letter.Diagnosis, StringComparison.Ordinal);
        Assert.Equal(DeadLetterStatus.Kept, Assert.Single(await RedriveAsync()).Status);

        await PolicyAsync("closed", $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{{{Queues}}}}closed","Condition":{"ArnEquals":{"aws:SourceArn":"{{{{Rule}}}}"}}}]}""");
        Assert.Equal(DeadLetterState.Ready, Assert.Single(await ListAsync()).State);
        Assert.Equal(DeadLetterStatus.Redriven, Assert.Single(await RedriveAsync()).Status);
        Assert.Single(await BodiesAsync("closed"));
    }

    [Fact]
    public async Task A_role_that_lacks_a_permission_is_the_cause_until_it_has_it()
    {
        await JobsAsync();
        await _account.IamAsync("Action=CreateRole&RoleName=start&AssumeRolePolicyDocument=" + Uri.EscapeDataString("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        await RuleAsync(Account.Target("job", "job:1").Replace("role/r", "role/start", StringComparison.Ordinal));
        await LetterAsync(Account.Queue, "NO_PERMISSIONS");

        DeadLetter letter = Assert.Single(await ListAsync());
        Assert.Equal((DeadLetterState.Blocked, $"Role arn:aws:iam::123456789012:role/start does not allow batch:SubmitJob on {Account.Queue} (IAM: implicitDeny)."), (letter.State, letter.Diagnosis));

        await _account.IamAsync("Action=PutRolePolicy&RoleName=start&PolicyName=p&PolicyDocument=" + Uri.EscapeDataString("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"batch:SubmitJob","Resource":"*"}]}"""));
        Assert.Equal(DeadLetterStatus.Redriven, Assert.Single(await RedriveAsync()).Status);
        Assert.Single(await JobsOfAsync());
    }

    [Fact]
    public async Task A_target_that_does_not_exist_and_an_input_that_is_too_large_block_until_they_are_corrected()
    {
        string dead = Queues + "later";
        await RuleAsync($$"""{"Id":"later","Arn":"{{dead}}"}""", $$"""{"Id":"small","Arn":"{{Queues}}small"}""");
        await _account.SqsAsync("CreateQueue", """{"QueueName":"small","Attributes":{"MaximumMessageSize":"1024"}}""");
        await LetterAsync(dead, "NO_RESOURCE");
        await LetterAsync(Queues + "small", "INVALID_PARAMETER", "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.", new string('x', 2000));

        List<DeadLetter> letters = await ListAsync();
        Assert.Equal(["NotFound Blocked", "TooLarge Blocked"], letters.Select(letter => $"{letter.Cause} {letter.State}"));

        await QueueAsync("later");
        await _account.EventsAsync("PutTargets", $$$"""{"Rule":"orders","EventBusName":"shop","Targets":[{"Id":"small","Arn":"{{{Queues}}}small","InputPath":"$.detail.number"}]}""");
        Assert.All(await RedriveAsync(), result => Assert.Equal(DeadLetterStatus.Redriven, result.Status));
        Assert.Single(await BodiesAsync("later"));
        Assert.Equal(["7"], await BodiesAsync("small"));
    }

    [Fact]
    public async Task Whoever_may_not_look_at_a_role_can_still_deliver_by_force()
    {
        await JobsAsync();
        await RuleAsync(Account.Target("job", "job:1"));
        await LetterAsync(Account.Queue, "NO_PERMISSIONS");
        _account.Sandbox!.Faults.Add("GetRole", Fault.Error(403, "AccessDenied", "no"));

        DeadLetterResult kept = Assert.Single(await RedriveAsync());
        Assert.Equal(DeadLetterStatus.Kept, kept.Status);
        Assert.StartsWith("Whether the cause is gone is unknown: ", kept.Reason, StringComparison.Ordinal);
        Assert.Equal(DeadLetterStatus.Redriven, Assert.Single(await RedriveAsync(new RedriveOptions { Force = true })).Status);
    }

    [Fact]
    public async Task Targets_of_other_kinds_are_not_redrivable_and_the_reason_is_said()
    {
        await RuleAsync("""{"Id":"steps","Arn":"arn:aws:states:eu-west-1:123456789012:stateMachine:m","RoleArn":"arn:aws:iam::123456789012:role/r"}""");
        await LetterAsync("arn:aws:states:eu-west-1:123456789012:stateMachine:m", "THROTTLING");

        DeadLetterResult result = Assert.Single(await RedriveAsync(new RedriveOptions { Force = true }));

        Assert.Equal(DeadLetterStatus.NotRedrivable, result.Status);
        Assert.Contains("arn:aws:states:eu-west-1:123456789012:stateMachine:m is of another kind", result.Reason, StringComparison.Ordinal);
        Assert.Single(await BodiesAsync("dead"));
    }

    [Fact]
    public async Task Only_what_is_selected_is_removed()
    {
        await DeadLetterOfQueueAsync();
        await LetterAsync(Queues + "q", "NO_PERMISSIONS");
        DeadLetterQuery query = new() { QueueName = ["dead"], Cause = DeadLetterCause.NoPermission };

        List<DeadLetterResult> removed = await _account.Session.Get<DeadLetterRemoval>().RunAsync(query, (_, _) => Task.FromResult(Approval.Write), _account, Given.Token).ListAsync();

        Assert.Equal(DeadLetterStatus.Removed, Assert.Single(removed).Status);
        Assert.Equal(DeadLetterCause.Throttled, Assert.Single(await ListAsync()).Cause);
    }

    /// <summary>A rule whose target is the queue q, and a dead letter of it that can be delivered.</summary>
    private async Task DeadLetterOfQueueAsync()
    {
        await QueueAsync("q");
        await RuleAsync($$"""{"Id":"q","Arn":"{{Queues}}q"}""");
        await LetterAsync(Queues + "q", "THROTTLING");
    }

    private Task<List<DeadLetter>> ListAsync() => _account.Session.Get<DeadLetterReader>().ReadAsync(new DeadLetterQuery { QueueName = ["dead"] }, _account, Given.Token).ListAsync();

    private Task<List<DeadLetterResult>> RedriveAsync(RedriveOptions? options = null, Approval approval = Approval.Write) =>
        _account.Session.Get<DeadLetterRedrive>().RunAsync((options ?? new RedriveOptions()) with { QueueName = ["dead"] }, (_, _) => Task.FromResult(approval), _account, Given.Token).ListAsync();

    private Task<JsonElement> QueueAsync(string name) => _account.SqsAsync("CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{"Policy":"{{{OpenPolicy}}}"}}""");

    private async Task PolicyAsync(string queue, string policy) =>
        await _account.SqsAsync("SetQueueAttributes", $$$"""{"QueueUrl":"http://localhost/123456789012/{{{queue}}}","Attributes":{"Policy":{{{JsonSerializer.Serialize(policy)}}}}}""");

    private async Task JobsAsync()
    {
        await _account.BatchAsync("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""");
        await _account.DefineAsync("job", 1);
    }

    private async Task<string[]> JobsOfAsync() =>
        [.. (await _account.CallBatchAsync("ListJobs", """{"jobQueue":"main","filters":[{"name":"JOB_NAME","values":["*"]}]}""")).GetProperty("jobSummaryList").EnumerateArray().Select(job => job.GetProperty("jobId").GetString()!)];

    private async Task RuleAsync(params string[] targets)
    {
        await _account.EventsAsync("PutRule", """{"Name":"orders","EventBusName":"shop","EventPattern":"{\"source\":[\"shop.web\"]}"}""");
        await _account.EventsAsync("PutTargets", $$"""{"Rule":"orders","EventBusName":"shop","Targets":[{{string.Join(',', targets)}}]}""");
    }

    /// <summary>A message as EventBridge sends it to a dead-letter queue.</summary>
    private Task LetterAsync(string target, string code, string message = "no", string more = "") => LetterAsync(_account, "dead", Rule, target, code, message, more);

    private static async Task LetterAsync(Account account, string queue, string rule, string target, string code, string message = "no", string more = "")
    {
        string detail = more.Length == 0 ? """{"number":7}""" : $$"""{"number":7,"more":"{{more}}"}""";
        string body = JsonSerializer.Serialize($$"""{"version":"0","id":"e-{{Guid.CreateVersion7()}}","detail-type":"Order placed","source":"shop.web","account":"123456789012","time":"2026-01-01T00:00:00Z","region":"eu-west-1","resources":[],"detail":{{detail}} }""");
        await account.SqsAsync("SendMessage", $$$$"""
            {"QueueUrl":"{{{{await UrlAsync(account, queue)}}}}","MessageBody":{{{{body}}}},"MessageAttributes":{
              "RULE_ARN":{"DataType":"String","StringValue":"{{{{rule}}}}"},"TARGET_ARN":{"DataType":"String","StringValue":"{{{{target}}}}"},
              "ERROR_CODE":{"DataType":"String","StringValue":"{{{{code}}}}"},"ERROR_MESSAGE":{"DataType":"String","StringValue":"{{{{message}}}}"}}}
            """);
    }

    private Task<IReadOnlyList<string>> BodiesAsync(string queue) => BodiesAsync(_account, queue);

    /// <summary>The texts of the messages that a queue shows, which it keeps.</summary>
    private static async Task<IReadOnlyList<string>> BodiesAsync(Account account, string queue)
    {
        JsonElement received = await account.SqsAsync("ReceiveMessage", $$"""{"QueueUrl":"{{await UrlAsync(account, queue)}}","MaxNumberOfMessages":10,"VisibilityTimeout":0}""");
        return received.TryGetProperty("Messages", out JsonElement messages) ? [.. messages.EnumerateArray().Select(message => message.GetProperty("Body").GetString()!)] : [];
    }

    private static async Task<string> UrlAsync(Account account, string queue) => (await account.SqsAsync("GetQueueUrl", $$"""{"QueueName":"{{queue}}"}""")).GetProperty("QueueUrl").GetString()!;
}
