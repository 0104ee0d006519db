using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using EventBridgeOps.Patterns;

namespace EventBridgeOps.Bench;

/// <summary>The pattern engine beside other matchers: one thread, JSON text in, rule names out.</summary>
internal static class PatternBench
{
    private const string CityLots = "citylots2.jsonl.gz";
    private const string EventBridge = "eb_events.jsonl";

    // What of ours is expected, as a multiple of AWS's own matcher; four times where nothing is said.
    private static readonly Dictionary<string, double> Expected = new() { ["COMPLEX_ARRAYS"] = 10, ["all 70 rules"] = 10, ["10,000 mixed rules"] = 20 };

    private sealed record Contender(string Name, Func<string, string, double, Task<Outcome?>> RunAsync);

    /// <summary>What a contender came to; what it does not tell is 0.</summary>
    private sealed record Outcome(double Rate, double Build, double BytesPerRule, double MatchesPerEvent, double AllocatedPerEvent);

    public static async Task<int> RunAsync(Options options)
    {
        string data = options.Text("--data") ?? Path.Combine(Path.GetTempPath(), "ebops-pattern-bench");
        double seconds = options.Number("--seconds", 3);
        List<(string Name, string Events, string Rules)> sets = await PrepareAsync(data);
        List<Contender> contenders = [new("ebops", Ours)];
        foreach ((string option, string name) in new[] { ("--ruler", "event-ruler"), ("--quamina", "Quamina") })
        {
            if (options.Text(option) is { } command)
                contenders.Add(new(name, (events, rules, time) => PeerAsync(new Command(command), events, rules, time)));
        }

        contenders.Add(new("moto", (events, rules, time) => PeerAsync(new Command("python3", Repository.Peer("moto_matcher.py")), events, rules, Math.Min(1, time))));
        Console.WriteLine($"{Environment.ProcessorCount} cores, {Repository.Configuration} build, {seconds} s each after as much that does not count. Events a second.");
        List<string[]> rows = [["rules", .. contenders.Select(c => c.Name), .. contenders.Skip(1).Select(c => "/ " + c.Name), "added/s", "bytes/rule", "allocated", "verdict"]];
        foreach ((string name, string events, string rules) in sets.Where(set => set.Name.Contains(options.Text("--only") ?? "", StringComparison.OrdinalIgnoreCase)))
        {
            Console.Error.WriteLine(name);
            List<Outcome?> outcomes = [];
            foreach (Contender contender in contenders)
                outcomes.Add(await contender.RunAsync(events, rules, seconds));
            rows.Add(Row(name, contenders, outcomes));
        }

        Table.Print(rows);
        return 0;
    }

    private static string[] Row(string name, List<Contender> contenders, List<Outcome?> outcomes)
    {
        Outcome ours = outcomes[0]!;
        bool large = name.Contains("rules", StringComparison.Ordinal) && !name.StartsWith("all", StringComparison.Ordinal);
        List<string> failed = [];
        for (int i = 1; i < outcomes.Count; i++)
        {
            double least = contenders[i].Name switch { "event-ruler" => Expected.GetValueOrDefault(name, 4), "Quamina" => 1, _ => 0 };
            if (outcomes[i] is { } peer && ours.Rate < peer.Rate * least)
                failed.Add(string.Create(CultureInfo.InvariantCulture, $"not {least} x {contenders[i].Name}"));
            // moto takes too few events to compare, and knows no arrays of objects.
            if (least > 0 && outcomes[i] is { MatchesPerEvent: var theirs } && Math.Abs(theirs - ours.MatchesPerEvent) > Math.Max(0.05, 0.1 * ours.MatchesPerEvent))
                failed.Add(string.Create(CultureInfo.InvariantCulture, $"{contenders[i].Name} matches {theirs:0.00}, not {ours.MatchesPerEvent:0.00}"));
        }

        if (large && ours.BytesPerRule > 600)
            failed.Add("more than 600 bytes a rule");
        return
        [
            name,
            .. outcomes.Select(o => o == null ? "-" : Thousands(o.Rate)),
            .. outcomes.Skip(1).Select(o => o == null ? "-" : (ours.Rate / o.Rate).ToString(o.Rate > ours.Rate / 100 ? "0.0" : "N0", CultureInfo.InvariantCulture)),
            Thousands(ours.Build),
            large ? ours.BytesPerRule.ToString("0", CultureInfo.InvariantCulture) : "",
            ours.AllocatedPerEvent.ToString("0.0", CultureInfo.InvariantCulture),
            failed.Count == 0 ? "OK" : "NOT MET: " + string.Join(", ", failed),
        ];
    }

    private static string Thousands(double value) => value < 10_000
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : (value / 1000).ToString("N0", CultureInfo.InvariantCulture) + "k";

