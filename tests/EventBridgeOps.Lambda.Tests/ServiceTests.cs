using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Lambda.Tests.Support;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>A service of Amazon ECS is deployed when an image is announced, and the end of the deployment is reported when Amazon ECS reports it.</summary>
public sealed class ServiceTests : FunctionTest
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    private string _events = "";

    private static Dictionary<string, string> Configured => new(Settings) { ["CLUSTER_NAME"] = "web", ["SERVICE_NAME"] = "app", ["EBOPS_REGISTER_IMAGE"] = "true" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await PushAsync("v2");
        _events = await QueueAsync("ecs-events");
        (await Aws.Events("PutRule", """{"Name":"ecs","EventPattern":"{\"source\":[\"aws.ecs\"],\"detail-type\":[\"ECS Deployment State Change\"]}"}""")).Succeeded();
        (await Aws.Events("PutTargets", """{"Rule":"ecs","Targets":[{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:ecs-events"}]}""")).Succeeded();
        await MakeServiceAsync();
        Server.AdvanceTime(s_soon);
        await BodiesAsync(_events);
    }

    [Fact]
    public async Task An_announced_image_is_deployed_once_and_its_end_is_reported_once()
    {
        string results = await ResultsAsync();
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Configured) { ["EBOPS_RESULT_BUS"] = "default" });
        FunctionAnswer answer = (await function.InvokeAsync(Ready("e1"))).Succeeded();
        Assert.Equal(("ServiceUpdate", "Started", "web", "app", "team/app", "v2"), (answer["task"], answer["status"], answer["cluster"], answer["service"], answer["repository"], answer["tag"]));
        Assert.Equal("team/app:v2 is being deployed to web/app. Amazon ECS reports the result with another event.", answer["message"]);
        Assert.Equal("true", (await function.InvokeAsync(Ready("e1"))).Succeeded()["repeated"]);

        Server.AdvanceTime(s_soon);
        FunctionAnswer[] ends = await DeliverEventsAsync(function);
        FunctionAnswer end = Assert.Single(ends, one => one["status"] != "Nothing");
        Assert.Equal(("ServiceDeployment", "Done", "Completed", "team/app", "v2", answer["deploymentId"]), (end["task"], end["status"], end["state"], end["repository"], end["tag"], end["deploymentId"]));
        Assert.Equal($"Deployment {answer["deploymentId"]} of web/app is completed. The service runs task definition app:2.", end["message"]);

        Assert.Equal(["app:1 v1", "app:2 v2"], await DefinitionsAsync());
        Assert.Equal(2, (await BodiesAsync(results)).Length);
        Assert.Equal(1, Server.Calls.Count(call => call.Operation == "UpdateService"));
        Assert.Equal("Done", (await function.InvokeAsync(Ready("e2"))).Succeeded()["status"]);
        Assert.Equal(1, Server.Calls.Count(call => call.Operation == "UpdateService"));
    }

    [Fact]
    public async Task A_deployment_that_is_rolled_back_is_reported_as_a_failure()
    {
        await ScriptAsync($$"""{"service":"app","image":"{{Registry}}/team/app:v2","fail":100,"reason":"Essential container in task exited"}""");
        await using RunningFunction function = new(Server, Configured);
        FunctionAnswer answer = (await function.InvokeAsync(Ready("e1"))).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(20));
        // The service is stable again, and Amazon ECS has reported a completed deployment: that of the rollback.
        Assert.Equal("app:1", Assert.Single(await DeploymentsAsync()).TaskDefinition);
        FunctionAnswer end = Assert.Single(await DeliverEventsAsync(function), one => one["status"] != "Nothing");

        Assert.Equal(("ServiceDeployment", "Failed", "RolledBack"), (end["task"], end["status"], end["state"]));
        Assert.StartsWith($"Deployment {answer["deploymentId"]} of web/app failed and was rolled back, so the service runs task definition app:1 again: ", end["message"], StringComparison.Ordinal);
        Assert.Equal("RolledBack", (string?)((JsonArray)end.Document["items"]!)[0]!["status"]);
        JsonObject metrics = function.Log.Last(line => line.ContainsKey("_aws") && (string?)line["Task"] == "ServiceDeployment" && line.ContainsKey("Failures") && (int)line["Failures"]! > 0);
        Assert.Equal((1, 0), ((int)metrics["Failures"]!, (int)metrics["Changes"]!));
    }

    [Fact]
    public async Task Deployments_of_others_are_left_alone()
    {
        await using RunningFunction function = new(Server, Configured);
        await Aws.Ecs("UpdateService", """{"cluster":"web","service":"app","forceNewDeployment":true}""");
        Server.AdvanceTime(s_soon);
        FunctionAnswer[] answers = await DeliverEventsAsync(function);
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal("Nothing", answer["status"]));
    }

    [Fact]
    public async Task Without_the_image_policy_the_same_task_definition_is_deployed_again_unless_it_runs_the_image()
    {
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["CLUSTER_NAME"] = "web", ["SERVICE_NAME"] = "app" });
        Assert.Equal("Done", (await function.InvokeAsync(Ready("e1", "v1"))).Succeeded()["status"]);
        (await Aws.Ecr("PutImage", """{"repositoryName":"team/app","imageTag":"v1","imageManifest":"{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"digest\":\"later\"}}"}""")).Succeeded();
        Assert.Equal("Started", (await function.InvokeAsync(Ready("e2", "v1"))).Succeeded()["status"]);
        Server.AdvanceTime(s_soon);
        Assert.Equal("Done", Assert.Single(await DeliverEventsAsync(function), one => one["status"] != "Nothing")["status"]);
        Assert.Equal(["app:1 v1"], await DefinitionsAsync());
    }

    [Fact]
    public async Task Without_the_image_policy_an_image_that_the_task_definition_does_not_name_is_not_said_to_be_deployed()
    {
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["CLUSTER_NAME"] = "web", ["SERVICE_NAME"] = "app" });
        string said = $"The task definition of web/app names {Registry}/team/app:v1, so team/app:v2 was not deployed by this event. To register a revision with it, set deployment.registerImage to true.";
        Assert.Equal(said, (await function.InvokeAsync(Ready("e1"))).Succeeded()["message"]);

        (await Aws.Ecr("PutImage", """{"repositoryName":"team/app","imageTag":"v1","imageManifest":"{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"digest\":\"later\"}}"}""")).Succeeded();
        FunctionAnswer again = (await function.InvokeAsync(Ready("e2"))).Succeeded();
        Assert.Equal(("Started", said), (again["status"], again["message"]));
        Assert.Equal(["app:1 v1"], await DefinitionsAsync());

        // The service is being deployed already, and this time with the image that is announced.
        Assert.Equal("team/app:v1 is being deployed to web/app. Amazon ECS reports the result with another event.", (await function.InvokeAsync(Ready("e3", "v1"))).Succeeded()["message"]);
    }

    [Fact]
    public async Task Each_repository_has_its_services()
    {
        await Aws.Ecs("CreateService", """{"cluster":"web","serviceName":"worker","taskDefinition":"app:1","desiredCount":1}""");
        (await Aws.Send("ssm", "/", "AmazonSSM.PutParameter", """
            {"Name":"/ebops","Type":"String","Value":"{\"deployment\":{\"sources\":[\"ci\"],\"registerImage\":true,\"services\":{\"team/app\":[{\"cluster\":\"web\",\"service\":\"app\"},{\"cluster\":\"web\",\"service\":\"worker\"}]}}}"}
            """)).Succeeded();
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_SETTINGS"] = "/ebops" });
        Assert.Equal(ErrorIds.InvalidEvent, (await function.InvokeAsync(Ready("e1")))["errorType"]);
        FunctionAnswer answer = (await function.InvokeAsync(Ready("e2", source: "ci"))).Succeeded();
        Assert.Equal(("Started", "app, worker"), (answer["status"], answer["service"]));
        Assert.Equal(["app:1 v1", "app:2 v2"], await DefinitionsAsync());

        FunctionAnswer other = (await function.InvokeAsync(Ready("e3", source: "ci", repository: "team/other"))).Succeeded();
        Assert.Equal("Failed", other["status"]);
        Assert.Contains("team/other", other["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "repository", "tag")]
    [InlineData("""{"repository":"Team/App","tag":7}""", "repository", "tag")]
    [InlineData("""{"repository":"team/app","tag":"v2","image":"other:v2","cluster":"a b"}""", "image", "cluster")]
    public async Task A_payload_that_is_not_valid_is_reported_by_field(string detail, params string[] fields)
    {
        string results = await ResultsAsync();
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Configured) { ["EBOPS_RESULT_BUS"] = "default" });
        FunctionAnswer answer = (await function.InvokeAsync($$"""{"id":"e","source":"github.actions","detail-type":"Deployment Ready","detail":{{detail}}}""")).Succeeded();
        Assert.Equal(("ServiceUpdate", "Failed"), (answer["task"], answer["status"]));
        Assert.All(fields, field => Assert.Contains(field, answer["message"], StringComparison.Ordinal));
        Assert.Single(await BodiesAsync(results));
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "UpdateService");
    }

    [Fact]
    public async Task An_image_that_the_repository_does_not_have_is_not_deployed()
    {
        await using RunningFunction function = new(Server, Configured);
        FunctionAnswer answer = (await function.InvokeAsync(Ready("e1", "v9"))).Succeeded();
        Assert.Equal("Failed", answer["status"]);
        Assert.StartsWith("team/app:v9 was not deployed to web/app. 1 error, the first one: ", answer["message"], StringComparison.Ordinal);
        Assert.Equal(["app:1 v1"], await DefinitionsAsync());
    }

    [Fact]
    public async Task Many_instances_that_get_the_same_announcement_start_one_deployment()
    {
        RunningFunction[] instances = [.. Enumerable.Range(0, 10).Select(_ => new RunningFunction(Server, Configured))];
        FunctionAnswer[] answers = await Task.WhenAll(instances.Select(instance => instance.InvokeAsync(Ready("e1"))));
        foreach (RunningFunction instance in instances)
            await instance.DisposeAsync();
        Assert.All(answers, answer => Assert.Equal("Started", answer.Succeeded()["status"]));
        Assert.Equal(1, Server.Calls.Count(call => call.Operation == "UpdateService"));
        Assert.Equal(["app:1 v1", "app:2 v2"], await DefinitionsAsync());
    }

    private async Task<FunctionAnswer[]> DeliverEventsAsync(RunningFunction function)
    {
        List<FunctionAnswer> answers = [];
        foreach (string body in await BodiesAsync(_events))
            answers.Add((await function.InvokeAsync(body)).Succeeded());
        return [.. answers];
    }

    private async Task ScriptAsync(string script)
    {
        using HttpClient client = new();
        using StringContent content = new(script);
        (await client.PostAsync(new Uri(Server.Endpoint, "/_sandbox/services"), content, Token)).EnsureSuccessStatusCode();
    }
}
