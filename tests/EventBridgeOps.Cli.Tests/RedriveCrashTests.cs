using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>A thousand dead letters of five causes, and a redrive that is killed in the middle.</summary>
public sealed class RedriveCrashTests : CliTest
{
    private const string Queues = "arn:aws:sqs:eu-west-1:123456789012:";
    private const string JobQueue = "arn:aws:batch:eu-west-1:123456789012:job-queue/work";
    private const int PerCause = 200;

    private static readonly TimeSpan s_hang = TimeSpan.FromHours(3);

    private readonly ManualTimeProvider _clock = new() { AutoAdvance = true, Origin = TimeProvider.System.GetUtcNow() };

    protected override SandboxOptions Options => base.Options with { TimeProvider = _clock };

    [Fact]
    public async Task Each_event_is_delivered_once_none_is_lost_and_none_stays_hidden()
    {
        await FillAsync();
        JsonArray letters = (await RunAsync("dlq", "list", "dead", "--max-count", "5000", "--output", "json")).Ended(0).Json;
        Assert.Equal(
            ["NoPermission Ready 200", "NotFound Ready 200", "RevisionNotActive Ready 200", "Throttled Ready 200", "TooLarge Blocked 200"],
            letters.GroupBy(letter => $"{letter!["Cause"]} {letter["State"]}").Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal));

        // Killed twice, in the middle of jobs and in the middle of messages: one call has taken effect and is not answered, another has not arrived.
        await KillAsync("SubmitJob");
        await KillAsync("SendMessage");

        Outcome again = await RunAsync(Redrive);
        JsonArray results = again.Json;
        string[] unconfirmed = [.. results.Where(result => (string?)result!["Status"] == "Unconfirmed").Select(result => (string)result!["EventId"]!)];
        Assert.Equal(unconfirmed.Length == 0 ? 0 : 3, again.Code);
        Assert.Empty(results.Where(result => (string?)result!["Status"] is not ("Redriven" or "Kept" or "Unconfirmed")).Select(result => $"{result}"));
        _clock.Advance(TimeSpan.FromSeconds(61));

