using System.Globalization;
using EventBridgeOps.Sandbox.Doors;

namespace EventBridgeOps.Bench;

/// <summary>One account of stale targets, repaired by each contender in turn, from the same state.</summary>
internal static class SyncBench
{
    private const string Ebops = "ebops target sync";
    private const string Shell = "aws CLI in a shell script";
    private const string Sequential = "boto3, one by one";
    private const string Careful = "boto3, careful";

    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>What one contender came to.</summary>
    private sealed record Result(string Name, int Calls, int Throttled, TimeSpan Time, TimeSpan Floor, bool IsRight, string Outcome)
    {
        public double OfFloor => Time / Floor;
    }

    public static async Task<int> RunAsync(Options options)
    {
        int rate = options.Number("--rate", 50);
        int latency = options.Number("--latency", 40);
        int shellRules = options.Has("--whole-shell") ? StaleAccount.Rules : Math.Clamp(options.Number("--shell-rules", 4), 1, StaleAccount.Rules);
        string journal = Path.Combine(AppContext.BaseDirectory, "journal");

        Console.WriteLine($"{StaleAccount.Rules} rules x {StaleAccount.TargetsPerRule} targets on 4 buses, all stale; {StaleAccount.JobDefinitions} job definitions.");
        Console.WriteLine($"Each call takes {latency} ms, and each service takes {rate} calls/s, {rate} at once. {Environment.ProcessorCount} cores, {Repository.Configuration} build.");
        byte[] state = await StaleAccount.BuildAsync();
        using SandboxChild sandbox = await SandboxChild.StartAsync(latency, rate);

        (string Name, Command Command, int Rules)[] contenders =
        [
            (Ebops, new(options.Text("--ebops") ?? Repository.Ebops, "target", "sync", "--event-bus-name", "*", "--endpoint-url", sandbox.Environment["AWS_ENDPOINT_URL"], "--output", "json"), StaleAccount.Rules),
            (Careful, new("python3", Repository.Peer("careful.py")), StaleAccount.Rules),
            (Sequential, new("python3", Repository.Peer("sequential.py")), StaleAccount.Rules),
            (Shell, new("bash", Repository.Peer("shell.sh")), shellRules),
        ];
        List<Result> results = [];
        foreach ((string? name, Command? command, int rules) in contenders)
        {
            if (options.Text("--only") is { } wanted && !name.Contains(wanted, StringComparison.OrdinalIgnoreCase))
                continue;
            if (Directory.Exists(journal))
                Directory.Delete(journal, recursive: true);
            await sandbox.ResetAsync(state);
            await Task.Delay(TimeSpan.FromSeconds(2), Time); // The quota's burst fills up again.
            Console.WriteLine($"Running {name} ...");
            Command.Run run = await command.RunAsync(
                [.. sandbox.Environment, new("EBOPS_JOURNAL", journal), .. rules < StaleAccount.Rules ? [new("MAX_RULES", Text(rules))] : Array.Empty<KeyValuePair<string, string>>()]);
            IReadOnlyList<SandboxCall> calls = await sandbox.CallsAsync();
            (int repaired, string? problem) = StaleAccount.Compare(state, await sandbox.StateAsync());
            int expected = rules * StaleAccount.TargetsPerRule;
            if (!run.Succeeded)
                problem = $"exit code {Text(run.ExitCode)}: {run.LastWord}";
            else if (repaired != expected)
                problem ??= $"repaired {repaired} of {expected} targets";
            results.Add(Measure(name, run.Time, calls, rate, rules, problem is null, problem ?? $"{repaired} repaired"));
            foreach (IGrouping<string, SandboxCall>? operation in calls.GroupBy(call => $"{call.Service} {call.Operation}").OrderByDescending(operation => operation.Count()))
                Console.WriteLine($"    {operation.Count(),5} {operation.Key}");
        }

        Report(results, shellRules);
        return 0;
    }

    private static Result Measure(string name, TimeSpan time, IReadOnlyList<SandboxCall> calls, int rate, int rules, bool isRight, string outcome)
    {
        List<SandboxCall> served = calls.Where(call => call.Status != 429 && call.ErrorCode?.Contains("Throttl", StringComparison.Ordinal) != true).ToList();

        int[] perService = served.GroupBy(call => call.Service).Select(service => service.Count()).ToArray();
        double whole = 1.0;
        if (rules < StaleAccount.Rules)
        {
            perService = StaleAccount.CallsOneByOne;
            whole = (double)perService.Sum() / served.Count;
            outcome += ", estimated";
        }

        // The calls that the quota takes at once, a second's worth, wait for nothing.
        double floor = perService.Select(count => Math.Max(0.0, count - rate) / rate).DefaultIfEmpty().Max();
        return new(name, (int)Math.Round(calls.Count * whole), calls.Count - served.Count, time * whole, TimeSpan.FromSeconds(floor), isRight, outcome);
    }

    private static void Report(List<Result> results, int shellRules)
    {
        Result? ours = results.Find(result => result.Name == Ebops);
        Console.WriteLine();
        Table.Print(
        [
            ["contender", "calls", "throttled", "time", "quota floor", "time / floor", "calls / ebops", "time / ebops", "outcome"],
            .. results.Select(result => new[]
            {
                result.Name, Text(result.Calls), Text(result.Throttled), Seconds(result.Time), Seconds(result.Floor), Ratio(result.OfFloor),
                Ratio((double)result.Calls / ours?.Calls), Ratio(result.Time / ours?.Time), result.Outcome,
            }),
        ]);
        Console.WriteLine();
        Console.WriteLine("Quota floor: for each service, (calls that were not throttled - burst calls) / calls per second; the value of the slowest service counts.");
        if (shellRules < StaleAccount.Rules && results.Exists(result => result.Name == Shell))
        {
            Console.WriteLine(
                $"The shell script did {shellRules} rules. Calls, time and floor of all {StaleAccount.Rules} are estimated: its measured time for each call "
                + $"x the {StaleAccount.CallsOneByOne.Sum()} calls that the whole takes it. --whole-shell runs all of it.");
        }

        Console.WriteLine();
        Expect.That("ebops within 1.2x of the quota floor for its calls", ours?.OfFloor, ratio => ratio <= 1.2);
        Expect.That("ebops' calls at most half of those of boto3, one by one", (double?)ours?.Calls / results.Find(result => result.Name == Sequential)?.Calls, ratio => ratio <= 0.5);
        Expect.That("more than 20x faster than the shell script", results.Find(result => result.Name == Shell)?.Time / ours?.Time, ratio => ratio > 20);
        Expect.That("contenders that left a target stale or changed anything else", results.Count(result => !result.IsRight), wrong => wrong == 0);
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Ratio(double? ratio) => ratio is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.00}") : "";

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";
}
