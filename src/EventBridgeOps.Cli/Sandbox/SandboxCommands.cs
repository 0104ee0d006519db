using System.CommandLine;
using System.Globalization;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary><c>ebops sandbox</c>.</summary>
internal static class SandboxCommands
{
    public static Command Build(Terminal terminal) => new("sandbox", "Starts and stops a local AWS sandbox for testing, and shows what it delivered.")
    {
        Start(terminal),
        Stop(terminal),
        SandboxReading.Status(terminal),
        SandboxReading.Deliveries(terminal),
        SandboxReading.Push(terminal),
        SandboxReading.Time(terminal),
    };

    private static Command Start(Terminal terminal)
    {
        Option<string> engine = Options.Choice("--engine", "The sandbox engine: the built-in one, or moto, which is installed if needed.", "builtin", "moto");
        Option<int> port = new("--port") { HelpName = "number", Description = "The port on 127.0.0.1 (default: any free port)." };
        Option<string?> region = Options.Text("--region", "region", "The Region that the sandbox simulates (default: eu-west-1).").Naming(NameKind.Region);
        Option<bool> sample = Options.Flag("--sample", "Create a small sample account in which some targets are outdated.");
        Option<string?> stateFile = Options.Text("--state-file", "path", "The file in which to keep the state between runs.");
        Option<double> latency = new("--latency-milliseconds") { HelpName = "number", Description = "The duration of each API call, in milliseconds." };
        Option<double?> requests = new("--requests-per-second") { HelpName = "number", Description = "Throttle each service above this number of requests per second." };
        Option<int?> pageSize = Options.Number("--page-size", "number", "The maximum number of items on a page.");
        Option<string[]> jobCommand = Options.Texts("--job-command", "image=command", "Run a command of this computer in place of an image, when a job runs. Can be specified multiple times.");
        Option<string> shell = Options.Choice("--shell", "The syntax of the lines that set the environment variables.", OperatingSystem.IsWindows() ? ["pwsh", "cmd", "bash", "json"] : ["bash", "pwsh", "cmd", "json"]);
        Option<bool> background = Options.Flag("--background", "Run the sandbox in the background, and return when it is ready.");
        Option<int?> parentPid = Options.Number("--parent-pid", "number", "Stop when this process ends (default: the process that started ebops, if it is known; 0 for none).");
        Option<bool> inBackground = new("--in-background") { Hidden = true, Arity = ArgumentArity.Zero };
        Command command = new("start", "Starts a local AWS sandbox and prints the environment variables that make AWS clients use it.");
        command.AddAll(engine, sample, background, shell, port, region, stateFile, latency, requests, pageSize, jobCommand, parentPid, inBackground);
        command.At("--engine");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(inBackground))
                OwnProcess.LeaveTerminal();
            Check(parsed.GetValue(port) is >= 0 and <= 65535, SandboxCommandMessages.PortOutOfRange());
            Check(parsed.GetValue(latency) is >= 0 and <= 600_000, SandboxCommandMessages.LatencyOutOfRange());
            Check(parsed.GetValue(requests) is null or > 0, SandboxCommandMessages.RequestsTooLow());
            Check(parsed.GetValue(pageSize) is null or > 0, SandboxCommandMessages.PageSizeTooLow());
            Check(parsed.GetValue(parentPid) is null or >= 0, SandboxCommandMessages.NotAProcessId());
            SandboxEngineKind kind = parsed.GetValue(engine) == "moto" ? SandboxEngineKind.Moto : SandboxEngineKind.BuiltIn;
            foreach (Option own in new Option[] { stateFile, latency, requests, pageSize, jobCommand })
                Check(kind == SandboxEngineKind.BuiltIn || parsed.GetResult(own) is null or { Implicit: true }, SandboxCommandMessages.OnlyBuiltIn(own.Name));
            ShellKind form = Enum.Parse<ShellKind>(parsed.GetValue(shell)!, ignoreCase: true);
            int? parent = parsed.GetValue(parentPid) ?? ParentProcess.Find();
            if (parsed.GetValue(background))
                return await BackgroundSandbox.StartAsync([.. Arguments(parsed, parent ?? 0, background, parentPid), inBackground.Name], parent, form, terminal, cancellationToken);
            SandboxOptions options = new()
            {
                Port = parsed.GetValue(port),
                StateFile = parsed.GetValue(stateFile) is { Length: > 0 } file ? terminal.Host.FullPath(file) : null,
                Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
                RequestsPerSecond = parsed.GetValue(requests),
                PageSize = parsed.GetValue(pageSize),
                JobCommands = JobCommands(parsed.GetValue(jobCommand) ?? []),
                JobStep = SandboxOptions.UsualJobStep,
                JobsAdvanceWhenDescribed = false,
            };
            if (parsed.GetValue(region) is { } named)
                options = options with { Region = named };
            return await SandboxHost.RunAsync(kind, options, parsed.GetValue(sample), parent, form, parsed.GetValue(inBackground), terminal, cancellationToken);
        });
        return command.WithExamples(
            OperatingSystem.IsWindows()
                ? """
                  ebops sandbox start --sample
                  ebops sandbox start --sample --background | Invoke-Expression
                  ebops sandbox start --sample --job-command 'myproject_backend=./build.sh'
                  ebops sandbox start --engine moto --port 5000
                  """
                : """
                  ebops sandbox start --sample
                  eval "$(ebops sandbox start --sample --background)"
                  ebops sandbox start --sample --job-command 'myproject_backend=./build.sh'
                  ebops sandbox start --engine moto --port 5000
                  """,
            """
            The sandbox listens on 127.0.0.1 only. It stops on Ctrl+C, with 'ebops sandbox
            stop', or when the process that started it ends. It delivers events to queues,
            jobs and event buses. A job succeeds within seconds unless a command stands for
            its image: then it runs with the job's command as arguments, its environment and
            that of the sandbox, and the job ends with its exit code. Its output is in the
            log group /aws/batch/job. The image is that of a job definition, with or without
            its tag. In the sample account, this command sends an event that starts a job
            with the image myproject_backend:
              ebops mvp send user123 prod456 --event-bus-name mvp-development
            """);
    }

    private static Command Stop(Terminal terminal)
    {
        Option<string?> endpoint = Options.Text("--endpoint-url", "url", "The endpoint of the sandbox to stop, if several are running (default: AWS_ENDPOINT_URL).");
        Command command = new("stop", "Stops a sandbox that was started with 'ebops sandbox start'.") { endpoint };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SandboxRecords records = SandboxRecords.OfUser(terminal.Environment);
            string? here = terminal.Environment("AWS_ENDPOINT_URL");
            if (await records.FindAsync(parsed.GetValue(endpoint), here, cancellationToken) is not { } record)
            {
                if (await records.FindAsync(null, null, cancellationToken) is { } other)
                    throw new SandboxException(SandboxCommandMessages.NotFound(here!, SandboxCommandMessages.Running([other.Endpoint])));
                terminal.Say(SandboxCommandMessages.NoRunning());
                return ExitCode.Done;
            }

            await records.StopAsync(record, terminal.Time, cancellationToken);
            SuggestionFiles.OfUser(terminal.Environment, terminal.Time)?.Clear();
            terminal.Say(SandboxCommandMessages.Stopped(record.Endpoint));
            if (SandboxRecords.IsAt(record, here))
                terminal.Say(SandboxCommandMessages.StillPointing(ShellText.Unset(ShellText.Usual, record.Environment.Keys)));
            return ExitCode.Done;
        });
        return command.WithExamples("ebops sandbox stop");
    }

    private static Dictionary<string, string> JobCommands(IEnumerable<string> given)
    {
        Dictionary<string, string> commands = new(StringComparer.Ordinal);
        foreach (string one in given)
        {
            int equals = one.IndexOf('=', StringComparison.Ordinal);
            Check(equals > 0 && equals < one.Length - 1, SandboxCommandMessages.NotAJobCommand(one));
            commands[one[..equals]] = one[(equals + 1)..];
        }

        return commands;
    }

    private static void Check(bool holds, Message otherwise)
    {
        if (!holds)
            throw new OpsException(ErrorIds.InvalidArgument, otherwise);
    }

    // The same command line, for the process in the background.
    private static IEnumerable<string> Arguments(ParseResult parsed, int parent, Option background, Option parentPid)
    {
        IEnumerable<string> same = parsed.Tokens.Select(token => token.Value).Where(token => token != background.Name);
        return parsed.GetResult(parentPid) is { Implicit: false } ? same : [.. same, parentPid.Name, parent.ToString(CultureInfo.InvariantCulture)];
    }
}