        // Jobs and FIFO messages: exactly once. A message of a standard queue whose outcome the killed run did not learn is not sent again, and is named.
        string[] delivered = [.. await JobsAsync(), .. await EventsAsync("ordered.fifo"), .. await EventsAsync("open"), .. await EventsAsync("created")];
        string[] waiting = [.. (await RunAsync("dlq", "list", "dead", "--max-count", "5000", "--output", "json")).Ended(0).Json.Select(letter => (string)letter!["EventId"]!)];
        Assert.Equal(delivered.Length, delivered.Distinct().Count());
        Assert.Equal(PerCause + unconfirmed.Length, waiting.Length);
        Assert.Equal(5 * PerCause, delivered.Union(waiting).Count());
        Assert.Subset(waiting.ToHashSet(), unconfirmed.ToHashSet());
        Assert.All(waiting.Except(unconfirmed), id => Assert.StartsWith("toolarge-", id, StringComparison.Ordinal));
        Assert.True(unconfirmed.Length <= 16, $"{unconfirmed.Length} are unconfirmed"); // what was in flight, at most
    }

    private async Task KillAsync(string operation)
    {
        Server.Faults.Add(new FaultRule { Operation = operation, Nth = 30, Fault = Fault.LateAnswer(s_hang) });
        Server.Faults.Add(new FaultRule { Operation = operation, Nth = 33, Fault = Fault.Slow(s_hang) });
        using (EbopsProcess process = new([.. Redrive, .. Session, "--journal-path", Journal]))
        {
            await _clock.SomebodyWaitsAsync(Token, 2, s_hang);
            process.Kill();
            await process.ExitedAsync();
        }

        Server.Faults.Clear();
        _clock.Advance(TimeSpan.FromSeconds(61)); // what the process had received is visible again
    }

    private static string[] Redrive => ["dlq", "redrive", "dead", "--max-count", "5000", "--output", "json", "--throttle-limit", "16"];

    private async Task FillAsync()
    {
        (await Aws.Batch("CreateComputeEnvironment", """{"computeEnvironmentName":"e","type":"MANAGED"}""")).Succeeded();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"work","priority":1,"state":"ENABLED","computeEnvironmentOrder":[{"order":1,"computeEnvironment":"e"}]}""")).Succeeded();
        (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""")).Succeeded();
        string open = JsonSerializer.Serialize("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*"}]}""");
        foreach (string queue in new[] { "dead", "open", "created" })
            await SqsAsync("CreateQueue", $$$$"""{"QueueName":"{{{{queue}}}}","Attributes":{"Policy":{{{{open}}}}} }""");
        await SqsAsync("CreateQueue", """{"QueueName":"ordered.fifo","Attributes":{"FifoQueue":"true"}}""");
        await SqsAsync("CreateQueue", """{"QueueName":"small","Attributes":{"MaximumMessageSize":"1024"}}""");
        (await Aws.Events("CreateEventBus", """{"Name":"b"}""")).Succeeded();
        (await Aws.Events("PutRule", """{"Name":"r","EventBusName":"b","EventPattern":"{\"source\":[\"s\"]}"}""")).Succeeded();
        (await Aws.Events("PutTargets", $$$"""
            {"Rule":"r","EventBusName":"b","Targets":[
              {"Id":"job","Arn":"{{{JobQueue}}}","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"job:1","JobName":"n"},
               "InputTransformer":{"InputPathsMap":{"id":"$.id"},"InputTemplate":"{\"Parameters\":{\"event\":<id>}}"}},
              {"Id":"open","Arn":"{{{Queues}}}open"},{"Id":"created","Arn":"{{{Queues}}}created"},{"Id":"fifo","Arn":"{{{Queues}}}ordered.fifo","SqsParameters":{"MessageGroupId":"g"}}]}
            """)).Succeeded();
        (await Aws.Events("PutTargets", $$$"""{"Rule":"r","EventBusName":"b","Targets":[{"Id":"small","Arn":"{{{Queues}}}small"}]}""")).Succeeded();
        await Task.WhenAll(
            LettersAsync("revision", JobQueue, "ERROR_FROM_TARGET", "Job Definition job:1 not found or not ACTIVE."),
            LettersAsync("permission", Queues + "open", "NO_PERMISSIONS", "no"),
            LettersAsync("missing", Queues + "created", "NO_RESOURCE", "no"),
            LettersAsync("throttled", Queues + "ordered.fifo", "THROTTLING", "slow"),
            LettersAsync("toolarge", Queues + "small", "INVALID_PARAMETER", "Message must be shorter than 1024 bytes.", new string('x', 2000)));
    }

    private async Task LettersAsync(string cause, string target, string code, string message, string more = "")
    {
        for (int letter = 0; letter < PerCause; letter += 10)
        {
            string[] entries = [.. Enumerable.Range(letter, 10).Select(number => $$$$"""
                {"Id":"{{{{number}}}}","MessageBody":{{{{JsonSerializer.Serialize($$"""{"id":"{{cause}}-{{number}}","source":"s","detail-type":"d","time":"2026-01-01T00:00:00Z","detail":{"more":"{{more}}"} }""")}}}},"MessageAttributes":{
                  "RULE_ARN":{"DataType":"String","StringValue":"arn:aws:events:eu-west-1:123456789012:rule/b/r"},"TARGET_ARN":{"DataType":"String","StringValue":"{{{{target}}}}"},
                  "ERROR_CODE":{"DataType":"String","StringValue":"{{{{code}}}}"},"ERROR_MESSAGE":{"DataType":"String","StringValue":"{{{{message}}}}"}}}
                """)];
            await SqsAsync("SendMessageBatch", $$"""{"QueueUrl":"http://localhost/123456789012/dead","Entries":[{{string.Join(',', entries)}}]}""");
        }
    }

    /// <summary>The events whose jobs were submitted, by the parameter of each job.</summary>
    private async Task<IReadOnlyList<string>> JobsAsync()
    {
        List<string> ids = [];
        string? token = null;
        do
        {
            JsonElement page = (await Aws.Batch("ListJobs", $$"""{"jobQueue":"work","filters":[{"name":"JOB_NAME","values":["*"]}]{{(token is null ? "" : $",\"nextToken\":\"{token}\"")}}}""")).Succeeded().Json;
            ids.AddRange(page.GetProperty("jobSummaryList").EnumerateArray().Select(job => job.GetProperty("jobId").GetString()!));
            token = page.TryGetProperty("nextToken", out JsonElement next) ? next.GetString() : null;
        }
        while (token is not null);

        List<string> events = [];
        foreach (string[] some in ids.Chunk(100))
        {
            JsonElement jobs = (await Aws.Batch("DescribeJobs", $$"""{"jobs":[{{string.Join(',', some.Select(id => $"\"{id}\""))}}]}""")).Succeeded().Json;
            events.AddRange(jobs.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("parameters").GetProperty("event").GetString()!));
        }

        return events;
    }

    /// <summary>The events that a queue received.</summary>
    private async Task<IReadOnlyList<string>> EventsAsync(string queue)
    {
        List<string> events = [];
        while ((await SqsAsync("ReceiveMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","MaxNumberOfMessages":10,"VisibilityTimeout":600}""")).TryGetProperty("Messages", out JsonElement messages))
        {
            foreach (JsonElement message in messages.EnumerateArray())
            {
                events.Add((string)JsonNode.Parse(message.GetProperty("Body").GetString()!)!["id"]!);
                await SqsAsync("DeleteMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","ReceiptHandle":{{JsonSerializer.Serialize(message.GetProperty("ReceiptHandle").GetString())}} }""");
            }
        }

        return events;
    }

    private async Task<JsonElement> SqsAsync(string operation, string body) => (await Aws.Send("sqs", "/", "AmazonSQS." + operation, body, "application/x-amz-json-1.0")).Succeeded().Json;
}
