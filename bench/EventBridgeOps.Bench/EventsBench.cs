using System.Globalization;
using System.Text.Json;

namespace EventBridgeOps.Bench;

/// <summary>A file of events, sent by each contender in turn.</summary>
internal static class EventsBench
{
    private const string Ebops = "ebops event send";
    private const string Threads = "boto3, threads";
    private const string Sequential = "boto3, one after the other";
    private const string Shell = "aws CLI in a shell script";
    private const int EntriesPerCall = 10;
    private const int Bytes = 1024;

    /// <summary>What one contender came to, estimated for the whole where it sent a part.</summary>
    private sealed record Result(string Name, int Calls, TimeSpan Time, double Cpu, double Megabytes, int Events, string Outcome, bool IsRight)
    {
        public double PerSecond => Events / Time.TotalSeconds;

        public double PerCpuSecond => Events / Cpu;
    }

    public static async Task<int> RunAsync(Options options)
    {
        int events = options.Number("--events", 100_000) / EntriesPerCall * EntriesPerCall;
        int latency = options.Number("--latency", 40);
        int parallel = options.Number("--parallel", 16);
        int whole = events / EntriesPerCall;
        string file = await WriteAsync("events.jsonl", events);
        string small = await WriteAsync("events-small.jsonl", Math.Max(EntriesPerCall, events / 10));
        TimeSpan limit = TimeSpan.FromMilliseconds((double)whole / parallel * latency);

        Console.WriteLine($"{Text(events)} events of {Bytes} bytes; each call takes {latency} ms; {parallel} calls at a time where a contender can. {Environment.ProcessorCount} cores, {Repository.Configuration} build.");
        using SandboxChild sandbox = await SandboxChild.StartAsync(latency, rate: 0);
        byte[] state = await sandbox.StateAsync();
        string[] ebops = [options.Text("--ebops") ?? Repository.Ebops, "event", "send", "--requests-per-second", "100000", "--throttle-limit", Text(parallel), "--endpoint-url", sandbox.Environment["AWS_ENDPOINT_URL"], "--entry-file"];
        (string Name, string[] Command, int Calls)[] contenders =
        [
            (Ebops + ", a tenth", [.. ebops, small], Math.Max(1, whole / 10)),
            (Ebops, [.. ebops, file], whole),
            (Threads, ["python3", Repository.Peer("putevents.py"), file, Text(parallel), Text(whole)], whole),
            (Sequential, ["python3", Repository.Peer("putevents.py"), file, "1", Text(Sample("--sequential-calls", 500))], Sample("--sequential-calls", 500)),
            (Shell, ["bash", Repository.Peer("putevents.sh"), file, Text(Sample("--shell-calls", 20))], Sample("--shell-calls", 20)),
        ];
        List<Result> results = [];
        foreach ((string? name, string[]? command, int calls) in contenders)
        {
            if (options.Text("--only") is { } wanted && !name.Contains(wanted, StringComparison.OrdinalIgnoreCase))
                continue;
            await sandbox.ResetAsync(state);
            Console.WriteLine($"Running {name} ...");
            Command.Run run = await new Command("python3", [Repository.Peer("measured.py"), .. command]).RunAsync(sandbox.Environment);
            int made = (await sandbox.CallsAsync()).Count(call => call.Operation == "PutEvents");
            results.Add(Measure(name, run, calls, made, name.EndsWith("a tenth", StringComparison.Ordinal) ? calls : whole));
        }

        Report(results, limit, whole);
        return 0;

        int Sample(string option, int otherwise) => Math.Clamp(options.Number(option, otherwise), 1, whole);
    }

    private static Result Measure(string name, Command.Run run, int calls, int made, int whole)
    {
        if (run.ExitCode is null)
            return new(name, 0, TimeSpan.MaxValue, double.NaN, 0, 0, run.LastWord, IsRight: false);
        using JsonDocument usage = JsonDocument.Parse(run.Errors.TrimEnd().Split('\n')[^1]);
        double part = (double)whole / calls;
        string outcome = !run.Succeeded ? $"exit code {Text(run.ExitCode)}" : made != calls ? $"{Text(made)} calls, not {Text(calls)}" : part > 1 ? $"{Text(calls)} calls, estimated" : "all sent";
        return new(
            name, (int)(made * part), run.Time * part, usage.RootElement.GetProperty("cpu").GetDouble() * part, usage.RootElement.GetProperty("kilobytes").GetDouble() / 1024,
            whole * EntriesPerCall, outcome, run.Succeeded && made == calls);
    }

    private static void Report(List<Result> results, TimeSpan limit, int whole)
    {
        Result? ours = results.Find(result => result.Name == Ebops);
        Result? tenth = results.Find(result => result.Name == Ebops + ", a tenth");
        Result? threads = results.Find(result => result.Name == Threads);
        Console.WriteLine();
        Table.Print(
        [
            ["contender", "calls", "time", "events/s", "CPU", "events/CPU s", "memory", "outcome"],
            .. results.Select(result => new[]
            {
                result.Name, Text(result.Calls), $"{Text(Math.Round(result.Time.TotalSeconds, 1))} s", Text(Math.Round(result.PerSecond)), $"{Text(Math.Round(result.Cpu, 1))} s",
                Text(Math.Round(result.PerCpuSecond)), $"{Text(Math.Round(result.Megabytes))} MB", result.Outcome,
            }),
        ]);
        Console.WriteLine();
        Console.WriteLine($"The limit of latency and concurrency for {Text(whole)} calls: {Text(Math.Round(limit.TotalSeconds, 1))} s. Estimated contenders sent a part; their time and CPU for the whole are extrapolated.");
        Console.WriteLine();
        Expect.That("ebops' time over the limit of latency and concurrency, at most 1.15", ours?.Time / limit, ratio => ratio <= 1.15);
        Expect.That("ebops' events per CPU second over those of boto3 with threads, at least 3", ours?.PerCpuSecond / threads?.PerCpuSecond, ratio => ratio >= 3);
        Expect.That("ebops' memory for all over that for a tenth, at most 1.25", ours?.Megabytes / tenth?.Megabytes, ratio => ratio <= 1.25);
        Expect.That("contenders that did not send what they should", results.Count(result => !result.IsRight), wrong => wrong == 0);
    }

    private static async Task<string> WriteAsync(string name, int events)
    {
        string path = Path.Combine(AppContext.BaseDirectory, name);
        await using StreamWriter writer = new(path);
        string pad = new('x', Bytes - 70);
        for (int i = 0; i < events; i++)
            await writer.WriteAsync($"{{\"Source\":\"bench.events\",\"DetailType\":\"Bench\",\"Detail\":{{\"number\":{Text(100_000 + i)},\"pad\":\"{pad}\"}}}}\n");
        return path;
    }

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";
}
