using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Lambda.Handling;
using EventBridgeOps.Lambda.Tests.Support;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>Each folder of examples/automation, with its configuration in Parameter Store, on the sample account.</summary>
public sealed class ExampleTests : SandboxFixture
{
    private const string Job = "job_1795771200000_abc123def";

    /// <summary>What becomes of each example, as <c>task status</c>, and the number of items.</summary>
    private static readonly Dictionary<string, (string Answer, int Items)> s_expected = new()
    {
        ["image-push"] = ("ImagePush Done", 2),
        ["drift-check"] = ("DriftCheck Done", 4),
        ["service-update"] = ("ServiceUpdate Started", 1),
        ["service-deployment"] = ("ServiceDeployment Done", 1),
        ["job-state"] = ("JobState Done", 1),
        ["dead-letter"] = (" ", 0),
        ["event-log"] = ("EventLog Done", 0),
    };

    public static TheoryData<string> Examples => [.. Directory.GetDirectories(Repository.Path("examples", "automation")).Select(folder => Path.GetFileName(folder)!)];

    [Fact]
    public void There_is_one_for_each_handler() => Assert.Equal(WorkKind.All.Order(), Examples.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task It_does_what_the_page_says(string example)
    {
        await ArrangeAsync();
        string payload = await ReadAsync(example, "event.json");
        if (example == "service-deployment")
        {
            await using RunningFunction first = new(Server, await ConfigureAsync("service-update"));
            string started = (await first.InvokeAsync(await ReadAsync("service-update", "event.json"))).Succeeded()["deploymentId"];
            Server.AdvanceTime(TimeSpan.FromMinutes(5));
            payload = payload.Replace("ecs-svc/1234567890123456789", started, StringComparison.Ordinal);
        }

        Dictionary<string, string> settings = await ConfigureAsync(example);
        int before = Server.Calls.Count;
        await using RunningFunction function = new(Server, settings);
        FunctionAnswer answer = (await function.InvokeAsync(payload)).Succeeded();
        (string expected, int items) = s_expected[example];
        Assert.Equal(expected, $"{answer["task"]} {answer["status"]}");
        Assert.Equal(items, (answer.Document["items"] as JsonArray)?.Count ?? 0);
        string[] calls = [.. Server.Calls.Skip(before).Where(call => call.Service != "sts").Select(call => $"{call.Service}:{call.Operation}").Distinct()];
        Assert.Empty(calls.Except(PageTests.Actions(example)));
        await AssertAsync(example, answer, function);
    }

    private async Task AssertAsync(string example, FunctionAnswer answer, RunningFunction function)
    {
        switch (example)
        {
            case "image-push":
                Assert.Equal("After the push of newsarchive-backend:v43, 1 new job definition revision was registered, and 1 target was updated.", answer["message"]);
                break;
            case "drift-check":
                Assert.Equal(2, answer.Document["items"]!.AsArray().Count(item => (string?)item!["status"] == "Updated"));
                break;
            case "service-update":
                Assert.Equal(("mvp-cluster", "mvp-api", "mvp-api", "v7"), (answer["cluster"], answer["service"], answer["repository"], answer["tag"]));
                break;
            case "service-deployment":
                Assert.Equal(("Completed", "mvp-api"), (answer["state"], answer["service"]));
                break;
            case "job-state":
                Assert.Equal(Job, answer["jobId"]);
                break;
            case "dead-letter":
                Assert.Equal("""{"batchItemFailures":[]}""", answer.Document.ToJsonString());
                string parked = (await Aws.Send("sqs", "/", "AmazonSQS.ReceiveMessage", $$"""{"QueueUrl":"{{Server.Endpoint}}123456789012/mvp-parked","MessageAttributeNames":["All"]}""", "application/x-amz-json-1.0")).Succeeded().Text;
                Assert.Contains("NO_PERMISSIONS", parked, StringComparison.Ordinal);
                break;
            case "event-log":
                string line = Assert.Single(function.Log, each => (string?)each["event"] == "event.received").ToJsonString();
                Assert.Contains("\"email\":\"[redacted]\"", line, StringComparison.Ordinal);
                break;
            default:
                Assert.Fail($"The example {example} has no expectation.");
                break;
        }
    }

    private async Task ArrangeAsync()
    {
        await SampleAccount.FillAsync(Server, Token);
        await Dynamo("CreateTable", """
            {"TableName":"ebops","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"at","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]}
            """);
        await Dynamo("PutItem", JobItem.Of("mvp-development-jobs", Job));
        (await Aws.Send("sqs", "/", "AmazonSQS.CreateQueue", """{"QueueName":"mvp-parked"}""", "application/x-amz-json-1.0")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(5));
    }

    private async Task<Dictionary<string, string>> ConfigureAsync(string example)
    {
        string settings = JsonSerializer.Serialize(await ReadAsync(example, "settings.json"));
        (await Aws.Send("ssm", "/", "AmazonSSM.PutParameter", $$"""{"Name":"/ebops/automation","Type":"String","Overwrite":true,"Value":{{settings}}}""")).Succeeded();
        return (await ReadAsync(example, "function.env")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private static Task<string> ReadAsync(string example, string file) => File.ReadAllTextAsync(Repository.Path("examples", "automation", example, file), Token);

    private async Task Dynamo(string operation, string input) => (await Aws.Send("dynamodb", "/", "DynamoDB_20120810." + operation, input, "application/x-amz-json-1.0")).Succeeded();
}
