using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Ecs;

/// <summary>Deployments: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html and ecs_service_deployment_events.html.</summary>
public sealed class DeploymentTests : EcsTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MakeEventQueue("aws.ecs");
    }

    [Fact]
    public async Task A_deployment_completes_and_its_events_have_the_shape_of_ecs()
    {
        await MakeService();
        await Take("q");
        await RegisterTask("busybox:2");
        string id = Text(await Deployment(""","taskDefinition":"api" """), "id");
        Assert.Equal(["PRIMARY IN_PROGRESS api:2", "ACTIVE COMPLETED api:1"], await Deployments());
        Server.AdvanceTime(Soon);
        Assert.Equal(["PRIMARY COMPLETED api:2"], await Deployments());

        List<JsonElement> sent = await Take("q");
        Assert.Equal("""["arn:aws:ecs:eu-west-1:123456789012:service/c/api"]""", sent[0].GetProperty("resources").GetRawText());
        Assert.Equal("ECS Deployment State Change", Text(sent[0], "detail-type"));
        Assert.Equal(
            [
                $$"""{"eventType":"INFO","eventName":"SERVICE_DEPLOYMENT_IN_PROGRESS","deploymentId":"{{id}}","updatedAt":"1970-01-01T00:00:03Z","reason":"ECS deployment {{id}} in progress."}""",
                $$"""{"eventType":"INFO","eventName":"SERVICE_DEPLOYMENT_COMPLETED","deploymentId":"{{id}}","updatedAt":"1970-01-01T00:00:06Z","reason":"ECS deployment {{id}} completed."}""",
            ],
            sent.Select(one => one.GetProperty("detail").GetRawText()));
        Assert.Equal(
            ["(service api) has reached a steady state.", $"(service api) (deployment {id}) deployment completed."],
            (await Service()).GetProperty("events").EnumerateArray().Take(2).Select(said => Text(said, "message")));
        JsonElement deployment = await LastServiceDeployment();
        Assert.Equal(("SUCCESSFUL", "MONITORING_COMPLETE"), (Text(deployment, "status"), Text(deployment.GetProperty("deploymentCircuitBreaker"), "status")));
    }

    [Fact]
    public async Task The_circuit_breaker_rolls_back_and_a_stable_service_is_no_success()
    {
        await MakeService();
        string first = Text((await Service()).GetProperty("deployments")[0], "id");
        await Take("q");
        await Script("""{"service":"api","image":"busybox:2","fail":100,"seconds":30}""");
        await RegisterTask("busybox:2");
        string id = Text(await Deployment(""","taskDefinition":"api" """), "id");
        Server.AdvanceTime(TimeSpan.FromSeconds(20));
        Assert.Equal(2, (await Service()).GetProperty("deployments")[0].GetProperty("failedTasks").GetInt32());
        Assert.Equal(2, (await LastServiceDeployment()).GetProperty("deploymentCircuitBreaker").GetProperty("failureCount").GetInt32());
        Server.AdvanceTime(TimeSpan.FromSeconds(10));
        Assert.Equal(["PRIMARY IN_PROGRESS api:1", "ACTIVE FAILED api:2"], await Deployments());
        JsonElement rollback = await LastServiceDeployment();
        Assert.Equal(("ROLLBACK_IN_PROGRESS", "TRIGGERED", "ECS deployment circuit breaker: tasks failed to start."), (Text(rollback, "status"), Text(rollback.GetProperty("deploymentCircuitBreaker"), "status"), Text(rollback.GetProperty("rollback"), "reason")));

        Server.AdvanceTime(Soon);
        JsonElement service = await Service();
        Assert.Equal((Arns + "task-definition/api:1", 1), (Text(service, "taskDefinition"), service.GetProperty("runningCount").GetInt32()));
        Assert.Equal(["PRIMARY COMPLETED api:1"], await Deployments());
        Assert.Equal("ROLLBACK_SUCCESSFUL", Text(await LastServiceDeployment(), "status"));
        Assert.Equal(
            [
                $"INFO SERVICE_DEPLOYMENT_IN_PROGRESS {id} ECS deployment {id} in progress.",
                $"ERROR SERVICE_DEPLOYMENT_FAILED {id} ECS deployment circuit breaker: task failed to start.",
                $"INFO SERVICE_DEPLOYMENT_IN_PROGRESS {first} ECS deployment circuit breaker: rolling back to deploymentId {first}.",
                $"INFO SERVICE_DEPLOYMENT_COMPLETED {first} ECS deployment {first} completed.",
            ],
            await Events());
    }

    [Fact]
    public async Task Without_a_circuit_breaker_it_stays_in_progress_until_it_can_complete()
    {
        await MakeService(more: "");
        await Take("q");
        await Script("""{"service":"*","fail":5,"reason":"OutOfMemoryError"}""");
        await Deployment(""","forceNewDeployment":true""");
        Server.AdvanceTime(TimeSpan.FromSeconds(9));
        Assert.Equal(["PRIMARY IN_PROGRESS api:1", "ACTIVE COMPLETED api:1"], await Deployments());
        Assert.Equal(
            ["(service api) is unable to consistently start tasks successfully.", "(service api) failed to launch a task with (error OutOfMemoryError)."],
            (await Service()).GetProperty("events").EnumerateArray().Take(2).Select(said => Text(said, "message")));
        Assert.Single(await Events());
        Server.AdvanceTime(TimeSpan.FromHours(1));
        Assert.Equal(["PRIMARY COMPLETED api:1"], await Deployments());
    }

    [Fact]
    public async Task Without_rollback_or_a_completed_deployment_it_ends_failed()
    {
        await Script("""{"fail":3}""");
        await MakeService();
        Server.AdvanceTime(TimeSpan.FromDays(1));
        Assert.Equal(["PRIMARY FAILED api:1"], await Deployments());
        Assert.Equal("STOPPED", Text(await LastServiceDeployment(), "status"));
        Assert.Equal(["SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_FAILED"], (await Events()).Select(sent => sent.Split(' ')[1]));
    }

    [Fact]
    public async Task An_image_that_the_registry_does_not_have_cannot_be_pulled()
    {
        Server.PushImage("app:1");
        await MakeService(Registry + "app:1");
        await RegisterTask(Registry + "app:2");
        await Deployment(""","taskDefinition":"api" """);
        Server.AdvanceTime(Soon);
        Assert.StartsWith("(service api) failed to launch a task with (error CannotPullContainerError: ", Text((await Service()).GetProperty("events")[0], "message"), StringComparison.Ordinal);
        Server.AdvanceTime(TimeSpan.FromSeconds(9));
        Assert.Equal(["PRIMARY COMPLETED api:1"], await Deployments());
        Assert.Equal("ROLLBACK_SUCCESSFUL", Text(await LastServiceDeployment(), "status"));
    }

    [Fact]
    public async Task A_tag_is_resolved_when_the_deployment_starts_and_not_again_before_the_next()
    {
        string first = Server.PushImage("app:latest").Digest;
        await MakeService(Registry + "app");
        Assert.Equal(first, await RunningDigest());
        string second = Server.PushImage("app:latest").Digest;
        Assert.Equal(first, await RunningDigest());
        await Deployment(""","forceNewDeployment":true""");
        Server.AdvanceTime(Soon);
        Assert.Equal(second, await RunningDigest());
        Assert.NotEqual(first, second);

        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html: it can be switched off.
        (await Ecs("RegisterTaskDefinition", $$"""{"family":"api","containerDefinitions":[{"name":"web","image":"{{Registry}}app","memory":128,"versionConsistency":"disabled"}]}""")).Succeeded();
        await Deployment(""","taskDefinition":"api" """);
        Assert.Null(await RunningDigest());
    }

    [Fact]
    public async Task A_newer_deployment_takes_the_place_of_one_in_progress()
    {
        await MakeService();
        await RegisterTask("busybox:2");
        string older = Text(await Deployment(""","taskDefinition":"api:2" """), "id");
        string stopped = Text(await LastServiceDeployment(), "serviceDeploymentArn");
        Clock.Advance(TimeSpan.FromSeconds(1));
        string newer = Text(await Deployment(""","taskDefinition":"api:1" """), "id");
        Server.AdvanceTime(Soon);
        Assert.Equal(["PRIMARY COMPLETED api:1"], await Deployments());
        Assert.DoesNotContain(await Events(), sent => sent.Contains("COMPLETED " + older, StringComparison.Ordinal));
        JsonElement all = (await Ecs("ListServiceDeployments", """{"cluster":"c","service":"api","status":["STOPPED"]}""")).Succeeded().Json.GetProperty("serviceDeployments");
        Assert.Equal((1, stopped), (all.GetArrayLength(), Text(all[0], "serviceDeploymentArn")));
        Assert.NotEqual(older, newer);
        Assert.Equal("MISSING", Text((await Ecs("DescribeServiceDeployments", """{"serviceDeploymentArns":["x"]}""")).Json.GetProperty("failures")[0], "reason"));
    }

    [Fact]
    public async Task A_restart_forgets_no_deployment()
    {
        await MakeService();
        await Deployment(""","forceNewDeployment":true""");
        Answer state = await Aws.Admin(HttpMethod.Get, "state");
        (await Aws.Admin(HttpMethod.Post, "reset")).Succeeded();
        (await Aws.Admin(HttpMethod.Put, "state", state.Text)).Succeeded();
        Assert.Equal(["PRIMARY IN_PROGRESS api:1", "ACTIVE COMPLETED api:1"], await Deployments());
        Server.AdvanceTime(Soon);
        Assert.Equal(["PRIMARY COMPLETED api:1"], await Deployments());
    }

    [Theory]
    [InlineData("""{"fail":-1}""", "fail must be a whole number")]
    [InlineData("""{"image":"a b"}""", "a b is not an image")]
    [InlineData("""{"service":1}""", "service must be a text")]
    [InlineData("""{"desired":1}""", "it has no member desired")]
    public async Task A_script_is_checked(string script, string message)
    {
        Answer answer = await Aws.Admin(HttpMethod.Post, "services", script);
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    private async Task Script(string script) => (await Aws.Admin(HttpMethod.Post, "services", script)).Succeeded();

    private async Task<List<string>> Events() => (await Take("q")).Select(sent => sent.GetProperty("detail"))
        .Select(detail => $"{Text(detail, "eventType")} {Text(detail, "eventName")} {Text(detail, "deploymentId")} {Text(detail, "reason")}").ToList();

    private async Task<string?> RunningDigest()
    {
        string revision = Text((await Service()).GetProperty("currentServiceRevisions")[0], "arn");
        JsonElement image = (await Ecs("DescribeServiceRevisions", $$"""{"serviceRevisionArns":["{{revision}}"]}""")).Succeeded().Json.GetProperty("serviceRevisions")[0].GetProperty("containerImages")[0];
        return image.TryGetProperty("imageDigest", out JsonElement digest) ? digest.GetString() : null;
    }
}
