using System.Globalization;
using System.Text;

namespace EventBridgeOps.Bench;

/// <summary>How long it takes to read a large journal, beside a script that parses every line, and beside a program that only reads the bytes.</summary>
internal static class JournalBench
{
    private const int TargetsPerLine = 50;
    private const int LargeChange = 100_000;

    private const string Script = """
        import collections, glob, json, sys
        changes = collections.OrderedDict()
        for path in sorted(glob.glob(sys.argv[1] + "/changes-*.jsonl")):
            for line in open(path, "rb"):
                entry = json.loads(line)
                change = changes.setdefault(entry["change"], [None, 0])
                if entry["type"] == "started":
                    change[0] = entry["kind"]
                elif entry["type"] == "writing":
                    change[1] += len(entry["items"])
        for id, (kind, count) in changes.items():
            print(id, kind, count)
        """;

    public static async Task<int> RunAsync(Options options)
    {
        string ebops = options.Text("--ebops") ?? Repository.Ebops;
        string folder = Directory.CreateTempSubdirectory("ebops-bench-").FullName;
        try
        {
            (string large, long bytes) = Write(folder, options.Number("--megabytes", 1024));
            KeyValuePair<string, string>[] environment = [new("EBOPS_JOURNAL", folder), new("NO_COLOR", "1")];
            (string Name, Command Command)[] contenders =
            [
                ("wc -l (reads the bytes)", new("sh", "-c", $"wc -l '{folder}'/*.jsonl")),
                ("python3, json.loads of each line", new("python3", "-c", Script, folder)),
                ("ebops change list", new(ebops, "change", "list", "--output", "csv")),
                ("ebops change list --last 1", new(ebops, "change", "list", "--last", "1", "--output", "csv")),
                ($"ebops change list <id of {LargeChange} targets>", new("sh", "-c", $"'{ebops}' change list {large} --output json > /dev/null")),
            ];
            Console.WriteLine($"{bytes >> 20} MB, one change of {LargeChange} targets. {Environment.ProcessorCount} cores, {Repository.Configuration} build.");
            List<string[]> rows = [["command", "time", "vs python3"]];
            double python = 0;
            foreach ((string name, Command command) in contenders)
            {
                Command.Run run = await command.RunAsync(environment);
                if (name.StartsWith("python3", StringComparison.Ordinal))
                    python = run.Time.TotalSeconds;
                rows.Add([name, run.Succeeded ? string.Create(CultureInfo.InvariantCulture, $"{run.Time.TotalSeconds:0.00} s") : run.LastWord, python > 0 ? string.Create(CultureInfo.InvariantCulture, $"{run.Time.TotalSeconds / python:0.00}") : ""]);
            }

            Table.Print([.. rows]);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes a journal of many changes, the first of which has a hundred thousand targets.</summary>
    private static (string Id, long Bytes) Write(string folder, long megabytes)
    {
        string large = Id(0);
        long bytes = 0;
        DateTime day = new(2026, 1, 1);
        for (int change = 0; bytes < megabytes << 20; day = day.AddDays(1))
        {
            string path = Path.Combine(folder, $"changes-{day:yyyy-MM-dd}.jsonl");
            using (StreamWriter file = new(path, append: false, new UTF8Encoding(false)))
            {
                for (int i = 0; i < 20 && bytes + file.BaseStream.Position < megabytes << 20; i++, change++)
                    Write(file, change, change == 0 ? LargeChange : 1000);
            }

            bytes += new FileInfo(path).Length;
        }

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return (large, bytes);
    }

    private static void Write(StreamWriter file, int change, int targets)
    {
        string id = Id(change);
        const string time = "2026-01-01T00:00:00.0000000+00:00";
        file.Write($$"""{"v":2,"change":"{{id}}","type":"started","kind":"Sync","region":"eu-west-1","account":"123456789012","identity":"arn:aws:iam::123456789012:user/alice","time":"{{time}}"}{{"\n"}}""");
        for (int first = 0; first < targets; first += TargetsPerLine)
        {
            IEnumerable<int> some = Enumerable.Range(first, Math.Min(TargetsPerLine, targets - first));
            file.Write($$"""{"v":2,"change":"{{id}}","type":"writing","items":[{{string.Join(',', some.Select(target => $$"""{"resource":"Target","name":"bus/rule-{{first}}/t{{target}}","from":"job:1","to":"job:2","before":{{Document(target, 1)}},"after":{{Document(target, 2)}}}"""))}}],"time":"{{time}}"}{{"\n"}}""");
            file.Write($$"""{"v":2,"change":"{{id}}","type":"written","items":[{{string.Join(',', some.Select(target => $$"""{"resource":"Target","name":"bus/rule-{{first}}/t{{target}}"}"""))}}],"time":"{{time}}"}{{"\n"}}""");
        }

        file.Flush();
    }

    private static string Id(int change) => $"20260101T000000Z-{change:x6}";

    private static string Document(int target, int revision) => $$$"""{"Id":"t{{{target}}}","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/main","RoleArn":"arn:aws:iam::123456789012:role/events","BatchParameters":{"JobDefinition":"arn:aws:batch:eu-west-1:123456789012:job-definition/job:{{{revision}}}","JobName":"work"},"InputTransformer":{"InputPathsMap":{"bucket":"$.detail.bucket.name","key":"$.detail.object.key"},"InputTemplate":"{\"ContainerOverrides\":{\"Environment\":[{\"Name\":\"BUCKET\",\"Value\":<bucket>},{\"Name\":\"KEY\",\"Value\":<key>}]}}"},"RetryPolicy":{"MaximumRetryAttempts":3}}""";
}
