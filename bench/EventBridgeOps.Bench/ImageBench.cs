using System.Globalization;
using EventBridgeOps.Sandbox.Doors;

namespace EventBridgeOps.Bench;

/// <summary>One push, brought to the job definitions that run its repository by each contender in turn, from the same state.</summary>
internal static class ImageBench
{
    private const string Ebops = "ebops image update";
    private const string Sequential = "boto3, one by one";
    private const string Careful = "boto3, careful";

    private static readonly TimeProvider Time = TimeProvider.System;

    private sealed record Result(string Name, int Calls, int Throttled, TimeSpan Time, TimeSpan Floor, bool IsRight, string Outcome);

    public static async Task<int> RunAsync(Options options)
    {
        int rate = options.Number("--rate", 50);
        int latency = options.Number("--latency", 40);
        int runs = options.Number("--runs", 3);
        string journal = Path.Combine(AppContext.BaseDirectory, "journal");

        Console.WriteLine($"{PushedAccount.JobDefinitions} job definitions of two revisions, {PushedAccount.Running} of which run the repository that was pushed to.");
        Console.WriteLine($"Each call takes {latency} ms, and each service takes {rate} calls/s, {rate} at once. {Environment.ProcessorCount} cores, {Repository.Configuration} build. The median of {runs} runs.");
        byte[] state = await PushedAccount.BuildAsync();
        using SandboxChild sandbox = await SandboxChild.StartAsync(latency, rate);
        (string Name, Command Command)[] contenders =
        [
            (Ebops, new(options.Text("--ebops") ?? Repository.Ebops, "image", "update", "--repository-name", PushedAccount.Repository, "--image-tag", PushedAccount.Tag, "--endpoint-url", sandbox.Environment["AWS_ENDPOINT_URL"], "--output", "json")),
            (Careful, new("python3", Repository.Peer("image_careful.py"))),
            (Sequential, new("python3", Repository.Peer("image_sequential.py"))),
        ];
        List<Result> results = [];
        foreach ((string? name, Command? command) in contenders)
        {
            List<Result> own = [];
            for (int i = 0; i < runs; i++)
                own.Add(await RunOnceAsync(name, command));
            results.Add(own.OrderBy(result => result.Time).ElementAt(runs / 2) with { IsRight = own.TrueForAll(result => result.IsRight) });
        }

        Report(results);
        return 0;

        async Task<Result> RunOnceAsync(string name, Command command)
        {
            if (Directory.Exists(journal))
                Directory.Delete(journal, recursive: true);
            await sandbox.ResetAsync(state);
            await Task.Delay(TimeSpan.FromSeconds(2), Time); // The quota's burst fills up again.
            Console.WriteLine($"Running {name} ...");
            Command.Run run = await command.RunAsync([.. sandbox.Environment, new("EBOPS_JOURNAL", journal)]);
            IReadOnlyList<SandboxCall> calls = await sandbox.CallsAsync();
            (int updated, string? problem) = PushedAccount.Compare(state, await sandbox.StateAsync());
            if (!run.Succeeded)
                problem = $"exit code {run.ExitCode}: {run.LastWord}";
            else if (updated != PushedAccount.Running)
                problem ??= $"updated {updated} of {PushedAccount.Running}";
            int throttled = calls.Count(call => call.Status == 429 || call.ErrorCode?.Contains("Throttl", StringComparison.Ordinal) == true);
            double floor = calls.GroupBy(call => call.Service).Max(service => Math.Max(0.0, service.Count() - rate) / rate);
            return new(name, calls.Count, throttled, run.Time, TimeSpan.FromSeconds(floor), problem is null, problem ?? $"{updated} updated");
        }
    }

    private static void Report(List<Result> results)
    {
        Result ours = results.Find(result => result.Name == Ebops)!;
        Console.WriteLine();
        Table.Print(
        [
            ["contender", "calls", "throttled", "time", "quota floor", "calls / ebops", "time / ebops", "outcome"],
            .. results.Select(result => new[]
            {
                result.Name, Text(result.Calls), Text(result.Throttled), Seconds(result.Time), Seconds(result.Floor),
                Ratio((double)result.Calls / ours.Calls), Ratio(result.Time / ours.Time), result.Outcome,
            }),
        ]);
        Console.WriteLine();
        Expect("ebops' calls at most three quarters of those of boto3, careful, which proves as much", (double)ours.Calls / results.Find(result => result.Name == Careful)!.Calls, ratio => ratio <= 0.75);
        Expect("faster than boto3, careful, more than", results.Find(result => result.Name == Careful)!.Time / ours.Time, ratio => ratio > 2);
        Expect("the time of boto3, one by one, which proves nothing, by at most a fifth more", ours.Time / results.Find(result => result.Name == Sequential)!.Time, ratio => ratio <= 1.2);
        Expect("contenders that left one out or changed anything else", results.Count(result => !result.IsRight), wrong => wrong == 0);
    }

    private static void Expect(string what, double value, Predicate<double> isMet) =>
        Console.WriteLine($"{(isMet(value) ? "OK     " : "NOT MET")}  {what}: {Ratio(value)}");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
