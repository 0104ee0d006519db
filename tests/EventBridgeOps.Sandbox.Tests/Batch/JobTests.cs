using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class JobTests : SandboxTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1}""")).Succeeded();
        await Register("job", "old");
        await Register("job", "new");
    }

    [Fact]
    public async Task A_job_takes_a_step_each_time_that_it_is_looked_at()
    {
        string id = await Submit("job");
        List<string?> states = new();
        for (int i = 0; i < 7; i++)
            states.Add(await Status(id));
        Assert.Equal(["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "SUCCEEDED"], states);
    }

    [Fact]
    public async Task Jobs_can_be_moved_on_from_outside()
    {
        string id = await Submit("job");
        for (int i = 0; i < 4; i++)
            Server.AdvanceJobs();
        Assert.Contains(id, (await Aws.Batch("ListJobs", """{"jobQueue":"main"}""")).Succeeded().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("job", "new")]
    [InlineData("job:1", "old")]
    [InlineData("arn:aws:batch:eu-west-1:123456789012:job-definition/job:1", "old")]
    [InlineData("arn:aws:batch:eu-west-1:123456789012:job-definition/job", "new")]
    public async Task Without_a_revision_the_newest_active_one_runs(string reference, string image)
    {
        string id = await Submit(reference);
        JsonElement job = (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs")[0];
        Assert.Equal(image, job.GetProperty("container").GetProperty("image").GetString());
    }

    [Fact]
    public async Task A_deregistered_revision_cannot_be_submitted()
    {
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:2"}""")).Succeeded();
        (await TrySubmit("job:2")).Failed(400, "ClientException");
        (await TrySubmit("job")).Succeeded();
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        (await TrySubmit("job")).Failed(400, "ClientException");
        (await TrySubmit("nothing")).Failed(400, "ClientException");
    }

    [Fact]
    public async Task Only_a_waiting_job_is_cancelled_but_any_is_terminated()
    {
        string id = await Submit("job");
        for (int i = 0; i < 4; i++)
            Server.AdvanceJobs();
        (await Aws.Batch("CancelJob", $$"""{"jobId":"{{id}}","reason":"r"}""")).Succeeded();
        Assert.Equal("RUNNING", await Status(id));

        string other = await Submit("job");
        Assert.Equal("SUBMITTED", await Status(other));
        (await Aws.Batch("TerminateJob", $$"""{"jobId":"{{other}}","reason":"r"}""")).Succeeded();
        Assert.Equal("FAILED", await Status(other));
        (await Aws.Batch("TerminateJob", $$"""{"jobId":"{{other}}"}""")).Failed(400, "ClientException");
    }

    [Fact]
    public async Task Queues_are_made_changed_and_deleted()
    {
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1}""")).Failed(400, "ClientException");
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"q","priority":1,"computeEnvironmentOrder":[{"order":1,"computeEnvironment":"e"}]}"""))
            .Failed(400, "ClientException");
        (await Aws.Batch("CreateComputeEnvironment", """{"computeEnvironmentName":"e","type":"UNMANAGED"}""")).Succeeded();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"q","priority":1,"computeEnvironmentOrder":[{"order":1,"computeEnvironment":"e"}]}"""))
            .Succeeded();
        (await Aws.Batch("DeleteJobQueue", """{"jobQueue":"q"}""")).Failed(400, "ClientException");
        (await Aws.Batch("UpdateJobQueue", """{"jobQueue":"arn:aws:batch:eu-west-1:123456789012:job-queue/q","state":"DISABLED"}""")).Succeeded();
        (await Aws.Batch("SubmitJob", """{"jobName":"n","jobQueue":"q","jobDefinition":"job"}""")).Failed(400, "ClientException");
        Assert.Equal(["main", "q"], await Pages(
            token => Aws.Batch("DescribeJobQueues", $$"""{"maxResults":1{{Continued("nextToken", token)}}}"""), "jobQueues", "jobQueueName"));
        (await Aws.Batch("DeleteJobQueue", """{"jobQueue":"q"}""")).Succeeded();
        Assert.Equal("""{"jobQueues":[]}""", (await Aws.Batch("DescribeJobQueues", """{"jobQueues":["q"]}""")).Text);
        Assert.Contains("VALID", (await Aws.Batch("DescribeComputeEnvironments", "{}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_by_name_lists_jobs_of_any_status()
    {
        string id = await Submit("job");
        (await Aws.Batch("TerminateJob", $$"""{"jobId":"{{id}}","reason":"r"}""")).Succeeded();
        Answer answer = await Aws.Batch("ListJobs", $$"""{"jobQueue":"{{Queue}}","filters":[{"name":"JOB_NAME","values":["n"]}]}""");
        Assert.Equal(id, answer.Succeeded().Json.GetProperty("jobSummaryList")[0].GetProperty("jobId").GetString());
        Assert.Contains("[]", (await Aws.Batch("ListJobs", $$"""{"jobQueue":"{{Queue}}","filters":[{"name":"JOB_NAME","values":["other"]}]}""")).Succeeded().Text, StringComparison.Ordinal);
    }

    private Task<Answer> TrySubmit(string definition) =>
        Aws.Batch("SubmitJob", $$"""{"jobName":"n","jobQueue":"{{Queue}}","jobDefinition":"{{definition}}"}""");

    private async Task<string> Submit(string definition) => (await TrySubmit(definition)).Succeeded().Json.GetProperty("jobId").GetString()!;

    private async Task<string?> Status(string id) =>
        (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs")[0].GetProperty("status").GetString();
}
