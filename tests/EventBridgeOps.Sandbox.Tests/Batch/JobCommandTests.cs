using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests.Batch;

/// <summary>A command of this machine stands for an image: it has the job's command, environment and exit code.</summary>
public sealed class JobCommandTests : SandboxTest
{
    private readonly ManualTimeProvider clock = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ebops-test-");

    private string Pipe => Path.Combine(folder.FullName, "pipe");

    private string Script => Path.Combine(folder.FullName, "run.sh");

    protected override SandboxOptions Options => new()
    {
        Seed = 1,
        TimeProvider = clock,
        JobStep = TimeSpan.FromSeconds(1),
        JobsAdvanceWhenDescribed = false,
        StateFile = Path.Combine(folder.FullName, "state.json"),
        JobCommands = new Dictionary<string, string> { ["team/ocr"] = $"sh '{Script}'", ["team/ocr:v2"] = "exit 5; :" },
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ocr:v1");
        await Register("exact", "team/ocr:v2");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task It_runs_with_the_command_the_environment_and_the_exit_code()
    {
        await WriteAsync("""echo "$# $1|$2 $JOB_ID $AWS_BATCH_JOB_ATTEMPT $AWS_ENDPOINT_URL" > "$(dirname "$0")/out"; exit 3""");
        string id = await SubmitAsync(""" "containerOverrides":{"command":["it's","a \"b\" $HOME"],"environment":[{"name":"JOB_ID","value":"job_1"}]} """);
        JsonElement job = await EndAsync(id);

        Assert.Equal("FAILED", job.GetProperty("status").GetString());
        Assert.Equal(3, job.GetProperty("container").GetProperty("exitCode").GetInt32());
        Assert.Equal($"2 it's|a \"b\" $HOME job_1 1 {Server.Environment["AWS_ENDPOINT_URL"]}\n", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "out"), Token));
    }

    [Fact]
    public async Task A_tag_of_its_own_comes_first()
    {
        JsonElement job = await EndAsync(await SubmitAsync("", "exact"));
        Assert.Equal(5, job.GetProperty("container").GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task A_failed_attempt_is_tried_again()
    {
        await WriteAsync("""[ "$AWS_BATCH_JOB_ATTEMPT" = 2 ]""");
        JsonElement job = await EndAsync(await SubmitAsync(""" "retryStrategy":{"attempts":2} """));
        Assert.Equal(("SUCCEEDED", 2), (job.GetProperty("status").GetString(), job.GetProperty("attempts").GetArrayLength()));
    }

    /// <summary>https://docs.aws.amazon.com/batch/latest/userguide/using_cloudwatch_logs.html: the group, and a stream for each attempt.</summary>
    [Fact]
    public async Task What_it_writes_is_in_the_log_group_of_batch_in_a_stream_for_each_attempt()
    {
        await WriteAsync("""echo "attempt $AWS_BATCH_JOB_ATTEMPT"; echo; printf 'no end of line' >&2; [ "$AWS_BATCH_JOB_ATTEMPT" = 2 ]""");
        JsonElement job = await EndAsync(await SubmitAsync(""" "retryStrategy":{"attempts":2} """));
        string[] streams = [.. job.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("container").GetProperty("logStreamName").GetString()!)];
        Assert.All(streams, stream => Assert.Matches("^job/default/[0-9a-f]{32}$", stream));
        Assert.Equal(streams[1], job.GetProperty("container").GetProperty("logStreamName").GetString());
        Assert.Equal([["attempt 1", "no end of line"], ["attempt 2", "no end of line"]], [await LogAsync("/aws/batch/job", streams[0]), await LogAsync("/aws/batch/job", streams[1])]);
    }

    [Theory]
    [InlineData("""{"logDriver":"awslogs","options":{"awslogs-group":"mine","awslogs-create-group":"true","awslogs-stream-prefix":"p"}}""", "mine", "p/default/")]
    [InlineData("""{"logDriver":"awslogs","options":{"awslogs-group":"mine"}}""", null, "own/default/")]
    [InlineData("""{"logDriver":"splunk"}""", null, null)]
    public async Task Its_log_is_where_the_job_definition_says(string configuration, string? group, string? stream)
    {
        (await Aws.Batch("RegisterJobDefinition", $$$"""{"jobDefinitionName":"own","type":"container","containerProperties":{"image":"team/ocr:v1","logConfiguration":{{{configuration}}}}}""")).Succeeded();
        await WriteAsync("echo said");
        JsonElement container = (await EndAsync(await SubmitAsync("", "own"))).GetProperty("container");
        Assert.Equal(stream is not null, container.TryGetProperty("logStreamName", out JsonElement name));
        if (stream is not null)
            Assert.StartsWith(stream, name.GetString(), StringComparison.Ordinal);
        if (group is not null)
            Assert.Equal(["said"], await LogAsync(group, name.GetString()!));
        Assert.Equal(group is null ? [] : [group], await GroupsAsync());
    }

    [Fact]
    public async Task It_stands_for_the_only_container_of_a_task_and_of_a_pod()
    {
        await WriteAsync("""echo "$1 $X"; exit 4""");
        (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"ecs","type":"container","ecsProperties":{"taskProperties":[{"containers":[{"name":"main","image":"team/ocr:v1","command":["a"],"environment":[{"name":"X","value":"1"}]}]}]}}""")).Succeeded();
        JsonElement task = (await EndAsync(await SubmitAsync("", "ecs"))).GetProperty("ecsProperties").GetProperty("taskProperties")[0].GetProperty("containers")[0];
        Assert.Equal(4, task.GetProperty("exitCode").GetInt32());
        Assert.Equal(["a 1"], await LogAsync("/aws/batch/job", task.GetProperty("logStreamName").GetString()!));

        (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"eks","type":"container","eksProperties":{"podProperties":{"containers":[{"image":"team/ocr:v1","args":["a"],"env":[{"name":"X","value":"1"}]}]}}}""")).Succeeded();
        JsonElement pod = (await EndAsync(await SubmitAsync("", "eks"))).GetProperty("eksAttempts")[0].GetProperty("containers")[0];
        Assert.Equal(4, pod.GetProperty("exitCode").GetInt32());
    }

    /// <summary>What the command leaves behind may hold its output open for ever; the job ends with the command.</summary>
    [Fact]
    public async Task It_ends_although_something_that_it_started_goes_on()
    {
        Assert.Equal(0, (await Child.TryRun("mkfifo", [Pipe], new Dictionary<string, string>())).ExitCode);
        await WriteAsync("""(read line < "$(dirname "$0")/pipe") & echo said""");
        string id = await SubmitAsync("");
        JsonElement job = await JobAsync(id);
        while (job.GetProperty("status").GetString() is not ("SUCCEEDED" or "FAILED"))
        {
            Server.AdvanceTime(TimeSpan.FromSeconds(1));
            clock.Advance(TimeSpan.FromSeconds(1)); // By this one, what was left behind is waited for.
            await Task.Yield();
            job = await JobAsync(id);
        }

        Assert.Equal("SUCCEEDED", job.GetProperty("status").GetString());
        Assert.Equal(["said"], await LogAsync("/aws/batch/job", job.GetProperty("container").GetProperty("logStreamName").GetString()!));
        await File.WriteAllTextAsync(Pipe, "end\n", Token);
    }

    [Theory]
    [InlineData(true, "enough")]
    [InlineData(false, "Job attempt duration exceeded timeout")]
    public async Task It_ends_when_the_job_is_terminated_or_times_out(bool terminate, string reason)
    {
        await WritePipeAsync();
        string id = await SubmitAsync(""" "timeout":{"attemptDurationSeconds":60} """);
        Server.AdvanceTime(TimeSpan.FromSeconds(4));
        using StreamReader held = await Task.Run(() => new StreamReader(Pipe), Token); // Opening waits for the other end.
        Assert.Equal("began", await held.ReadLineAsync(Token));

        await SaidAsync(id, "said");
        if (terminate)
            (await Aws.Batch("TerminateJob", $$"""{"jobId":"{{id}}","reason":"enough"}""")).Succeeded();
        else
            Server.AdvanceTime(TimeSpan.FromSeconds(61));
        JsonElement job = await JobAsync(id);

        Assert.Equal(("FAILED", reason), (job.GetProperty("status").GetString(), job.GetProperty("statusReason").GetString()));
        Assert.Null(await held.ReadLineAsync(Token)); // Nothing of it runs any more.
    }

    [Fact]
    public async Task A_job_whose_process_ended_with_the_sandbox_fails_as_one_whose_host_is_gone()
    {
        await WritePipeAsync();
        string id = await SubmitAsync("");
        Server.AdvanceTime(TimeSpan.FromSeconds(4));
        using StreamReader held = await Task.Run(() => new StreamReader(Pipe), Token); // Opening waits for the other end.
        Assert.Equal("began", await held.ReadLineAsync(Token));
        Server.SaveState();
        await Server.StopAsync();
        Assert.Null(await held.ReadLineAsync(Token)); // Nothing of it runs any more.

        await using SandboxServer again = await SandboxServer.StartAsync(Options, Token);
        using AwsClient client = new(again.Endpoint);
        JsonElement job = (await client.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs")[0];
        Assert.Equal("FAILED", job.GetProperty("status").GetString());
        Assert.StartsWith("Host EC2", job.GetProperty("statusReason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("state")]
    public async Task It_ends_when_the_state_that_it_runs_for_is_replaced(string path)
    {
        using HttpClient http = new() { BaseAddress = Server.Endpoint };
        await WritePipeAsync();
        string id = await SubmitAsync("");
        Server.AdvanceTime(TimeSpan.FromSeconds(4));
        using StreamReader held = await Task.Run(() => new StreamReader(Pipe), Token); // Opening waits for the other end.
        Assert.Equal("began", await held.ReadLineAsync(Token));
        await SaidAsync(id, "said");
        string saved = await http.GetStringAsync(new Uri("/_sandbox/state", UriKind.Relative), Token);

        using StringContent body = new(path == "reset" ? "" : saved);
        using HttpRequestMessage request = new(path == "reset" ? HttpMethod.Post : HttpMethod.Put, "/_sandbox/" + path) { Content = body };
        using HttpResponseMessage answer = await http.SendAsync(request, Token);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Null(await held.ReadLineAsync(Token)); // Nothing of it runs any more.

        JsonElement jobs = (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs");
        Assert.Equal(path == "reset" ? [] : ["/aws/batch/job"], await GroupsAsync());
        if (path == "reset")
            Assert.Equal(0, jobs.GetArrayLength());
        else
            Assert.Equal("FAILED", jobs[0].GetProperty("status").GetString()); // The state has it as RUNNING, but no process is its own.
    }

    private Task WriteAsync(string script) => File.WriteAllTextAsync(Script, script + "\n", Token);

    private async Task<string> SubmitAsync(string more, string definition = "job")
    {
        string members = more.Length == 0 ? "" : "," + more;
        return (await Aws.Batch("SubmitJob", $$"""{"jobName":"j","jobQueue":"main","jobDefinition":"{{definition}}"{{members}}}""")).Succeeded().Json.GetProperty("jobId").GetString()!;
    }

    private Task<Answer> LogsAsync(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);

    private async Task<string[]> GroupsAsync() =>
        [.. (await LogsAsync("DescribeLogGroups", "{}")).Succeeded().Json.GetProperty("logGroups").EnumerateArray().Select(group => group.GetProperty("logGroupName").GetString()!)];

    private async Task<string[]> LogAsync(string group, string stream) =>
        [.. (await LogsAsync("GetLogEvents", $$"""{"logGroupName":"{{group}}","logStreamName":"{{stream}}","startFromHead":true}""")).Succeeded().Json.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("message").GetString()!)];

    /// <summary>Waits until a job that runs has a line in its log.</summary>
    private async Task SaidAsync(string id, string line)
    {
        string stream = (await JobAsync(id)).GetProperty("container").GetProperty("logStreamName").GetString()!;
        while (!(await GroupsAsync()).Contains("/aws/batch/job"))
            await Task.Yield();
        Assert.Equal([line], await LogAsync("/aws/batch/job", stream));
    }

    private async Task<JsonElement> JobAsync(string id) => (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs")[0];

    /// <summary>The job when it has ended: the clock moves what waits for it, and the process ends by itself.</summary>
    private async Task<JsonElement> EndAsync(string id)
    {
        while (true)
        {
            JsonElement job = await JobAsync(id);
            if (job.GetProperty("status").GetString() is "SUCCEEDED" or "FAILED")
                return job;
            Server.AdvanceTime(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    /// <summary>A command that holds the pipe open as long as it, or anything that it started, runs.</summary>
    private async Task WritePipeAsync()
    {
        Assert.Equal(0, (await Child.TryRun("mkfifo", [Pipe], new Dictionary<string, string>())).ExitCode);
        await WriteAsync("""exec 9> "$(dirname "$0")/pipe"; echo began >&9; echo said; sleep 1000""");
    }
}