    private static Task<Outcome?> Ours(string events, string rules, double seconds)
    {
        List<byte[]> texts = Events(events);
        (string Name, string Pattern)[] given = [.. File.ReadLines(rules).Select(Rule)];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Stopwatch watch = Stopwatch.StartNew();
        PatternSet set = new();
        foreach ((string name, string pattern) in given)
            set.Add(name, EventPattern.Parse(pattern));
        double build = given.Length / watch.Elapsed.TotalSeconds;
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)given.Length;
        GC.KeepAlive(given);
        List<string> names = new(1024);
        Match(set, texts, names, seconds);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        (long count, long matches, double elapsed) = Match(set, texts, names, seconds);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return Task.FromResult<Outcome?>(new(count / elapsed, build, bytes, matches / (double)count, allocated / (double)count));
    }

    private static (long Count, long Matches, double Seconds) Match(PatternSet set, List<byte[]> events, List<string> names, double seconds)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long count = 0;
        long matches = 0;
        int at = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            for (int i = 0; i < 50; i++)
            {
                names.Clear();
                set.Match(events[at], names);
                matches += names.Count;
                at = at + 1 == events.Count ? 0 : at + 1;
            }

            count += 50;
        }

        return (count, matches, watch.Elapsed.TotalSeconds);
    }

    // A peer is a command that takes the events, the rules and the seconds, and prints one line of JSON.
    private static async Task<Outcome?> PeerAsync(Command command, string events, string rules, double seconds)
    {
        Command.Run run = await (command with { Arguments = [.. command.Arguments, events, rules, seconds.ToString(CultureInfo.InvariantCulture)] }).RunAsync();
        if (!run.Succeeded)
        {
            Console.Error.WriteLine($"skipped  {command.Program}: {run.LastWord}");
            return null;
        }

        using JsonDocument line = JsonDocument.Parse(run.LastWord);
        JsonElement said = line.RootElement;
        double bytes = said.TryGetProperty("bytesPerRule", out JsonElement told) ? told.GetDouble() : 0;
        return new(said.GetProperty("rate").GetDouble(), said.GetProperty("build").GetDouble(), bytes, said.GetProperty("matches").GetDouble() / said.GetProperty("events").GetDouble(), 0);
    }

    private static List<byte[]> Events(string path)
    {
        using Stream file = File.OpenRead(path);
        using StreamReader reader = new(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        List<byte[]> events = [];
        while (reader.ReadLine() is { } line)
            events.Add(System.Text.Encoding.UTF8.GetBytes(line));
        return events;
    }

    private static (string Name, string Pattern) Rule(string line)
    {
        using JsonDocument rule = JsonDocument.Parse(line);
        return (rule.RootElement.GetProperty("name").GetString()!, rule.RootElement.GetProperty("pattern").GetString()!);
    }

    // Makes the data once: events and rules from scripts with fixed seeds.
    private static async Task<List<(string Name, string Events, string Rules)>> PrepareAsync(string data)
    {
        Directory.CreateDirectory(data);
        string scripts = Path.Combine(AppContext.BaseDirectory, "PatternData");
        string cityLots = Path.Combine(data, CityLots);
        string eventBridge = Path.Combine(data, EventBridge);
        await MakeAsync(cityLots, Path.Combine(scripts, "citylots2_like.py"), cityLots);
        await MakeAsync(eventBridge, Path.Combine(scripts, "eventbridge_like.py"), data);

        List<(string, string, string)> sets = [];
        List<string> all = [];
        using JsonDocument rulesets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(scripts, "rulesets.json")));
        foreach (JsonProperty ruleset in rulesets.RootElement.EnumerateObject())
        {
            string[] lines = [.. ruleset.Value.EnumerateArray().Select((pattern, i) => JsonSerializer.Serialize(new { name = ruleset.Name + i, pattern = pattern.GetString() }))];
            all.AddRange(lines);
            sets.Add((ruleset.Name, cityLots, await WriteAsync(data, ruleset.Name, lines)));
        }

        sets.Add(("all 70 rules", cityLots, await WriteAsync(data, "ALL", all)));
        foreach ((string kind, int count) in new[] { ("exact", 1000), ("exact", 10_000), ("exact", 100_000), ("mixed", 1000), ("mixed", 10_000) })
            sets.Add((string.Create(CultureInfo.InvariantCulture, $"{count:N0} {kind} rules"), eventBridge, Path.Combine(data, string.Create(CultureInfo.InvariantCulture, $"rules_{kind}_{count}.jsonl"))));
        return sets;
    }

    private static async Task<string> WriteAsync(string data, string name, IEnumerable<string> lines)
    {
        string path = Path.Combine(data, $"ruleset_{name}.jsonl");
        await File.WriteAllLinesAsync(path, lines);
        return path;
    }

    private static async Task MakeAsync(string file, string script, string argument)
    {
        if (File.Exists(file))
            return;
        Console.Error.WriteLine($"makes {file}");
        Command.Run run = await new Command("python3", script, argument).RunAsync();
        if (!run.Succeeded)
            throw new InvalidOperationException($"{script} failed: {run.LastWord}");
    }
}
