using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>Every command that calls AWS, as it calls it with an account that is not there: with a saved plan and a change of another one.</summary>
public sealed class AwsCommands : CliTest
{
    private const string Table = "--table-name jobs";
    private const string Rule = "--rule-name r --event-bus-name b";

    private static readonly string[] All =
    [
        "target list --event-bus-name *", "target sync --event-bus-name *", $"target sync {Rule}", "rule list --event-bus-name *", "rule list --event-bus-name b",
        "bus list", "check", "route --event {\"source\":\"s\"} --event-bus-name *", "image list", "image update --repository-name a --image-tag b",
        "automation install {package}", "automation status", "automation check", "automation test", "automation invoke drift-check", "automation logs", "automation uninstall --yes", "dlq list", "dlq list q", "dlq redrive", "dlq export --path f", "dlq remove --yes", "service list --cluster-name c --service-name s", "service update --cluster-name c --service-name s",
        "event send --source s --detail-type t --detail {} --event-bus-name b", "deployment send --repository a --tag b --source main --branch main --commit c",
        $"mvp send --user-id u --product-id p {Table}", $"mvp get j {Table}", $"mvp list {Table}", $"mvp list --user-id u {Table}", $"mvp cancel j {Table}", $"mvp update {Table} --event-path {{event}}", $"mvp repair j {Table}", $"mvp repair {Table}", "mvp create-table --table-name jobs",
        $"pattern test --event {{\"source\":\"s\"}} {Rule}", $"pattern explain --event {{\"source\":\"s\"}} {Rule}", $"pattern lint {Rule}", $"pattern measure {Rule} --event-path {{event}}", $"pattern bench {Rule} --event-path {{event}}", "pattern cases {cases} --online",
        "project test {project} --live --timeout-seconds 1", "project publish {project} --yes", "project status {project}", "project logs {project}", "project unpublish {project} --yes", "project permissions {project} --apply deployer",
        "archive list", "replay list", "replay start a --from 2026-11-21T08:00Z --to 2026-11-21T09:00Z --yes", "replay cancel r",
        "plan apply {plan}", "change undo {change}", "change list --journal-table ebops", "change undo 20261121T093005Z-3f9a1c --journal-table ebops",
    ];

    private readonly Dictionary<string, string> _given = [];

    /// <summary>The command lines, with what a fixture puts in between braces.</summary>
    public static IReadOnlyList<string> Lines => All;

    /// <summary>The commands of the command line that have an option for credentials.</summary>
    internal static IEnumerable<string> Described =>
        CommandHelp.All(CommandTree.Build(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null })).Where(command => command.Options.Any(option => option.Name == "--access-key")).Select(command => CommandHelp.Path(command)["ebops ".Length..]);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        const string change = """{"version":"0","id":"e","detail-type":"Batch Job State Change","source":"aws.batch","account":"123456789012","time":"2026-01-01T00:00:00Z","region":"eu-west-1","resources":[],"detail":{"jobId":"b","status":"RUNNING","parameters":{"jobId":"j"}}}""";
        _given["{event}"] = await WriteAsync("event.json", change);
        _given["{cases}"] = await WriteAsync("cases.jsonl", $$"""{"name":"a","event":{{change}},"pattern":{"source":["aws.batch"]},"expect":"match"}""");
        _given["{project}"] = Path.Combine(Journal, "project");
        (await Ebops.RunAsync(["project", "new", _given["{project}"], "--sample", "orchestrator"])).Ended(0);
        string settings = Path.Combine(_given["{project}"], "ebproject.yaml");
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings, Token)).Replace("111122223333", "123456789012", StringComparison.Ordinal), Token);
        _given["{package}"] = Path.Combine(Journal, "function.zip");
        FunctionPackage.Write(_given["{package}"]);
        _given["{plan}"] = Path.Combine(Journal, "plan.json");
        (await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--plan-path", _given["{plan}"])).Ended(0);
        (await RunAsync("target", "sync", "--event-bus-name", "mvp-development")).Ended(0);
        _given["{change}"] = (string)(await ChangesAsync("--output", "json")).Json[0]!["Id"]!;
    }

    /// <summary>The arguments of a line, at an endpoint.</summary>
    internal string[] Arguments(string line, string endpoint)
    {
        string[] words = [.. line.Split(' ').Select(word => _given.GetValueOrDefault(word, word))];
        return [.. words, .. SessionFor(new Uri(endpoint)), .. words is ["target", "sync", ..] or ["dlq", "redrive", ..] or ["image", "update", ..] or ["service", "update", ..] or ["plan", "apply", ..] or ["change", "undo", _] ? (string[])["--journal-path", Journal] : []];
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        string path = Path.Combine(Journal, name);
        await File.WriteAllTextAsync(path, text, Token);
        return path;
    }
}
