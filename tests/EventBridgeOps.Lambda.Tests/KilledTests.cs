using System.Text.Json.Nodes;
using EventBridgeOps.Lambda.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>An instance is killed at each call that it makes, before the call took effect and after: the next delivery finishes its work.</summary>
public sealed class KilledTests : FunctionTest
{
    /// <summary>Longer than the sandbox itself waits. On a clock that does not move, a call that is so slow never ends.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromHours(2);

    private ManualTimeProvider _clock = new();

    protected override SandboxOptions Options => base.Options with { TimeProvider = _clock };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_push(bool afterTheEffect)
    {
        await EachCallAsync(afterTheEffect, () => PushAsync("v2"), async () =>
        {
            Assert.Equal(["1 v1", "2 v2"], await ImagesAsync());
            Assert.Equal("job:2", await JobDefinitionAsync());
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repair_of_drift(bool afterTheEffect)
    {
        await EachCallAsync(
            afterTheEffect,
            async () =>
            {
                (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""")).Succeeded();
                return """{"id":"s-1","source":"aws.events","detail-type":"Scheduled Event","detail":{}}""";
            },
            async () => Assert.Equal("job:2", await JobDefinitionAsync()),
            new() { ["EBOPS_DRIFT"] = "Repair" });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deployment(bool afterTheEffect)
    {
        await EachCallAsync(
            afterTheEffect,
            async () =>
            {
                await PushAsync("v2");
                await MakeServiceAsync();
                return Ready("e-1");
            },
            async () =>
            {
                Assert.Equal(["app:1 v1", "app:2 v2"], await DefinitionsAsync());
                (string Id, string TaskDefinition)[] deployments = await DeploymentsAsync();
                Assert.Equal(["app:2", "app:1"], deployments.Select(deployment => deployment.TaskDefinition));
                Assert.NotNull(await RecordAsync("started-deployment", deployments[0].Id));
            },
            new() { ["CLUSTER_NAME"] = "web", ["SERVICE_NAME"] = "app", ["EBOPS_REGISTER_IMAGE"] = "1" });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_a_deployment(bool afterTheEffect)
    {
        Dictionary<string, string> service = new() { ["CLUSTER_NAME"] = "web", ["SERVICE_NAME"] = "app", ["EBOPS_REGISTER_IMAGE"] = "1" };
        string deployment = "";
        await EachCallAsync(
            afterTheEffect,
            async () =>
            {
                await PushAsync("v2");
                await MakeServiceAsync();
                await using (RunningFunction start = new(Server, new Dictionary<string, string>(Settings.Concat(service))))
                    deployment = (await start.InvokeAsync(Ready("e-1"))).Succeeded()["deploymentId"]!;
                Server.AdvanceTime(TimeSpan.FromMinutes(1));
                return $$$"""
                    {"id":"d-1","source":"aws.ecs","detail-type":"ECS Deployment State Change","resources":["arn:aws:ecs:eu-west-1:123456789012:service/web/app"],
                     "detail":{"eventName":"SERVICE_DEPLOYMENT_COMPLETED","deploymentId":"{{{deployment}}}","reason":"ECS deployment {{{deployment}}} completed."}}
                    """;
            },
            async () => Assert.Equal("Completed", (string?)(await RecordAsync("service-deployment", deployment + " Completed"))?["state"]),
            service,
            least: 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_state_of_a_job(bool afterTheEffect)
    {
        const string Job = "job_1795771200000_abc123def";
        await EachCallAsync(
            afterTheEffect,
            async () =>
            {
                await Dynamo("CreateTable", """{"TableName":"jobs","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"jobId","AttributeType":"S"}],"KeySchema":[{"AttributeName":"jobId","KeyType":"HASH"}]}""");
                await Dynamo("PutItem", JobItem.Of("jobs", Job));
                return $$$$"""
                    {"id":"j-1","source":"aws.batch","detail-type":"Batch Job State Change","account":"123456789012","time":"2026-11-27T09:20:00Z","region":"eu-west-1",
                     "detail":{"jobName":"mvp","jobId":"4c7599ae-0a82-49aa-ba5a-4727fcce14a8","status":"SUCCEEDED","createdAt":1795771200000,"parameters":{"jobId":"{{{{Job}}}}"}}}
                    """;
            },
            async () =>
            {
                JsonNode item = JsonNode.Parse((await Dynamo("GetItem", $$$$"""{"TableName":"jobs","Key":{"jobId":{"S":"{{{{Job}}}}"}}}""")).Text)!["Item"]!;
                Assert.Equal(("succeeded", "2"), ((string?)item["state"]!["S"], (string?)item["version"]!["N"]));
            },
            new() { ["DYNAMODB_TABLE_NAME"] = "jobs" },
            least: 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dead_letters(bool afterTheEffect)
    {
        await EachCallAsync(
            afterTheEffect,
            async () =>
            {
                await QueueAsync("parked");
                return """{"Records":[{"messageId":"m1","eventSource":"aws:sqs","body":"b1","messageAttributes":{}},{"messageId":"m2","eventSource":"aws:sqs","body":"b2","messageAttributes":{}}]}""";
            },
            // A message may be there twice, because its first delivery could not be deleted from its queue. None is missing.
            async () => Assert.Equal(["b1", "b2"], (await BodiesAsync($"{Server.Endpoint}123456789012/parked")).Distinct().Order()),
            new() { ["EBOPS_PARKED_QUEUE"] = "https://sqs.eu-west-1.amazonaws.com/123456789012/parked" },
            least: 2);
    }

    private async Task<Answer> Dynamo(string operation, string input) => (await Aws.Send("dynamodb", "/", "DynamoDB_20120810." + operation, input, "application/x-amz-json-1.0")).Succeeded();

    private async Task<JsonNode?> RecordAsync(string kind, string key)
    {
        Answer answer = await Aws.Send("dynamodb", "/", "DynamoDB_20120810.GetItem", $$$$"""{"TableName":"{{{{Table}}}}","Key":{"id":{"S":"work#{{{{kind}}}}"},"at":{"S":"{{{{key}}}}"}}}""", "application/x-amz-json-1.0");
        return JsonNode.Parse(answer.Text)!["Item"] is { } item ? JsonNode.Parse((string)item["outcome"]!["S"]!) : null;
    }

    private async Task EachCallAsync(bool afterTheEffect, Func<Task<string>> arrange, Func<Task> assert, Dictionary<string, string>? more = null, int least = 8)
    {
        Dictionary<string, string> settings = new(Settings.Concat(more ?? []));
        string payload = await arrange();
        int before = Server.Calls.Count;
        await using (RunningFunction undisturbed = new(Server, settings))
            (await undisturbed.InvokeAsync(payload)).Succeeded();
        int calls = Server.Calls.Count - before;
        Assert.InRange(calls, least, 60);

        for (int call = 1; call <= calls; call++)
        {
            await DisposeAsync();
            _clock = new();
            await InitializeAsync();
            payload = await arrange();
            Server.Faults.Add(new FaultRule { Nth = call, Fault = afterTheEffect ? Fault.LateAnswer(s_hang) : Fault.Slow(s_hang) });
            await using (RunningFunction killed = new(Server, settings))
            {
                _ = killed.InvokeAsync(payload);
                await _clock.SomebodyWaitsAsync(Token, length: s_hang);
                await killed.KillAsync();
            }

            Server.Faults.Clear();
            // The lease of the other one has ended by then.
            ManualTimeProvider later = new() { AutoAdvance = true };
            later.Advance(TimeProvider.System.GetUtcNow().AddMinutes(10) - DateTimeOffset.UnixEpoch);
            await using RunningFunction next = new(Server, settings, later);
            (await next.InvokeAsync(payload, later.GetUtcNow().AddMinutes(5))).Succeeded();
            await assert();
        }
    }
}
