using EventBridgeOps.Lambda.Tests.Support;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>The function against moto, which others wrote: its conditional writes, its journal, and what it does.</summary>
public sealed class MotoTests : FunctionTest
{
    private MotoEngine _moto = null!;

    // moto cannot write such a number.
    protected override string Unknown => "";

    public override async ValueTask InitializeAsync()
    {
        _moto = await MotoFixture.StartAsync();
        Aws = new AwsClient(_moto.Endpoint);
        await FillAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_moto is not null)
            await _moto.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_push_that_is_delivered_to_several_instances_becomes_one_revision_and_is_in_the_journal()
    {
        string push = await PushAsync("v2");
        RunningFunction[] instances = [.. Enumerable.Range(0, 4).Select(_ => new RunningFunction(_moto, Settings))];
        List<FunctionAnswer> answers = [];
        // One after the other: moto judges a condition and writes without a lock, so that two writes at once can both succeed.
        foreach (RunningFunction instance in instances)
        {
            answers.Add(await instance.InvokeAsync(push));
            await instance.DisposeAsync();
        }

        Assert.All(answers, answer => Assert.Equal("Done", answer.Succeeded()["status"]));
        Assert.Equal(3, answers.Count(answer => answer["repeated"] == "true"));
        Assert.Equal(["1 v1", "2 v2"], await ImagesAsync());
        Assert.Equal("job:2", await JobDefinitionAsync());
        string days = (await Aws.Send("dynamodb", "/", "DynamoDB_20120810.Scan", $$"""{"TableName":"{{Table}}"}""", "application/x-amz-json-1.0")).Text;
        Assert.Contains("journal#", days, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_is_repaired()
    {
        (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""")).Succeeded();
        await using RunningFunction function = new(_moto, new Dictionary<string, string>(Settings) { ["EBOPS_DRIFT"] = "Repair" });
        Assert.Equal("0", (await function.InvokeAsync("""{"id":"1","source":"aws.events","detail-type":"Scheduled Event","detail":{}}""")).Succeeded()["drift"]);
        Assert.Equal("job:2", await JobDefinitionAsync());
    }

    [Fact]
    public async Task An_image_that_is_announced_is_deployed()
    {
        (await Aws.Ecs("CreateCluster", """{"clusterName":"web"}""")).Succeeded();
        (await Aws.Ecs("RegisterTaskDefinition", $$"""{"family":"app","containerDefinitions":[{"name":"main","image":"{{Registry}}/team/app:v1","memory":128}]}""")).Succeeded();
        (await Aws.Ecs("CreateService", """{"cluster":"web","serviceName":"app","taskDefinition":"app:1","desiredCount":1}""")).Succeeded();
        await PushAsync("v2");
        await using RunningFunction function = new(_moto, new Dictionary<string, string>(Settings) { ["CLUSTER_NAME"] = "web", ["SERVICE_NAME"] = "app", ["EBOPS_REGISTER_IMAGE"] = "true" });
        FunctionAnswer answer = (await function.InvokeAsync(Ready("e1"))).Succeeded();
        Assert.Equal(("ServiceUpdate", "Started"), (answer["task"], answer["status"]));
        Assert.Equal(["app:1 v1", "app:2 v2"], await DefinitionsAsync());
        // moto does not replace the deployment; the service itself names the new task definition.
        Assert.EndsWith("/app:2", (await Aws.Ecs("DescribeServices", """{"cluster":"web","services":["app"]}""")).Succeeded().Json.GetProperty("services")[0].GetProperty("taskDefinition").GetString(), StringComparison.Ordinal);
    }

    // moto asks for a role and a network of its own; the target needs only the ARN of the queue.
    protected override Task MakeQueueAsync() => Task.CompletedTask;
}
