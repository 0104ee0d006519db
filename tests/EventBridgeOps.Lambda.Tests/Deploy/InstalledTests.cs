using System.Text.Json;
using EventBridgeOps.Aws;
using EventBridgeOps.Installation;
using EventBridgeOps.Sandbox.Administration;
using EventBridgeOps.Sandbox.Ecr;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>What the installed automation does by itself: a person pushes, a pipeline announces, and nobody calls the function.</summary>
public sealed class InstalledTests : InstallationTest
{
    private const string PushedTags = """{"push":{"tags":["v*"]},"deployment":{"cluster":"web","service":"app"}}""";

    [Fact]
    public async Task An_image_that_a_person_pushes_goes_through_the_rule_to_the_function_and_the_target_follows()
    {
        string results = await ResultsAsync();
        await InstallAsync(new() { ["Settings"] = PushedTags, ["ResultEventBus"] = "default" });

        // "ebops sandbox push team/app:v2"
        using SandboxAdmin person = new(Server.Endpoint.ToString(), TimeProvider.System);
        SandboxImage pushed = await person.PushImageAsync("team/app:v2", null, Token);
        Assert.Equal(1, pushed.MatchingRules);
        JsonElement result = await NextAsync(results);
        Assert.Equal(("ImagePush", "Done", pushed.Digest), (Text(result, "task"), Text(result, "status"), Text(result, "digest")));
        Assert.Equal(["1 v1", "2 v2"], await ImagesAsync());
        Assert.Equal("job:2", await JobDefinitionAsync());

        // Any client's PutImage, here that of docker.
        await PushAsync("v3");
        Assert.Equal("v3", Text(await NextAsync(results), "tag"));
        Assert.Equal(["1 v1", "2 v2", "3 v3"], await ImagesAsync());
        Assert.Equal("job:3", await JobDefinitionAsync());
    }

    [Fact]
    public async Task An_image_that_is_announced_is_deployed_and_the_end_of_the_deployment_is_reported()
    {
        string results = await ResultsAsync();
        await MakeServiceAsync();
        await PushAsync("v2");
        await InstallAsync(new() { ["Settings"] = PushedTags, ["ResultEventBus"] = "default", ["RegisterImage"] = "true", ["ImagePush"] = "false" });

        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"github.actions","DetailType":"Deployment Ready","Detail":"{\"repository\":\"team/app\",\"tag\":\"v2\",\"actor\":\"ann\"}"}]}""")).Succeeded();
        JsonElement started = await NextAsync(results);
        Assert.Equal(("ServiceUpdate", "Started", "v2", "ann"), (Text(started, "task"), Text(started, "status"), Text(started, "tag"), Text(started, "actor")));
        Assert.Equal(["app:1 v1", "app:2 v2"], await DefinitionsAsync());

        Server.AdvanceTime(TimeSpan.FromMinutes(2));
        JsonElement ended = await NextAsync(results);
        Assert.Equal(("ServiceDeployment", "Done", "Completed", Text(started, "deploymentId")), (Text(ended, "task"), Text(ended, "status"), Text(ended, "state"), Text(ended, "deploymentId")));
        Assert.Equal("app:2", Assert.Single(await DeploymentsAsync()).TaskDefinition);
    }

    [Fact]
    public async Task Drift_that_a_check_finds_raises_the_alarm()
    {
        await InstallAsync([]);
        Assert.NotEqual("ALARM", await DriftAlarmAsync());
        (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""")).Succeeded();
        await CheckDriftAsync();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal("ALARM", await DriftAlarmAsync());
    }

    [Fact]
    public async Task A_second_install_with_another_package_runs_the_new_code_and_uninstall_leaves_nothing()
    {
        string[] before = await Inventory.OfAsync(Aws);
        AutomationStack first = (await InstallAsync([], version: 1))!;
        Assert.Equal([FunctionPackage.Started(1)], await StartsAsync());

        AutomationStack second = (await InstallAsync([], version: 2))!;
        Assert.Equal(InstallStatus.Updated, second.Status);
        Assert.NotEqual(first.PackageVersion, second.PackageVersion);
        Assert.Equal(first.TableName, second.TableName); // The journal stays.
        Assert.Equal([FunctionPackage.Started(1), FunctionPackage.Started(2)], await StartsAsync());
        Assert.Equal(FunctionRunStatus.Nothing, (await CheckDriftAsync()).Status);
        Assert.Equal([FunctionPackage.Started(1), FunctionPackage.Started(2)], await StartsAsync()); // The new process again, and the old one is gone.

        Assert.NotEmpty((await Inventory.OfAsync(Aws)).Except(before));
        Assert.All(await UninstallAsync(), resource => Assert.Equal(RemovalStatus.Deleted, resource.Status));
        Assert.Equal(before, await Inventory.OfAsync(Aws));
    }

    private async Task<FunctionRun> CheckDriftAsync() =>
        (await Session.Get<AutomationInvoker>().InvokeAsync(new InvokeRequest { Command = "drift-check" }, Answer(Changes.Approval.Write), new RecordingObserver(), Token))!;

    private async Task<string?> DriftAlarmAsync() =>
        (await Aws.Send("monitoring", "/", "GraniteServiceVersion20100801.DescribeAlarms", "{}", "application/x-amz-json-1.0")).Succeeded().Json.GetProperty("MetricAlarms").EnumerateArray()
            .Single(alarm => alarm.GetProperty("MetricName").GetString() == "DriftFound").GetProperty("StateValue").GetString();

    /// <summary>The lines with which the packages started, from the log of the function.</summary>
    private async Task<string[]> StartsAsync() =>
        [.. (await Session.Get<AutomationLogReader>().ReadAsync(new AutomationLogQuery(), Token).ToListAsync(Token)).Select(line => line.Message).Where(message => message.StartsWith("package ", StringComparison.Ordinal))];

    /// <summary>Waits for the next result event in a queue.</summary>
    private async Task<JsonElement> NextAsync(string queue)
    {
        JsonElement messages;
        while (!(await Sqs("ReceiveMessage", $$"""{"QueueUrl":"{{queue}}","MaxNumberOfMessages":1,"WaitTimeSeconds":20}""")).Succeeded().Json.TryGetProperty("Messages", out messages))
            Token.ThrowIfCancellationRequested();
        (await Sqs("DeleteMessage", $$"""{"QueueUrl":"{{queue}}","ReceiptHandle":{{messages[0].GetProperty("ReceiptHandle").GetRawText()}}}""")).Succeeded();
        return JsonDocument.Parse(messages[0].GetProperty("Body").GetString()!).RootElement.GetProperty("detail");
    }

    private static string? Text(JsonElement result, string name) => result.GetProperty(name).GetString();
}
