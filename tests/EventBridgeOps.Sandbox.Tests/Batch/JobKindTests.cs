using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Batch;

/// <summary>Jobs of definitions with several containers, a pod or several nodes. Source: the service model of Batch (JobDetail, SubmitJob), and the pages of its members.</summary>
public sealed class JobKindTests : SandboxTest
{
    private const string Ecs =
        """
        {"jobDefinitionName":"ecs","type":"container","ecsProperties":{"taskProperties":[{"executionRoleArn":"e","containers":[
        {"name":"main","image":"i","command":["a"],"environment":[{"name":"X","value":"1"},{"name":"Y","value":"2"}],"resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"2"}]},
        {"name":"side","image":"s","essential":false}]}]}}
        """;

    private const string Eks =
        """
        {"jobDefinitionName":"eks","type":"container","eksProperties":{"podProperties":{"serviceAccountName":"sa","metadata":{"labels":{"a":"1","b":"2"}},
        "initContainers":[{"name":"init","image":"n"}],
        "containers":[{"image":"i","command":["c"],"env":[{"name":"X","value":"1"}],"resources":{"limits":{"cpu":"1","memory":"2Mi"},"requests":{"cpu":"1"}}}]}}}
        """;

    private const string Nodes =
        """
        {"jobDefinitionName":"nodes","type":"multinode","nodeProperties":{"numNodes":4,"mainNode":0,"nodeRangeProperties":[
        {"targetNodes":"0:0","container":{"image":"main","command":["a"],"environment":[{"name":"X","value":"1"}]}},{"targetNodes":"1:","container":{"image":"worker"},"instanceTypes":["m5.large"]}]}}
        """;

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = new ManualTimeProvider(), JobStep = TimeSpan.FromSeconds(1), JobsAdvanceWhenDescribed = false };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1}""")).Succeeded();
        foreach (string definition in new[] { Ecs, Eks, Nodes, """{"jobDefinitionName":"one","type":"container","schedulingPriority":3,"containerProperties":{"image":"i"}}""" })
            (await Aws.Batch("RegisterJobDefinition", definition)).Succeeded();
    }

    [Fact]
    public async Task TasksOfEcsAreOverriddenByTheNamesOfTheirContainersAndTheContainerIsEmpty()
    {
        string id = await Submit("ecs", """
            "ecsPropertiesOverride":{"taskProperties":[{"containers":[{"name":"main","command":["b"],"environment":[{"name":"Y","value":"3"}],"resourceRequirements":[{"type":"MEMORY","value":"4"}]}]}]}
            """);
        JsonElement job = await Job(id);
        Assert.Equal("{}", job.GetProperty("container").GetRawText());
        AssertJson(
            """
            {"taskProperties":[{"executionRoleArn":"e","containers":[
            {"name":"main","image":"i","command":["b"],"environment":[{"name":"X","value":"1"},{"name":"Y","value":"3"}],"resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"4"}]},
            {"name":"side","image":"s","essential":false}]}]}
            """,
            job.GetProperty("ecsProperties"));
        AssertNone(job, "nodeProperties", "eksProperties", "eksAttempts", "ecsPropertiesOverride");

        JsonElement ended = await End(id);
        JsonElement main = ended.GetProperty("ecsProperties").GetProperty("taskProperties")[0].GetProperty("containers")[0];
        Assert.Equal(0, main.GetProperty("exitCode").GetInt32());
        Assert.Matches("^ecs/main/[0-9a-f]{32}$", main.GetProperty("logStreamName").GetString());
        JsonElement attempt = Assert.Single(ended.GetProperty("attempts").EnumerateArray());
        Assert.Equal(["main", "side"], attempt.GetProperty("taskProperties")[0].GetProperty("containers").EnumerateArray().Select(container => container.GetProperty("name").GetString()));
        AssertNone(attempt, "container");
        Assert.Equal("{}", ended.GetProperty("container").GetRawText());
    }

    [Fact]
    public async Task PodIsOverriddenByTheNamesOfItsContainersAndThereIsNoContainer()
    {
        string id = await Submit("eks", """
            "retryStrategy":{"attempts":2},
            "eksPropertiesOverride":{"podProperties":{"metadata":{"labels":{"b":"3"}},"initContainers":[{"name":"init","args":["z"]}],"containers":[{"image":"j","env":[{"name":"Z","value":"2"}],"resources":{"limits":{"memory":"4Mi"}}}]}}
            """);
        JsonElement job = await Job(id);
        AssertJson(
            """
            {"podProperties":{"serviceAccountName":"sa","metadata":{"labels":{"a":"1","b":"3"}},"initContainers":[{"name":"init","image":"n","args":["z"]}],
            "containers":[{"image":"j","command":["c"],"env":[{"name":"X","value":"1"},{"name":"Z","value":"2"}],"resources":{"limits":{"cpu":"1","memory":"4Mi"},"requests":{"cpu":"1"}},"name":"Default"}]}}
            """,
            job.GetProperty("eksProperties"));
        AssertNone(job, "container", "nodeProperties", "ecsProperties", "eksPropertiesOverride");

        (await Aws.Admin(HttpMethod.Post, "jobs", """{"jobDefinition":"eks","fail":1,"exitCode":7}""")).Succeeded();
        JsonElement ended = await End(id);
        Assert.Equal("SUCCEEDED", ended.GetProperty("status").GetString());
        Assert.Equal(0, ended.GetProperty("attempts").GetArrayLength());
        Assert.Equal([7, 0], ended.GetProperty("eksAttempts").EnumerateArray().Select(attempt => attempt.GetProperty("containers")[0].GetProperty("exitCode").GetInt32()));
        Assert.DoesNotContain("logStreamName", ended.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodesAreOverriddenByTheirRangesAndThereIsNoContainer()
    {
        string id = await Submit("nodes", """
            "nodeOverrides":{"numNodes":8,"nodePropertyOverrides":[{"targetNodes":":0","containerOverrides":{"command":["b"],"environment":[{"name":"Y","value":"2"}]}},{"targetNodes":"1:7","instanceTypes":["c5.large"]}]}
            """);
        JsonElement job = await Job(id);
        AssertJson(
            """
            {"numNodes":8,"mainNode":0,"nodeRangeProperties":[
            {"targetNodes":"0:0","container":{"image":"main","command":["b"],"environment":[{"name":"X","value":"1"},{"name":"Y","value":"2"}]}},{"targetNodes":"1:","container":{"image":"worker"},"instanceTypes":["c5.large"]}]}
            """,
            job.GetProperty("nodeProperties"));
        AssertNone(job, "container", "eksProperties", "ecsProperties", "nodeOverrides");

        JsonElement ended = await End(id);
        Assert.Equal("SUCCEEDED", ended.GetProperty("status").GetString());
        AssertNone(ended, "container");
        JsonElement summary = (await Aws.Batch("ListJobs", """{"jobQueue":"main","jobStatus":"SUCCEEDED"}""")).Succeeded().Json.GetProperty("jobSummaryList")[0];
        Assert.Equal("""{"numNodes":8}""", summary.GetProperty("nodeProperties").GetRawText());
        (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}#0"]}""")).Failed(400, "ClientException");
    }

    [Theory]
    [InlineData("nodes", """ "containerOverrides":{"command":["a"]} """)]
    [InlineData("eks", """ "containerOverrides":{"command":["a"]} """)]
    [InlineData("ecs", """ "containerOverrides":{"command":["a"]} """)]
    [InlineData("one", """ "nodeOverrides":{"numNodes":2} """)]
    [InlineData("one", """ "eksPropertiesOverride":{} """)]
    [InlineData("one", """ "ecsPropertiesOverride":{} """)]
    [InlineData("ecs", """ "ecsPropertiesOverride":{"taskProperties":[{"containers":[{"name":"other"}]}]} """)]
    [InlineData("eks", """ "eksPropertiesOverride":{"podProperties":{"containers":[{"name":"other"}]}} """)]
    [InlineData("nodes", """ "nodeOverrides":{"numNodes":1} """)] // The lower boundary of the second range.
    [InlineData("nodes", """ "nodeOverrides":{"nodePropertyOverrides":[{"targetNodes":"2:3","instanceTypes":["c5.large"]}]} """)]
    [InlineData("nodes", """ "nodeOverrides":{"nodePropertyOverrides":[{"targetNodes":"0:0","eksPropertiesOverride":{}}]} """)]
    public async Task OverridesOfAnotherKindOrOfWhatIsNotThereAreRefused(string definition, string more) =>
        (await Aws.Batch("SubmitJob", $$"""{"jobName":"n","jobQueue":"main","jobDefinition":"{{definition}}",{{more}}}""")).Failed(400, "ClientException");

    [Fact]
    public async Task NumberOfNodesNeedsAnOpenRange()
    {
        (await Aws.Batch("RegisterJobDefinition", Nodes.Replace("\"1:\"", "\"1:3\"", StringComparison.Ordinal))).Succeeded();
        (await Aws.Batch("SubmitJob", """{"jobName":"n","jobQueue":"main","jobDefinition":"nodes","nodeOverrides":{"numNodes":8}}""")).Failed(400, "ClientException");
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData(",\"schedulingPriorityOverride\":5", 5)]
    public async Task SchedulingPriorityIsThatOfTheDefinitionUnlessItIsOverridden(string more, int expected)
    {
        string id = (await Aws.Batch("SubmitJob", $$"""{"jobName":"n","jobQueue":"main","jobDefinition":"one"{{more}}}""")).Succeeded().Json.GetProperty("jobId").GetString()!;
        JsonElement job = await Job(id);
        Assert.Equal(expected, job.GetProperty("schedulingPriority").GetInt32());
        AssertNone(job, "schedulingPriorityOverride");
    }

    [Fact]
    public async Task LogStreamIsThereWhenTheJobRunsAndIsAnotherForEachAttempt()
    {
        (await Aws.Admin(HttpMethod.Post, "jobs", """{"jobDefinition":"one","fail":1}""")).Succeeded();
        string id = await Submit("one", """ "retryStrategy":{"attempts":2} """);
        while ((await Job(id)).GetProperty("status").GetString() != "RUNNING")
        {
            AssertNone((await Job(id)).GetProperty("container"), "logStreamName");
            Server.AdvanceTime(TimeSpan.FromSeconds(1));
        }

        string first = (await Job(id)).GetProperty("container").GetProperty("logStreamName").GetString()!;
        Assert.Matches("^one/default/[0-9a-f]{32}$", first);
        JsonElement ended = await End(id);
        string[] streams = [.. ended.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("container").GetProperty("logStreamName").GetString()!)];
        Assert.Equal([first, ended.GetProperty("container").GetProperty("logStreamName").GetString()!], streams);
        Assert.NotEqual(streams[0], streams[1]);
    }

    private static void AssertNone(JsonElement element, params string[] members) => Assert.All(members, member => Assert.False(element.TryGetProperty(member, out _), member));

    private static void AssertJson(string expected, JsonElement actual) => Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(expected)), JsonSerializer.Serialize(actual));

    private async Task<string> Submit(string definition, string more) =>
        (await Aws.Batch("SubmitJob", $$"""{"jobName":"n","jobQueue":"main","jobDefinition":"{{definition}}",{{more}}}""")).Succeeded().Json.GetProperty("jobId").GetString()!;

    private async Task<JsonElement> Job(string id) => (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs")[0];

    private async Task<JsonElement> End(string id)
    {
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        return await Job(id);
    }
}
