using System.IO.Pipes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary><c>ebops project status --watch</c>.</summary>
public sealed class StatusWatchTests : ProjectFixture
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private string RunFolder => Directory.CreateDirectory(Path.Combine(Folder, ".ebproject", "development")).FullName;

    [Fact]
    public async Task The_steps_of_a_run_are_shown_until_it_ends_and_only_what_changes()
    {
        await MakeAsync("empty");
        (await PublishAsync()).Ended(ExitCode.Done);
        await WriteRunAsync(isFinished: false, Ended("Check"), Open("Plan"));
        FileStream run = new(Path.Combine(RunFolder, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        ManualTimeProvider time = new() { Origin = Time.GetUtcNow() };
        await using Watched watched = new(this, time);

        Assert.Equal("OK   stack project-development: CREATE_COMPLETE", (await watched.LineAsync()).Split(", ")[0]);
        Assert.StartsWith("SKIP   last run: at work, started at ", await watched.LineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("OK       Check: done at ", await watched.LineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("SKIP     Plan: started at ", await watched.LineAsync(), StringComparison.Ordinal);

        await time.SomebodyWaitsAsync(Token, 1, s_interval);
        await WriteRunAsync(isFinished: false, Ended("Check"), Ended("Plan"), Open("Apply"));
        time.Advance(s_interval);
        Assert.StartsWith("OK       Plan: done at ", await watched.LineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("SKIP     Apply: started at ", await watched.LineAsync(), StringComparison.Ordinal);

        await time.SomebodyWaitsAsync(Token, 1, s_interval);
        await WriteRunAsync(isFinished: true, Ended("Check"), Ended("Plan"), Ended("Apply"));
        await run.DisposeAsync();
        time.Advance(s_interval);
        Assert.StartsWith("OK     last run: complete", await watched.LineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("OK       Apply: done at ", await watched.LineAsync(), StringComparison.Ordinal);
        string rest = await watched.RestAsync();
        Assert.DoesNotContain("Check:", rest, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await watched.CodeAsync());
    }

    [Fact]
    public async Task The_events_of_a_stack_that_CloudFormation_works_on_are_shown_as_they_happen()
    {
        await MakeAsync("empty");
        string template = (await Ebops.RunAsync(["project", "export", Folder])).Ended(ExitCode.Done).Out;
        Time.AutoAdvance = false;
        await StacksAsync($"Action=CreateStack&StackName=project-development&Capabilities.member.1=CAPABILITY_NAMED_IAM{TagsOf("project")}&TemplateBody={Uri.EscapeDataString(template)}");
        ManualTimeProvider time = new() { Origin = Time.GetUtcNow() };
        await using Watched watched = new(this, time);

        Assert.Equal("SKIP stack project-development: CREATE_IN_PROGRESS", (await watched.LineAsync()).Split(", ")[0]);
        Assert.StartsWith("SKIP   project-development (AWS::CloudFormation::Stack): CREATE_IN_PROGRESS at ", await watched.LineAsync(), StringComparison.Ordinal);

        await time.SomebodyWaitsAsync(Token, 1, s_interval);
        Server.AdvanceTime(TimeSpan.FromMinutes(1)); // The stack is made.
        time.AutoAdvance = true;
        string rest = await watched.RestAsync();
        Assert.Contains("OK   stack project-development: CREATE_COMPLETE", rest, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await watched.CodeAsync());
    }

    [Fact]
    public async Task Without_a_run_the_state_is_shown_once()
    {
        await MakeAsync("empty");
        (await PublishAsync()).Ended(ExitCode.Done);

        Outcome status = (await ProjectAsync("status")).Ended(ExitCode.Done);
        Outcome watched = (await ProjectAsync("status", "--watch")).Ended(ExitCode.Done);

        Assert.Equal(status.Out, watched.Out);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_is_not_waited_for()
    {
        await MakeAsync("empty");
        await WriteRunAsync(isFinished: false, Ended("Check"), Open("Plan"));

        Outcome watched = (await ProjectAsync("status", "--watch")).Ended(ExitCode.SomeFailed);

        Assert.Contains("NG     last run: not complete", watched.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_without_an_error()
    {
        await MakeAsync("empty");
        await WriteRunAsync(isFinished: false, Open("Check"));
        await using FileStream run = new(Path.Combine(RunFolder, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        ManualTimeProvider time = new() { Origin = Time.GetUtcNow() };
        await using Watched watched = new(this, time, "--output", "json");
        await time.SomebodyWaitsAsync(Token, 1, s_interval);

        await watched.InterruptAsync();

        Assert.Equal(ExitCode.Cancelled, await watched.CodeAsync());
        Assert.Equal("last run", (string)System.Text.Json.Nodes.JsonNode.Parse(await watched.RestAsync())![1]!["Check"]!); // What was shown is valid.
        Assert.DoesNotContain("rror", watched.Error, StringComparison.Ordinal);
    }

    private static string Ended(string step) => $$"""{"step":"{{step}}","startedAt":"2026-11-28T11:00:00Z","endedAt":"2026-11-28T11:00:01Z","error":null}""";

    private static string Open(string step) => $$"""{"step":"{{step}}","startedAt":"2026-11-28T11:00:00Z","endedAt":null,"error":null}""";

    private Task WriteRunAsync(bool isFinished, params string[] steps) =>
        File.WriteAllTextAsync(Path.Combine(RunFolder, "run.json"), $$"""{"digest":"d","startedAt":"2026-11-28T11:00:00Z","finished":{{(isFinished ? "true" : "false")}},"steps":[{{string.Join(',', steps)}}]}""", Token);

    /// <summary>The command, whose lines are read as they come.</summary>
    private sealed class Watched : IAsyncDisposable
    {
        private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out);
        private readonly StringWriter _error = new(System.Globalization.CultureInfo.InvariantCulture);
        private readonly CancellationTokenSource _ctrlC = CancellationTokenSource.CreateLinkedTokenSource(Token);
        private readonly StreamReader _lines;
        private readonly Task<int> _run;

        public Watched(StatusWatchTests test, ManualTimeProvider time, params string[] more)
        {
            _lines = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, _pipe.ClientSafePipeHandle));
            Terminal terminal = new() { Out = new StreamWriter(_pipe) { AutoFlush = true }, Error = _error, Environment = _ => null, Time = time };
            _run = EndAsync(Program.RunAsync(["project", "status", test.Folder, "--watch", .. more, .. test.Session], terminal, _ctrlC.Token));
        }

        public string Error => _error.ToString();

        public async Task<string> LineAsync() => await _lines.ReadLineAsync(Token) ?? throw new InvalidOperationException(Error);

        public Task<string> RestAsync() => _lines.ReadToEndAsync(Token);

        public Task InterruptAsync() => _ctrlC.CancelAsync();

        public Task<int> CodeAsync() => _run;

        public async ValueTask DisposeAsync()
        {
            await _ctrlC.CancelAsync();
            await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _lines.Dispose();
            _error.Dispose();
            _ctrlC.Dispose();
        }

        private async Task<int> EndAsync(Task<int> run)
        {
            int code = await run;
            await _pipe.DisposeAsync();
            return code;
        }
    }
}
