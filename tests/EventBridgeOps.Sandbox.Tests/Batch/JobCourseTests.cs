using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Batch;

/// <summary>Jobs run by the clock, as their script says: https://docs.aws.amazon.com/batch/latest/userguide/job_states.html.</summary>
public sealed class JobCourseTests : SandboxTest
{
    private readonly ManualTimeProvider clock = new();

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = clock, JobStep = TimeSpan.FromSeconds(1), JobsAdvanceWhenDescribed = false };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
    }

    [Fact]
    public async Task JobSucceedsByTheClockAndEachChangeIsAnEvent()
    {
        (await Aws.Events("PutRule", """{"Name":"states","EventPattern":"{\"source\":[\"aws.batch\"]}"}""")).Succeeded();
        (await PutTargets("states", """{"Id":"t","Arn":"arn:aws:states:eu-west-1:123456789012:stateMachine:m","InputPath":"$.detail.status"}""")).Succeeded();
        string id = await Submit("");
        Server.AdvanceTime(TimeSpan.FromSeconds(5));
        Assert.Equal("SUCCEEDED", await Status(id));
        Assert.Equal(
            ["\"PENDING\"", "\"RUNNABLE\"", "\"STARTING\"", "\"RUNNING\"", "\"SUCCEEDED\""],
            Server.Deliveries.Select(delivery => delivery.Input!));
    }

    [Theory]
    [InlineData(1, "SUCCEEDED")]
    [InlineData(2, "FAILED")]
    public async Task ScriptedFailuresUseUpTheAttempts(int failures, string status)
    {
        (await Aws.Admin(HttpMethod.Post, "jobs", $$"""{"jobDefinition":"job","fail":{{failures}},"exitCode":137,"reason":"OutOfMemoryError"}""")).Succeeded();
        string id = await Submit(",\"retryStrategy\":{\"attempts\":2}");
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        JsonElement job = await Job(id);
        Assert.Equal(status, job.GetProperty("status").GetString());
        Assert.Equal(2, job.GetProperty("attempts").GetArrayLength());
        Assert.Equal(137, job.GetProperty("attempts")[0].GetProperty("container").GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task JobThatStaysRunnableWaitsAndItsDependentsToo()
    {
        (await Aws.Admin(HttpMethod.Post, "jobs", """{"jobDefinition":"job","stay":"RUNNABLE"}""")).Succeeded();
        string first = await Submit("");
        await Register("other");
        string second = await Submit($",\"dependsOn\":[{{\"jobId\":\"{first}\"}}]", "other");
        Server.AdvanceTime(TimeSpan.FromHours(1));
        Assert.Equal(("RUNNABLE", "PENDING"), (await Status(first), await Status(second)));
        (await Aws.Batch("TerminateJob", $$"""{"jobId":"{{first}}","reason":"enough"}""")).Succeeded();
        Assert.Equal(("FAILED", "FAILED"), (await Status(first), await Status(second)));
    }

    [Fact]
    public async Task ArrayJobEndsWithItsChildren()
    {
        string id = await Submit(",\"arrayProperties\":{\"size\":3}");
        Server.AdvanceTime(TimeSpan.FromSeconds(10));
        JsonElement job = await Job(id);
        Assert.Equal("SUCCEEDED", job.GetProperty("status").GetString());
        Assert.Equal(3, job.GetProperty("arrayProperties").GetProperty("statusSummary").GetProperty("SUCCEEDED").GetInt32());
    }

    /// <summary>The most children that an array job has: what each of them costs does not grow with their number.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",\"dependsOn\":[{\"type\":\"SEQUENTIAL\"}]")]
    public async Task ArrayJobWithAllItsChildrenEnds(string dependencies)
    {
        string id = await Submit(",\"arrayProperties\":{\"size\":10000}" + dependencies);
        JsonElement job = await Job(id);
        Assert.Equal(10000, job.GetProperty("arrayProperties").GetProperty("statusSummary").GetProperty("SUBMITTED").GetInt32());
        Server.AdvanceTime(TimeSpan.FromDays(1));
        job = await Job(id);
        Assert.Equal("SUCCEEDED", job.GetProperty("status").GetString());
        Assert.Equal("""{"SUCCEEDED":10000}""", job.GetProperty("arrayProperties").GetProperty("statusSummary").ToString());
    }

    [Theory]
    [InlineData("""{"stay":"RUNNING"}""")]
    [InlineData("""{"fail":-1}""")]
    [InlineData("""{"jobDefinitions":"job"}""")]
    [InlineData("[]")]
    public async Task ScriptThatIsNoneIsRefused(string script) => Assert.Equal(400, (await Aws.Admin(HttpMethod.Post, "jobs", script)).Status);

    [Theory]
    [InlineData("nonsense", "The body of the request is not a valid JSON object.")]
    [InlineData("[]", "The body of the request is not a valid JSON object.")]
    [InlineData("{\"seconds\":-1}", "Specify how far to advance the clock")]
    [InlineData("{\"seconds\":1e300}", "Specify how far to advance the clock")]
    public async Task TimeThatIsNoneIsRefused(string body, string message)
    {
        Answer answer = await Aws.Admin(HttpMethod.Post, "time", body);
        Assert.Equal(400, answer.Status);
        Assert.StartsWith(message, answer.Text);
    }

    private async Task<string> Submit(string more, string definition = "job") =>
        (await Aws.Batch("SubmitJob", $$"""{"jobName":"j","jobQueue":"main","jobDefinition":"{{definition}}"{{more}}}""")).Succeeded().Json.GetProperty("jobId").GetString()!;

    private async Task<string?> Status(string id) => (await Job(id)).GetProperty("status").GetString();

    private async Task<JsonElement> Job(string id) => (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs")[0];
}
