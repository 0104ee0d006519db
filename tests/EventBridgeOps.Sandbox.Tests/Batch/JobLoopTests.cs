using EventBridgeOps.Sandbox.Administration;

namespace EventBridgeOps.Sandbox.Tests.Batch;

/// <summary>A rule on the state changes of jobs that submits a job never ends by itself.</summary>
public sealed class JobLoopTests : SandboxTest
{
    private readonly ManualTimeProvider clock = new();

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = clock, JobStep = TimeSpan.FromSeconds(1), JobsAdvanceWhenDescribed = false, MostWorkAtOnce = 1000 };

    [Fact]
    public async Task The_clock_stops_and_the_rule_and_the_job_are_named()
    {
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
        await MakeRole();
        (await Aws.Events("PutRule", """{"Name":"loop","EventPattern":"{\"source\":[\"aws.batch\"],\"detail\":{\"status\":[\"SUCCEEDED\"]}}"}""")).Succeeded();
        (await PutTargets("loop", Target("t"))).Succeeded();
        (await Aws.Batch("SubmitJob", """{"jobName":"first","jobQueue":"main","jobDefinition":"job"}""")).Succeeded();

        DateTimeOffset before = clock.GetUtcNow();
        InvalidDataException stopped = Assert.Throws<InvalidDataException>(() => Server.AdvanceTime(TimeSpan.FromDays(1)));
        Assert.Contains("the rule arn:aws:events:eu-west-1:123456789012:rule/loop submitted the job job (job definition job:1)", stopped.Message, StringComparison.Ordinal);

        using SandboxAdmin admin = new(Server.Endpoint.ToString(), clock);
        DateTimeOffset stands = (await admin.StatusAsync(Token)).Time!.Value;
        Assert.Contains($"The clock stopped at {stands:yyyy-MM-ddTHH:mm:ssZ}", stopped.Message, StringComparison.Ordinal);
        Assert.InRange(stands, before.AddSeconds(5), before.AddHours(1));

        // With the rule disabled the rest is finite, and the clock comes to the end.
        (await Aws.Events("DisableRule", """{"Name":"loop"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.InRange((await admin.StatusAsync(Token)).Time!.Value, stands.AddMinutes(1), stands.AddMinutes(2));
    }
}
