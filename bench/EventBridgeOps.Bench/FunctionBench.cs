using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using EventBridgeOps.Sandbox.Doors;

namespace EventBridgeOps.Bench;

/// <summary>The function of the automation beside one in Python that does the same: started, invoked with a push, and with more pushes.</summary>
internal static class FunctionBench
{
    private const string Ours = "bootstrap";
    private const string Peer = "Python, boto3";
    private const string Import = "boto3.client('events'); boto3.client('batch'); boto3.client('ecr')";
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeProvider Time = TimeProvider.System;

    private sealed class Result(string name, double zipped)
    {
        public string Name => name;

        public double Zipped => zipped;

        public List<double> Ready { get; } = [];

        public List<double> Cold { get; } = [];

        public List<double> ColdProcessor { get; } = [];

        public List<double> Warm { get; } = [];

        public double Megabytes { get; set; }

        public double Calls { get; set; }

        public string? Problem { get; set; }
    }

    public static async Task<int> RunAsync(Options options)
    {
        int runs = options.Number("--runs", 11), warm = options.Number("--warm", 10);
        string bootstrap = options.Text("--bootstrap") ?? await PublishAsync();
        string python = (await new Command("python3", "-c", "import sys; print(sys.executable)").RunAsync()).Output.Trim();
        (byte[] state, IReadOnlyList<string> pushes) = await FunctionAccount.BuildAsync(1 + warm);
        using SandboxChild sandbox = await SandboxChild.StartAsync(latency: 0, rate: 0);

        string peer = Repository.Peer("push_function.py");
        (Result Result, Command Command)[] contenders = [(new(Ours, Zipped(bootstrap)), new(bootstrap)), (new(Peer, Zipped(peer)), new(python, peer))];
        List<double> imports = [];
        for (int run = -1; run < runs; run++)
        {
            Command.Run import = await new Command(python, "-c", $"import boto3; {Import}").RunAsync(sandbox.Environment);
            if (run >= 0)
                imports.Add(import.Time.TotalMilliseconds);
            foreach ((Result result, Command command) in contenders)
                await RunOnceAsync(run < 0 ? new(result.Name, 0) : result, command);
        }

        Report(contenders[0].Result, contenders[1].Result, Median(imports), runs, warm);
        return 0;

        async Task RunOnceAsync(Result result, Command command)
        {
            await sandbox.ResetAsync(state);
            using RuntimeApi api = new();
            ProcessStartInfo info = new(command.Program, command.Arguments) { RedirectStandardOutput = true };
            foreach ((string name, string value) in sandbox.Environment)
                info.Environment[name] = value;
            (info.Environment["AWS_LAMBDA_RUNTIME_API"], info.Environment["EBOPS_TABLE"], info.Environment["IMAGE_TAG"]) = (api.Address, FunctionAccount.Table, "v*");
            Stopwatch watch = Stopwatch.StartNew();
            using Process process = Process.Start(info)!;
            process.BeginOutputReadLine();
            try
            {
                await api.ReadyAsync();
                result.Ready.Add(watch.Elapsed.TotalMilliseconds);
                TimeSpan first = await api.InvokeAsync(pushes[0]);
                result.Cold.Add(result.Ready[^1] + first.TotalMilliseconds);
                process.Refresh();
                result.ColdProcessor.Add(process.TotalProcessorTime.TotalMilliseconds);
                foreach (string push in pushes.Skip(1))
                {
                    await Task.Delay(Pause, Time); // The quota's burst fills up again.
                    result.Warm.Add((await api.InvokeAsync(push)).TotalMilliseconds);
                }

                result.Megabytes = Math.Max(result.Megabytes, DeliveryBench.Megabytes(process));
            }
            finally
            {
                process.Kill();
            }

            IReadOnlyList<SandboxCall> calls = await sandbox.CallsAsync();
            result.Calls = (double)calls.Count / pushes.Count;
            result.Problem ??= FunctionAccount.Problem(await sandbox.StateAsync(), pushes.Count);
        }
    }

    private static async Task<string> PublishAsync()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "function");
        Console.WriteLine("Publishing the function ...");
        Command.Run run = await new Command("dotnet", "publish", Path.Combine(Repository.Root, "src", "EventBridgeOps.Lambda"), "-c", "Release", "-p:FunctionRuntime=linux-x64", "-o", folder, "-v", "q", "--nologo").RunAsync();
        return run.Succeeded ? Path.Combine(folder, "bootstrap") : throw new InvalidOperationException(run.LastWord);
    }

    private static double Zipped(string file)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntryFromFile(file, Path.GetFileName(file));
        return stream.Length / Megabyte;
    }

    private static void Report(Result ours, Result peer, double import, int runs, int warm)
    {
        Console.WriteLine($"{runs} starts of each in turn, after one that does not count, each with {warm} more pushes. Medians. {Environment.ProcessorCount} cores.");
        Table.Print(
        [
            ["function", "ready", "cold", "CPU, cold", "warm", "slowest warm", "peak memory", "zipped", "calls", "outcome"],
            .. new[] { ours, peer }.Select(result => new[]
            {
                result.Name, Milliseconds(Median(result.Ready)), Milliseconds(Median(result.Cold)), Milliseconds(Median(result.ColdProcessor)), Milliseconds(Median(result.Warm)), Milliseconds(result.Warm.Max()),
                $"{Text(result.Megabytes, "0")} MB", $"{Text(result.Zipped, "0.00")} MB", Text(result.Calls, "0"), result.Problem ?? "all followed",
            }),
        ]);
        Console.WriteLine($"{Import} after the import: {Milliseconds(import)}");
        Expect.That("cold, as a part of the Python function's, less than a quarter", Median(ours.Cold) / Median(peer.Cold), part => part < 0.25);
        Expect.That("start, as a part of the import of boto3 and three clients, less than half", Median(ours.Ready) / import, part => part < 0.5);
        Expect.That("MB of memory at the peak, less than 64", ours.Megabytes, size => size < 64);
        Expect.That("MB zipped, less than 10", ours.Zipped, size => size < 10);
        Expect.That("functions that did not do it", new[] { ours, peer }.Count(result => result.Problem is not null), wrong => wrong == 0);
    }

    private static double Median(List<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Milliseconds(double value) => Text(value, "0.0") + " ms";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
