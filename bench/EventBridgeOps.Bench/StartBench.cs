using System.Globalization;

namespace EventBridgeOps.Bench;

/// <summary>How long it takes until anything happens: the CLI's start beside the AWS CLI's, the module's import beside a bare PowerShell.</summary>
internal static class StartBench
{
    private const string Bare = "pwsh -NoProfile -c 1";
    private const string Import = "pwsh -NoProfile -c Import-Module";
    private const string Journal = "pwsh -NoProfile -c Get-EbChange";
    private const string Call = "pwsh -NoProfile -c Get-EbRule";

    public static async Task<int> RunAsync(Options options)
    {
        int runs = options.Number("--runs", 15);
        string ebops = options.Text("--ebops") ?? Repository.Ebops;
        using SandboxChild sandbox = await SandboxChild.StartAsync(latency: 0, rate: 0);
        string journal = Directory.CreateTempSubdirectory("ebops-bench-").FullName;
        KeyValuePair<string, string>[] environment = [.. sandbox.Environment, new("EBOPS_JOURNAL", journal), new("NO_COLOR", "1")];
        string import = $"Import-Module '{options.Text("--module") ?? Repository.Module}' -ErrorAction Stop";
        (string Name, Command Command)[] contenders =
        [
            ("ebops --version", new(ebops, "--version")),
            ("aws --version", new("aws", "--version")),
            ("ebops rule list", new(ebops, "rule", "list")),
            ("aws events list-rules", new("aws", "events", "list-rules")),
            ("ebops target sync --help", new(ebops, "target", "sync", "--help")),
            ("aws events put-targets --generate-cli-skeleton", new("aws", "events", "put-targets", "--generate-cli-skeleton")),
            (Bare, new("pwsh", "-NoProfile", "-c", "1")),
            (Import, new("pwsh", "-NoProfile", "-c", import)),
            (Journal, new("pwsh", "-NoProfile", "-c", import + "; Get-EbChange")),
            (Call, new("pwsh", "-NoProfile", "-c", import + "; Get-EbRule")),
        ];
        Dictionary<string, List<double>> times = [];
        List<string> skipped = [];
        foreach ((string? name, Command? command) in contenders)
        {
            if (await command.RunAsync(environment) is { Succeeded: false } failed)
                skipped.Add($"{name}: {failed.LastWord}");
            else
                times[name] = [];
        }

        // In turn, so that whatever else the machine does meets them alike.
        for (int run = 0; run < runs; run++)
        {
            foreach ((string? name, Command? command) in contenders.Where(contender => times.ContainsKey(contender.Name)))
                times[name].Add((await command.RunAsync(environment)).Time.TotalMilliseconds);
        }

        Console.WriteLine($"{runs} runs each, after one that does not count. {Environment.ProcessorCount} cores, {Repository.Configuration} build.");
        Table.Print(
        [
            ["command", "median", "fastest", "slowest"],
            .. times.Select(contender => new[] { contender.Key, Milliseconds(Median(contender.Value)), Milliseconds(contender.Value.Min()), Milliseconds(contender.Value.Max()) }),
        ]);
        foreach ((string name, string before, string after) in new[] { ("Import-Module", Bare, Import), ("The first cmdlet, without a call", Import, Journal), ("The first cmdlet, with a call", Import, Call) })
        {
            if (times.TryGetValue(before, out List<double>? without) && times.TryGetValue(after, out List<double>? with))
                Console.WriteLine($"{name} alone (the difference of the medians): {Milliseconds(Median(with) - Median(without))}, of the fastest: {Milliseconds(with.Min() - without.Min())}");
        }

        Directory.Delete(journal, recursive: true);
        foreach (string line in skipped)
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
