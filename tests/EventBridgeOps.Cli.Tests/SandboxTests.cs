using System.Diagnostics;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Sandbox;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Tests;

public sealed class SandboxTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("bash", "unset C D\nexport A_B='it'\\''s'")]
    [InlineData("pwsh", "Remove-Item -ErrorAction Ignore Env:C, Env:D\n$env:A_B = 'it''s'")]
    [InlineData("cmd", "set \"C=\"\nset \"D=\"\nset \"A_B=it's\"")]
    [InlineData("json", "{\"A_B\":\"it's\",\"C\":null,\"D\":null}")]
    public void Every_shell_gets_its_own_words(string shell, string expected)
    {
        using StringWriter text = new() { NewLine = "\n" };
        ShellText.Write(text, Enum.Parse<ShellKind>(shell, ignoreCase: true), new Dictionary<string, string?> { ["A_B"] = "it's", ["C"] = null, ["D"] = null });
        Assert.Equal(expected + "\n", text.ToString());
    }

    [Fact]
    public async Task A_shell_in_a_shell_is_no_subshell()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux says which process started another one.");
        (_, string said) = await BashAsync("", """
            bash <<'inner'
            eval "$(dotnet "$EBOPS" sandbox start --background; true)"
            dotnet "$EBOPS" sandbox stop
            echo "shell $$" >&2
            inner
            true
            """);

        Assert.Contains($"It stops when process {said.Split("shell ")[^1].Trim()} ends", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_as_long_as_the_shell_and_not_as_long_as_its_subshell()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux says which process started another one.");
        string script = """
            export AWS_ENDPOINT_URL_LAMBDA=http://127.0.0.1:1 http_proxy=http://127.0.0.1:1
            out="$(dotnet "$EBOPS" sandbox start --background --sample; true)"
            export AWS_PROFILE=other AWS_SESSION_TOKEN=other AWS_ENDPOINT_URL_BATCH=http://127.0.0.1:1
            eval "$out"
            dotnet "$EBOPS" target list --event-bus-name '*' --output jsonl
            echo "left: ${AWS_ENDPOINT_URL_LAMBDA-none}, direct: $NO_PROXY $no_proxy" >&2
            dotnet "$EBOPS" target sync --event-bus-name mvp-production > "$HOME/sync.txt"
            echo "journals: $(ls "$EBOPS_JOURNAL"/changes-* | wc -l) $(find "$HOME" -name 'changes-*' | wc -l)" >&2
            dotnet "$EBOPS" sandbox stop
            dotnet "$EBOPS" target list >&2
            echo "shell $$" >&2
            """;
        (string data, string said) = await BashAsync(script, "");

        Assert.True(data.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 15, said + data);
        Assert.Contains("left: none, direct: 127.0.0.1 127.0.0.1\n", said, StringComparison.Ordinal);
        Assert.Contains("journals: 1 0\n", said, StringComparison.Ordinal); // That of the sandbox, and none of the user.
        Assert.Contains("To use your account again, open a new shell, or run: unset AWS_ENDPOINT_URL ", said, StringComparison.Ordinal);
        Assert.Contains("If it was a sandbox, it was stopped: ", said, StringComparison.Ordinal);
        string shell = said.Split("shell ")[^1].Trim();
        Assert.Contains($"It stops when process {shell} ends", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_in_the_shell_that_started_it_does_not_end_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: only Linux says the group of a process.");
        // The job has a group of its own, as an interactive shell has. A shell runs "$(...)" in its own group.
        (string data, string said) = await BashAsync(
            """
            set -m
            (
                set +m
                trap : INT
                eval "$(dotnet "$EBOPS" sandbox start --background --parent-pid 0)"
                process=$(dotnet "$EBOPS" sandbox status --query '[0].ProcessId')
                cut -d' ' -f5 "/proc/$process/stat"
                echo "$BASHPID"
                kill -INT 0
                dotnet "$EBOPS" sandbox stop
            ) &
            wait $!
            """,
            "");

        Assert.True(data.Split('\n') is [var group, var shell, ""] && group != shell, said + data);
        Assert.Contains("was stopped.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_whose_sandbox_has_ended_does_not_stop_or_ask_another_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the records' place is set by XDG_RUNTIME_DIR here.");
        await using SandboxServer unrecorded = await SandboxServer.StartAsync(new SandboxOptions(), CliTest.Token);
        using EbopsProcess shell = EbopsProcess.Shell($"XDG_RUNTIME_DIR='{_folder.FullName}' ebops sandbox start --background --shell json --parent-pid 0");
        Uri other = new((string)JsonNode.Parse((await shell.EndAsync()).Ended(0).Out)!["AWS_ENDPOINT_URL"]!);
        string here = unrecorded.Endpoint.GetLeftPart(UriPartial.Authority);
        Dictionary<string, string> environment = new() { ["XDG_RUNTIME_DIR"] = _folder.FullName, ["AWS_ENDPOINT_URL"] = here };

        Assert.Equal($"\"{here}\"\n", (await Ebops.RunAsync(["sandbox", "status", "--query", "[0].Endpoint"], environment: environment)).Ended(0).Out);
        Assert.Contains($"None of your sandboxes is running at {here}. Running sandboxes: {other}.", (await Ebops.RunAsync(["sandbox", "stop"], environment: environment)).Ended(1).Error, StringComparison.Ordinal);
        await AskAsync(other);
        (await Ebops.RunAsync(["sandbox", "stop", "--endpoint-url", other.ToString()], environment: environment)).Ended(0);
    }

    /// <summary>Runs bash with a script as its argument or its input, and gives what it wrote to both outputs.</summary>
    private async Task<(string Data, string Said)> BashAsync(string script, string input)
    {
        using Process bash = new() { StartInfo = new ProcessStartInfo("bash", script.Length > 0 ? ["-c", script] : []) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        bash.StartInfo.Environment["HOME"] = _folder.FullName;
        bash.StartInfo.Environment["EBOPS"] = typeof(Program).Assembly.Location;
        bash.Start();
        await bash.StandardInput.WriteAsync(input);
        bash.StandardInput.Close();
        string[] said = await Task.WhenAll(bash.StandardOutput.ReadToEndAsync(CliTest.Token), bash.StandardError.ReadToEndAsync(CliTest.Token));
        await bash.WaitForExitAsync(CliTest.Token);
        return (said[0], said[1]);
    }

    [Fact]
    public async Task It_runs_in_the_foreground_until_it_is_cancelled()
    {
        using CancellationTokenSource cancel = new();
        using Talk talk = new();
        Task<int> running = Program.RunAsync(["sandbox", "start", "--sample", "--shell", "json", "--page-size", "2", "--region", "eu-central-1"], talk.Terminal, cancel.Token);
        JsonNode variables = JsonNode.Parse(await talk.LineAsync())!;
        Uri endpoint = new((string)variables["AWS_ENDPOINT_URL"]!);

        Assert.Equal("eu-central-1", (string?)variables["AWS_REGION"]);
        Outcome list = await Ebops.RunAsync(["target", "list", "--event-bus-name", "*", "--output", "json", "--region", "eu-central-1", "--access-key", "a", "--secret-key", "b", "--endpoint-url", endpoint.ToString()]);
        Assert.Equal(15, list.Ended(0).Json.Count);

        await cancel.CancelAsync();
        Assert.Equal(0, await running);
        string said = talk.Said;
        Assert.Contains($"Its page shows what happens in it: {endpoint.GetLeftPart(UriPartial.Authority)}/_sandbox/\n", said, StringComparison.Ordinal);
        Assert.EndsWith($"The sandbox at {endpoint} was stopped.\n", said, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(endpoint));
    }

    [Theory]
    [InlineData("unknown=true", "warning: No job definition of the sample account runs unknown, ")]
    [InlineData("myproject_backend:v42=true", null)]
    public async Task A_command_for_an_image_that_no_job_runs_is_told(string jobCommand, string? warning)
    {
        using CancellationTokenSource cancel = new();
        using Talk talk = new();
        Task<int> running = Program.RunAsync(["sandbox", "start", "--sample", "--shell", "json", "--job-command", jobCommand], talk.Terminal, cancel.Token);
        await talk.LineAsync();
        await cancel.CancelAsync();
        Assert.Equal(0, await running);
        if (warning is null)
            Assert.DoesNotContain("warning", talk.Said, StringComparison.Ordinal);
        else
            Assert.Contains(warning, talk.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using SandboxServer other = await SandboxServer.StartAsync(new SandboxOptions(), CliTest.Token);
        Outcome outcome = await Ebops.RunAsync(["sandbox", "start", "--port", $"{other.Endpoint.Port}"]);

        Assert.Contains($"error: SandboxFailed: The sandbox could not listen on port {other.Endpoint.Port}: ", outcome.Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_state_file_is_told()
    {
        string path = Path.Combine(_folder.FullName, "state.json");
        await File.WriteAllTextAsync(path, "nonsense", CliTest.Token);
        Outcome outcome = await Ebops.RunAsync(["sandbox", "start", "--state-file", path]);

        Assert.Contains($"error: SandboxFailed: The state file {path} could not be used: ", outcome.Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_stop_is_no_error()
    {
        Outcome outcome = await Ebops.RunAsync(["sandbox", "stop"], environment: new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _folder.FullName });
        Assert.Equal("No sandbox is running.\n", outcome.Ended(0).Error);
    }

    [Fact]
    public async Task Notes_that_everybody_may_write_to_are_not_believed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        DirectoryInfo notes = _folder.CreateSubdirectory("ebops");
        File.SetUnixFileMode(notes.FullName, File.GetUnixFileMode(notes.FullName) | UnixFileMode.OtherWrite);

        Outcome refused = await Ebops.RunAsync(["sandbox", "stop"], environment: new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _folder.FullName });

        Assert.Contains("every user of this machine can write to", refused.Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_background_it_answers_is_found_and_is_stopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the records' place is set by XDG_RUNTIME_DIR here.");
        using EbopsProcess shell = EbopsProcess.Shell($"XDG_RUNTIME_DIR='{_folder.FullName}' ebops sandbox start --background --shell json --sample --parent-pid 0");
        Outcome start = (await shell.EndAsync()).Ended(0);
        Uri endpoint = new((string)JsonNode.Parse(start.Out)!["AWS_ENDPOINT_URL"]!);
        await AskAsync(endpoint);

        string record = Assert.Single(Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(record));

        Dictionary<string, string> environment = new() { ["XDG_RUNTIME_DIR"] = _folder.FullName };
        Assert.Contains("None of your sandboxes is running at http://127.0.0.1:1. Running sandboxes: ", (await Ebops.RunAsync(["sandbox", "stop", "--endpoint-url", "http://127.0.0.1:1"], environment: environment)).Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains("was stopped.", (await Ebops.RunAsync(["sandbox", "stop"], environment: environment)).Ended(0).Error, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(endpoint));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_command_of_a_job_is_led_to_the_sandbox_and_nowhere_else()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the command is one of a Unix shell.");
        string told = Path.Combine(_folder.FullName, "told");
        string command = $$"""busybox=echo "$AWS_PROFILE|$AWS_ENDPOINT_URL_BATCH|$AWS_REGION|$AWS_ENDPOINT_URL" > "{{told}}"; :""";
        using EbopsProcess shell = EbopsProcess.Shell($"""
            mkfifo '{told}'
            export XDG_RUNTIME_DIR='{_folder.FullName}' AWS_PROFILE=other AWS_ENDPOINT_URL_BATCH=http://127.0.0.1:1
            ebops sandbox start --background --shell json --parent-pid 0 --job-command '{command}'
            """);
        string endpoint = (string)JsonNode.Parse((await shell.EndAsync()).Ended(0).Out)!["AWS_ENDPOINT_URL"]!;
        using AwsClient aws = new(new Uri(endpoint), "us-east-1");
        (await aws.Batch("CreateJobQueue", """{"jobQueueName":"q","priority":1,"state":"ENABLED"}""")).Succeeded();
        (await aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"d","type":"container","containerProperties":{"image":"busybox"}}""")).Succeeded();
        (await aws.Batch("SubmitJob", """{"jobName":"j","jobQueue":"q","jobDefinition":"d"}""")).Succeeded();

        Assert.Equal($"||us-east-1|{endpoint}\n", await File.ReadAllTextAsync(told, CliTest.Token));
        (await Ebops.RunAsync(["sandbox", "stop"], environment: new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _folder.FullName })).Ended(0);
    }

    [Fact]
    public async Task In_the_background_it_ends_with_the_process_that_started_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: only Linux tells which process that is.");
        using EbopsProcess shell = EbopsProcess.Shell($"XDG_RUNTIME_DIR='{_folder.FullName}' ebops sandbox start --background --shell json; read never");
        Uri endpoint = new((string)JsonNode.Parse(await shell.LineAsync())!["AWS_ENDPOINT_URL"]!);
        await AskAsync(endpoint);
        using TcpClient connection = new();
        await connection.ConnectAsync(endpoint.Host, endpoint.Port, CliTest.Token);

        shell.Kill();
        await shell.ExitedAsync();
        await EndAsync(connection);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(endpoint));
    }

    [Fact]
    public async Task In_the_background_what_hinders_it_is_told()
    {
        await using SandboxServer other = await SandboxServer.StartAsync(new SandboxOptions(), CliTest.Token);
        using EbopsProcess process = new("sandbox", "start", "--background", "--port", $"{other.Endpoint.Port}");
        Outcome outcome = (await process.EndAsync()).Ended(1);

        Assert.Equal("", outcome.Out);
        Assert.Contains("error: SandboxFailed: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_background_without_a_place_for_its_record_it_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the records' place is set by XDG_RUNTIME_DIR here.");
        string file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", CliTest.Token);
        using EbopsProcess shell = EbopsProcess.Shell($"XDG_RUNTIME_DIR='{file}' ebops sandbox start --background --parent-pid 0");

        Outcome outcome = (await shell.EndAsync()).Ended(1);

        Assert.StartsWith("error: SandboxFailed: The sandbox cannot run in the background, because its record cannot be stored: ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder", null)]
    [InlineData("file/state.json", null)]
    [InlineData("other.json", "It is not a saved state of the sandbox.")]
    public async Task A_state_file_that_cannot_be_used_is_told_at_the_start(string name, string? reason)
    {
        _folder.CreateSubdirectory("folder");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "file"), "", CliTest.Token);
        string other = Path.Combine(_folder.FullName, "other.json"), path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(other, """{"name":"x"}""", CliTest.Token);

        Outcome outcome = (await Ebops.RunAsync(["sandbox", "start", "--state-file", path])).Ended(1);

        Assert.StartsWith($"error: SandboxFailed: The state file {path} could not be used: {reason}", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("", outcome.Out);
        Assert.Equal("""{"name":"x"}""", await File.ReadAllTextAsync(other, CliTest.Token));
    }

    private static async Task AskAsync(Uri endpoint)
    {
        using HttpClient http = new();
        Assert.Contains("ok", await http.GetStringAsync(new Uri(endpoint, "/_sandbox/health"), CliTest.Token), StringComparison.Ordinal);
    }

    /// <summary>Waits until the other end closes a connection on which nothing is said.</summary>
    private static async Task EndAsync(TcpClient connection)
    {
        try
        {
            Assert.Equal(0, await connection.GetStream().ReadAsync(new byte[1], CliTest.Token));
        }
        catch (IOException)
        {
            // A process that ends may reset its connections.
        }
    }

    /// <summary>A terminal whose first line of output can be waited for.</summary>
    private sealed class Talk : IDisposable
    {
        private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out);
        private readonly StreamReader _reader;
        private readonly StringWriter _said = new() { NewLine = "\n" };

        public Talk()
        {
            _reader = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, _pipe.ClientSafePipeHandle));
            Terminal = new Terminal { Out = new StreamWriter(_pipe) { AutoFlush = true }, Error = _said };
        }

        public Terminal Terminal { get; }

        public string Said => _said.ToString();

        public async Task<string> LineAsync() => await _reader.ReadLineAsync(CliTest.Token) ?? "";

        public void Dispose()
        {
            _reader.Dispose();
            _said.Dispose();
            _pipe.Dispose();
        }
    }
}
