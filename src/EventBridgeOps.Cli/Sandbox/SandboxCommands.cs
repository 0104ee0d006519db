using System.CommandLine;
using System.Globalization;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary><c>ebops sandbox</c>.</summary>
internal static class SandboxCommands
{
    public static Command Build(Terminal terminal) => new("sandbox", "A local AWS to try things on.") { Start(terminal), Stop(terminal) };

    private static Command Start(Terminal terminal)
    {
        Option<string> engine = Options.Choice("--engine", "The built-in one, or moto (found, or installed for you).", "builtin", "moto");
        Option<int> port = new("--port") { HelpName = "number", Description = "The port on 127.0.0.1 (default: a free one)." };
        Option<string?> region = Options.Text("--region", "region", "The region it plays (default: eu-west-1).").Naming(NameKind.Region);
        Option<bool> sample = Options.Flag("--sample", "Fill it with a small account whose targets are partly stale.");
        Option<string?> stateFile = Options.Text("--state-file", "path", "Keep the state there between runs.");
        Option<double> latency = new("--latency-milliseconds") { HelpName = "number", Description = "How long each call takes." };
        Option<double?> requests = new("--requests-per-second") { HelpName = "number", Description = "Throttle beyond so many requests a second to each service." };
        Option<int?> pageSize = Options.Number("--page-size", "number", "The most items on a page.");
        Option<string> shell = Options.Choice("--shell", "The form of the lines that set the environment.", OperatingSystem.IsWindows() ? ["pwsh", "cmd", "bash", "json"] : ["bash", "pwsh", "cmd", "json"]);
        Option<bool> background = Options.Flag("--background", "Come back when it runs, and let it run on.");
        Option<int?> parentPid = Options.Number("--parent-pid", "number", "End with this process (default: the one that started ebops, where the system tells; 0 for none).");
        Command command = new("start", "Starts a local AWS, and prints the lines that make AWS clients use it.");
        command.AddAll(engine, sample, background, shell, port, region, stateFile, latency, requests, pageSize, parentPid);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Check(parsed.GetValue(port) is >= 0 and <= 65535, "--port is a number from 0 to 65535.");
            Check(parsed.GetValue(latency) is >= 0 and <= 600_000, "--latency-milliseconds is a number from 0 to 600000.");
            Check(parsed.GetValue(requests) is null or > 0, "--requests-per-second is a number above 0.");
            Check(parsed.GetValue(pageSize) is null or > 0, "--page-size is a number from 1.");
            Check(parsed.GetValue(parentPid) is null or >= 0, "--parent-pid is a process's id, or 0.");
            SandboxEngineKind kind = parsed.GetValue(engine) == "moto" ? SandboxEngineKind.Moto : SandboxEngineKind.BuiltIn;
            foreach (Option own in new Option[] { stateFile, latency, requests, pageSize })
                Check(kind == SandboxEngineKind.BuiltIn || parsed.GetResult(own) is null or { Implicit: true }, $"{own.Name} is for the built-in engine; moto has no such setting.");
            ShellKind form = Enum.Parse<ShellKind>(parsed.GetValue(shell)!, ignoreCase: true);
            int? parent = parsed.GetValue(parentPid) ?? ParentProcess.Find();
            if (parsed.GetValue(background))
                return await BackgroundSandbox.StartAsync(Arguments(parsed, parent ?? 0, background, parentPid), parent, form, terminal, cancellationToken);
            SandboxOptions options = new()
            {
                Port = parsed.GetValue(port),
                StateFile = parsed.GetValue(stateFile),
                Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
                RequestsPerSecond = parsed.GetValue(requests),
                PageSize = parsed.GetValue(pageSize),
            };
            if (parsed.GetValue(region) is { } named)
                options = options with { Region = named };
            return await SandboxHost.RunAsync(kind, options, parsed.GetValue(sample), parent, form, terminal, cancellationToken);
        });
        return command.WithExamples(
            OperatingSystem.IsWindows()
                ? """
                  ebops sandbox start --sample
                  ebops sandbox start --sample --background | Invoke-Expression
                  ebops sandbox start --engine moto --port 5000
                  """
                : """
                  ebops sandbox start --sample
                  eval "$(ebops sandbox start --sample --background)"
                  ebops sandbox start --engine moto --port 5000
                  """,
            "It listens on 127.0.0.1 only, and ends with Ctrl+C, 'ebops sandbox stop', or the\nprocess that started it.");
    }

    private static Command Stop(Terminal terminal)
    {
        Option<string?> endpoint = Options.Text("--endpoint-url", "url", "Which, where several run (default: AWS_ENDPOINT_URL).");
        Command command = new("stop", "Stops a local AWS that 'ebops sandbox start' has started.") { endpoint };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SandboxRecords records = SandboxRecords.OfUser(terminal.Environment);
            if (await records.FindAsync(parsed.GetValue(endpoint), terminal.Environment("AWS_ENDPOINT_URL"), cancellationToken) is not { } record)
            {
                terminal.Error.WriteLine("No sandbox is running.");
                return ExitCode.Done;
            }

            await records.StopAsync(record, terminal.Time, cancellationToken);
            SuggestionFiles.OfUser(terminal.Environment, terminal.Time)?.Clear();
            terminal.Error.WriteLine($"The sandbox at {record.Endpoint} is stopped.");
            return ExitCode.Done;
        });
        return command.WithExamples("ebops sandbox stop");
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
            throw new OpsException(ErrorIds.InvalidArgument, otherwise);
    }

    // The same command line for the process that does the work.
    private static IEnumerable<string> Arguments(ParseResult parsed, int parent, Option background, Option parentPid)
    {
        IEnumerable<string> same = parsed.Tokens.Select(token => token.Value).Where(token => token != background.Name);
        return parsed.GetResult(parentPid) is { Implicit: false } ? same : [.. same, parentPid.Name, parent.ToString(CultureInfo.InvariantCulture)];
    }
}
