using System.IO.Pipes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary><c>ebops automation logs</c> on a log that grows while it is read.</summary>
public sealed class AutomationLogTests : CliTest
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Lines_are_followed_as_they_come_until_Ctrl_C()
    {
        string template = Uri.EscapeDataString("""{"Resources":{"Logs":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"ebops-log"}}}}""");
        (await Aws.Send("cloudformation", "/", null, $"Action=CreateStack&Version=2010-05-15&StackName=ebops&TemplateBody={template}", "application/x-www-form-urlencoded")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(1)); // The stack is made.
        (await LogsAsync("CreateLogStream", """{"logGroupName":"ebops-log","logStreamName":"s"}""")).Succeeded();
        await WriteAsync("""{\"level\":\"Info\",\"event\":\"function.started\",\"message\":\"The function has started.\"}""");

        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using StreamReader lines = new(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle));
        using CancellationTokenSource ctrlC = CancellationTokenSource.CreateLinkedTokenSource(Token);
        ManualTimeProvider time = new() { Origin = TimeProvider.System.GetUtcNow() };
        Terminal terminal = new() { Out = new StreamWriter(pipe) { AutoFlush = true }, Error = TextWriter.Null, Environment = _ => null, Time = time };
        Task<int> following = Program.RunAsync(["automation", "logs", "--follow", .. Session], terminal, ctrlC.Token);
        Assert.EndsWith("Z Info function.started The function has started.", (await lines.ReadLineAsync(Token))!.Replace("+00:00", "Z", StringComparison.Ordinal), StringComparison.Ordinal);

        await time.SomebodyWaitsAsync(Token, 1, s_interval);
        await WriteAsync("""{\"level\":\"Error\",\"event\":\"invocation.failed\",\"message\":\"It failed.\"}""");
        time.Advance(s_interval);
        Assert.EndsWith(" Error invocation.failed It failed.", await lines.ReadLineAsync(Token), StringComparison.Ordinal);

        await time.SomebodyWaitsAsync(Token, 1, s_interval);
        await ctrlC.CancelAsync();
        Assert.Equal(ExitCode.Cancelled, await following);
    }

    private async Task WriteAsync(string line) =>
        (await LogsAsync("PutLogEvents", $$"""{"logGroupName":"ebops-log","logStreamName":"s","logEvents":[{"timestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},"message":"{{line}}"}]}""")).Succeeded();

    private Task<Answer> LogsAsync(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);
}
