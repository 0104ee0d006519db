using System.Text;
using EventBridgeOps.Sandbox.Doors;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class StateTests : SandboxTest
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-state-").FullName;

    private string File => Path.Combine(folder, "not there yet", "state.json");

    protected override SandboxOptions Options => new() { Seed = 1, StateFile = File, RecordBodies = true, KeepUnknownMembers = true };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Everything_is_there_again_after_a_restart()
    {
        string target = Target("1", more: ",\"Odd\":[1.0, 1e400]");
        await PutRule("r");
        (await PutTargets("r", target)).Succeeded();
        await Register("job");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"app"}""")).Succeeded();
        string before = (await Aws.Admin(HttpMethod.Get, "state")).Text;
        await Server.StopAsync();

        await using SandboxServer again = await SandboxServer.StartAsync(Options, TestContext.Current.CancellationToken);
        using AwsClient aws = new(again.Endpoint);
        Assert.Equal(before, (await aws.Admin(HttpMethod.Get, "state")).Text);
        Assert.Equal($$"""{"Targets":[{{target}}]}""", (await aws.Events("ListTargetsByRule", """{"Rule":"r"}""")).Text);
        Assert.Equal(2, (await aws.Batch("RegisterJobDefinition",
            """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"i"}}""")).Json.GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task A_file_has_one_sandbox_at_a_time()
    {
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => SandboxServer.StartAsync(Options, TestContext.Current.CancellationToken));
        Assert.Equal($"The state file {File} is in use by another sandbox. Stop that one, or specify another file.", refused.Message);
        await PutRule("r");
        await Server.StopAsync();
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public async Task What_was_answered_is_in_the_file_already()
    {
        for (int number = 0; number < 50; number++)
        {
            await PutRule($"rule-{number}");
            Assert.Contains($"rule-{number}\"", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_could_not_be_saved_is_an_error_and_not_an_answer()
    {
        await PutRule("before");
        string made = Path.GetDirectoryName(File)!;
        Directory.Delete(made, recursive: true);
        await System.IO.File.WriteAllTextAsync(made, "in its place", TestContext.Current.CancellationToken);

        Answer refused = await Aws.Events("PutRule", """{"Name":"r","ScheduleExpression":"rate(1 day)"}""");
        Assert.Equal(500, refused.Status);
        Assert.StartsWith("The sandbox could not save its state file: ", refused.Text, StringComparison.Ordinal);

        System.IO.File.Delete(made);
        await PutRule("after");
        Assert.Contains("after\"", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_user_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        string made = Path.GetDirectoryName(File)!;
        await Server.StopAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(made));

        Assert.Equal(File, Assert.Single(Directory.GetFiles(made)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task The_file_can_be_written_at_once()
    {
        await PutRule("written");
        (await Aws.Admin(HttpMethod.Post, "save")).Succeeded();
        Assert.Contains("written", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(File, Directory.GetFiles(Path.GetDirectoryName(File)!)); // Beside it may be what the next write begins with.
    }

    [Theory]
    [InlineData("x|1", 400)]
    [InlineData("9999999999999999999|1", 400)]
    [InlineData("0000000000000000001|1", 200)]
    public async Task Planned_work_that_cannot_be_read_ends_nothing(string key, int status)
    {
        string state = $$"""{"version":1,"regions":{"eu-west-1":{"due":{"{{key}}":{"kind":"delivery","work":{"id":1} } } } } }""";
        Assert.Equal(status, (await Aws.Admin(HttpMethod.Put, "state", state)).Status);
        await PutRule("after");
    }

    [Fact]
    public async Task A_change_is_written_without_being_asked_for()
    {
        await PutRule("unasked");

        // No watcher of the folder: it may begin to watch after the file was written. A call gives the server time to write.
        while (!(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).Contains("unasked", StringComparison.Ordinal))
            (await Aws.Admin(HttpMethod.Get, "state")).Succeeded();
    }

    [Fact]
    public async Task A_state_that_cannot_be_saved_is_told_at_the_end()
    {
        SandboxServer server = await SandboxServer.StartAsync(
            new() { StateFile = Path.Combine(folder, "state") }, TestContext.Current.CancellationToken);
        System.IO.File.Delete(Path.Combine(folder, "state"));
        Directory.CreateDirectory(Path.Combine(folder, "state"));
        await Assert.ThrowsAnyAsync<Exception>(server.StopAsync);
        await Assert.ThrowsAnyAsync<Exception>(() => server.Stopped);
    }

    [Fact]
    public async Task A_state_file_that_cannot_be_used_is_told_with_its_reason()
    {
        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => SandboxServer.StartAsync(new() { StateFile = folder }, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + ".*"));
        Assert.Matches($"^The state file {folder} could not be used: [a-z ]+\\.$", error.Message.Replace($"'{folder}'", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_file_below_a_file_is_told_with_that_file()
    {
        string file = Path.Combine(folder, "file");
        await System.IO.File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => SandboxServer.StartAsync(new() { StateFile = Path.Combine(file, "sub", "state.json") }, TestContext.Current.CancellationToken));

        Assert.EndsWith($" could not be used: {file} is a file and not a folder.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("pipe")]
    public async Task A_state_file_is_neither_a_device_nor_a_pipe(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: Windows has no such files.");
        string path = Path.Combine(folder, name);
        if (!name.StartsWith('/'))
        {
            using System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [path]);
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => SandboxServer.StartAsync(new() { StateFile = path }, TestContext.Current.CancellationToken));

        Assert.Contains("it is a device or a pipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_state_stops_the_start()
    {
        string other = Path.Combine(folder, "other.json");
        await System.IO.File.WriteAllTextAsync(other, "{\"regions\":[]}", Encoding.UTF8, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => SandboxServer.StartAsync(new() { StateFile = other }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_state_can_be_replaced_but_not_by_nonsense()
    {
        await PutRule("kept");
        string kept = (await Aws.Admin(HttpMethod.Get, "state")).Text;
        Assert.Equal(400, (await Aws.Admin(HttpMethod.Put, "state", """{"regions":{"eu-west-1":7}}""")).Status);
        await PutRule("later");
        (await Aws.Admin(HttpMethod.Put, "state", kept)).Succeeded();
        Assert.Equal(kept, (await Aws.Admin(HttpMethod.Get, "state")).Text);
        (await Aws.Events("DescribeRule", """{"Name":"later"}""")).Failed(400, "ResourceNotFoundException");
    }

    [Fact]
    public async Task Calls_are_logged_and_forgotten()
    {
        await PutRule("r");
        (await Aws.Events("DescribeRule", """{"Name":"none"}""")).Failed(400, "ResourceNotFoundException");
        SandboxCall call = Server.Calls[^1];
        Assert.Equal(
            ("events", "DescribeRule", "eu-west-1", 400, "ResourceNotFoundException", """{"Name":"none"}"""),
            (call.Service, call.Operation, call.Region, call.Status, call.ErrorCode, call.Body));
        Assert.Equal(2, (await Aws.Admin(HttpMethod.Get, "calls")).Json.GetArrayLength());
        (await Aws.Admin(HttpMethod.Delete, "calls")).Succeeded();
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task The_sandbox_says_that_it_is_well_and_stops_when_told_to()
    {
        Assert.Contains("\"ok\"", (await Aws.Admin(HttpMethod.Get, "health")).Succeeded().Text, StringComparison.Ordinal);
        Assert.Equal(404, (await Aws.Admin(HttpMethod.Get, "nothing")).Status);
        (await Aws.Admin(HttpMethod.Post, "stop")).Succeeded();
        await Server.Stopped.WaitAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => Aws.Admin(HttpMethod.Get, "health"));
    }
}
