using System.Globalization;

namespace EventBridgeOps.Bench;

/// <summary>How long it takes until anything happens: the CLI's start beside the AWS CLI's, the module's import beside a bare PowerShell.</summary>
internal static class StartBench
{
    private const string Bare = "pwsh -NoProfile -c 1";
    private const string Import = "pwsh -NoProfile -c Import-Module";

    public static async Task<int> RunAsync(Options options)
    {
        var runs = options.Number("--runs", 15);
        (string Name, Command Command)[] contenders =
        [
            ("ebops --version", new(Repository.Ebops, "--version")),
            ("dotnet ebops.dll --version", new("dotnet", Repository.Ebops + ".dll", "--version")),
            ("aws --version", new("aws", "--version")),
            ("ebops targets sync --help", new(Repository.Ebops, "targets", "sync", "--help")),
            ("aws events put-targets --generate-cli-skeleton", new("aws", "events", "put-targets", "--generate-cli-skeleton")),
            (Bare, new("pwsh", "-NoProfile", "-c", "1")),
            (Import, new("pwsh", "-NoProfile", "-c", $"Import-Module '{Repository.Module}' -ErrorAction Stop")),
        ];
        Dictionary<string, List<double>> times = [];
        List<string> skipped = [];
        foreach (var (name, command) in contenders)
        {
            if (await command.RunAsync([new("NO_COLOR", "1")]) is { Succeeded: false } failed)
                skipped.Add($"{name}: {failed.LastWord}");
            else
                times[name] = [];
        }

        // In turn, so that whatever else the machine does meets them alike.
        for (var run = 0; run < runs; run++)
        {
            foreach (var (name, command) in contenders.Where(contender => times.ContainsKey(contender.Name)))
                times[name].Add((await command.RunAsync()).Time.TotalMilliseconds);
        }

        Console.WriteLine($"{runs} runs each, after one that does not count. {Environment.ProcessorCount} cores, {Repository.Configuration} build.");
        Table.Print(
        [
            ["command", "median", "fastest", "slowest"],
            .. times.Select(contender => new[] { contender.Key, Milliseconds(Median(contender.Value)), Milliseconds(contender.Value.Min()), Milliseconds(contender.Value.Max()) }),
        ]);
        if (times.TryGetValue(Bare, out var bare) && times.TryGetValue(Import, out var import))
            Console.WriteLine($"Import-Module alone (the difference of the medians): {Milliseconds(Median(import) - Median(bare))}");
        foreach (var line in skipped)
            Console.WriteLine($"skipped  {line}");
        return 0;
    }

    private static double Median(List<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} ms");
}
