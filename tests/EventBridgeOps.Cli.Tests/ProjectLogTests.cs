using System.IO.Pipes;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary><c>ebops project logs</c>: the records of the event bus, and what its rules and functions write.</summary>
public sealed class ProjectLogTests : ProjectFixture
{
    private const string Bus = "/aws/vendedlogs/events/event-bus/development-application-events";
    private const string Events = "/aws/events/development-application-events";
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Records_of_the_event_bus_and_logged_events_are_shown_together()
    {
        await MakeAsync("orchestrator");
        await ReplaceAsync(Settings, "level: ERROR", "level: INFO");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        // One target is gone, so that the event bus logs an error.
        await SendAsync("sqs", "AmazonSQS.DeleteQueue", $$"""{"QueueUrl":"{{Server.Endpoint}}123456789012/development-application-events-welcome"}""");
        await SendAsync("events", "AWSEvents.PutEvents", """{"Entries":[{"Source":"com.example.orchestrator","DetailType":"UserRegistered","Detail":"{\"userId\":\"ann\",\"email\":\"a@example.com\"}","EventBusName":"development-application-events"}]}""");
        Server.AdvanceTime(TimeSpan.FromSeconds(5));

        JsonArray lines = (await ProjectAsync("logs", "--output", "json")).Ended(ExitCode.Done).Json;
        Assert.Contains(lines, line => (string)line!["LogGroup"]! == Bus && (string)line["Level"]! == "Info");
        Assert.Contains(lines, line => (string)line!["LogGroup"]! == Events && (string)line["Level"]! == "Unknown" && ((string)line["Text"]!).Contains("\"ann\"", StringComparison.Ordinal));

        JsonArray errors = (await ProjectAsync("logs", "--level", "Error", "--output", "json")).Ended(ExitCode.Done).Json;
        Assert.NotEmpty(errors);
        Assert.All(errors, line => Assert.Contains("INVOCATION_", (string)line!["Text"]!, StringComparison.Ordinal));
        Assert.All(errors, line => Assert.Equal("Error", (string)line!["Level"]!));
    }

    [Fact]
    public async Task Since_says_how_far_to_go_back()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        await WriteAsync("""{\"level\":\"WARN\",\"message\":\"old\"}""");
        Time.Advance(TimeSpan.FromMinutes(90));
        await WriteAsync("""{\"level\":\"error\",\"message\":\"new\"}""");

        Assert.Equal(["Error"], await LevelsAsync());
        Assert.Equal(["Warning", "Error"], await LevelsAsync("--since", "2h"));
        Assert.Equal(["Error"], await LevelsAsync("--since", "89m"));
        Assert.Equal(["Warning", "Error"], await LevelsAsync("--since", "2026-11-28T12:00:00Z", "--level", "Warning"));
        foreach (string wrong in (string[])["soon", "90", "2030-01-01"])
            Assert.Contains("--since", (await ProjectAsync("logs", "--since", wrong)).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_followed_until_Ctrl_C_and_cannot_steer_the_terminal()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        await WriteAsync("""\u001b[2J\u001b]0;owned\u0007first\u0008\r\n2026-11-28T12:00:00Z Error forged""");
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using StreamReader lines = new(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle));
        using CancellationTokenSource ctrlC = CancellationTokenSource.CreateLinkedTokenSource(Token);
        ManualTimeProvider time = new() { Origin = Time.GetUtcNow() };
        using StringWriter error = new(System.Globalization.CultureInfo.InvariantCulture);
        Terminal terminal = new() { Out = new StreamWriter(pipe) { AutoFlush = true }, Error = error, Environment = _ => null, Time = time, OutIsTerminal = true };

        Task<int> following = Program.RunAsync(["project", "logs", Folder, "--follow", .. Session], terminal, ctrlC.Token);
        string first = await NextAsync(lines);
        Assert.DoesNotContain(first, char.IsControl);
        Assert.Contains($" - {Events} ", first, StringComparison.Ordinal);
        Assert.EndsWith("2026-11-28T12:00:00Z Error forged", first, StringComparison.Ordinal);

        await time.SomebodyWaitsAsync(Token, 1, s_interval);
        await WriteAsync("""{\"level\":\"ERROR\",\"message\":\"second\"}""");
        time.Advance(s_interval);
        Assert.Contains($" Error {Events} ", await NextAsync(lines), StringComparison.Ordinal);
        await time.SomebodyWaitsAsync(Token, 1, s_interval);
        await ctrlC.CancelAsync();
        Assert.Equal(ExitCode.Cancelled, await following);
        Assert.Equal("Cancelled.", error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("table")]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task Hostile_records_are_inert(string output)
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        await WriteAsync("""\u001b[2J\u001b]0;owned\u0007=cmd()\u202e""");

        string shown = (await ProjectAsync("logs", "--output", output)).Ended(ExitCode.Done).Out;

        Assert.Contains("cmd()", shown, StringComparison.Ordinal);
        if (output != "csv") // A file, in which the text is as it was.
            Assert.DoesNotContain(shown, letter => (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) || letter == '\u202e');
    }

    /// <summary>The next line of the log group of the rules.</summary>
    private static async Task<string> NextAsync(StreamReader lines)
    {
        string? line;
        do
            line = await lines.ReadLineAsync(Token);
        while (line?.Contains(Events, StringComparison.Ordinal) == false);
        return line!;
    }

    private async Task<string[]> LevelsAsync(params string[] more) =>
        [.. (await ProjectAsync("logs", [.. more, "--output", "json"])).Ended(ExitCode.Done).Json.Where(line => (string)line!["LogGroup"]! == Events).Select(line => (string)line!["Level"]!)];

    private async Task WriteAsync(string line)
    {
        await Aws.Send("logs", "/", "Logs_20140328.CreateLogStream", $$"""{"logGroupName":"{{Events}}","logStreamName":"s"}""");
        await SendAsync("logs", "Logs_20140328.PutLogEvents", $$"""{"logGroupName":"{{Events}}","logStreamName":"s","logEvents":[{"timestamp":{{Time.GetUtcNow().ToUnixTimeMilliseconds()}},"message":"{{line}}"}]}""");
    }
}
