using System.Text.Json.Nodes;
using System.Xml.Linq;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Projects on the command line.</summary>
public sealed class ProjectTests : CliTest
{
    private string Folder => Path.Combine(Journal, "shop");

    [Fact]
    public async Task A_project_is_made_and_passes()
    {
        Outcome made = (await Ebops.RunAsync(["project", "new", Folder, "--sample", "orchestrator", "--output", "json"])).Ended(ExitCode.Done);
        Outcome test = (await Ebops.RunAsync(["project", "test", Folder])).Ended(ExitCode.Done);

        Assert.Contains(made.Json, file => (string)file!["Path"]! == "ebproject.yaml");
        Assert.Contains("audio-uploaded.v1: Rules: log-events, transcribe-uploads.", test.Out, StringComparison.Ordinal);
        Assert.Contains("0 errors, 0 warnings.", test.Error, StringComparison.Ordinal);
        (await Ebops.RunAsync(["project", "new", Folder, "--sample", "mvp"])).Ended(ExitCode.Error);
    }

    [Fact]
    public async Task A_fault_has_its_place_in_each_format()
    {
        await Ebops.RunAsync(["project", "new", Folder, "--sample", "orchestrator"]);
        string rule = Path.Combine(Folder, "rules", "log-events.yaml");
        await File.WriteAllTextAsync(rule, (await File.ReadAllTextAsync(rule, Token)).Replace("EventLog.Arn", "EventLg.Arn", StringComparison.Ordinal), Token);

        Outcome text = (await Ebops.RunAsync(["project", "test", Folder])).Ended(ExitCode.Error);
        Outcome json = (await Ebops.RunAsync(["project", "test", Folder, "--output", "json"])).Ended(ExitCode.Error);
        Outcome junit = (await Ebops.RunAsync(["project", "test", Folder, "--output", "junit"])).Ended(ExitCode.Error);
        Outcome markdown = (await Ebops.RunAsync(["project", "test", Folder, "--output", "markdown"])).Ended(ExitCode.Error);

        Assert.Contains("rules/log-events.yaml:7:10: error: EventLg is neither a resource nor a parameter. Did you mean EventLog? [/targets/log/arn]", text.Out, StringComparison.Ordinal);
        JsonNode finding = Assert.Single(json.Json, each => (string)each!["State"]! == "Failed")!;
        Assert.Equal(("rules/log-events.yaml", 7, "/targets/log/arn"), ((string)finding["File"]!, (int)finding["Line"]!, (string)finding["Pointer"]!));
        Assert.Equal("1", (string)XDocument.Parse(junit.Out).Root!.Attribute("failures")!);
        Assert.Contains("rules/log-events.yaml:7:10", markdown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_beside_text_has_everything()
    {
        await Ebops.RunAsync(["project", "new", Folder, "--sample", "orchestrator"]);
        string file = Path.Combine(Journal, "report.xml");

        (await Ebops.RunAsync(["project", "test", Path.Combine(Folder, "ebproject.yaml"), "--report", "junit=" + file])).Ended(ExitCode.Done);
        Outcome whole = (await Ebops.RunAsync(["project", "test", Folder, "--output", "junit"])).Ended(ExitCode.Done);

        Assert.Equal((string)XDocument.Parse(whole.Out).Root!.Attribute("tests")!, (string)XDocument.Parse(await File.ReadAllTextAsync(file, Token)).Root!.Attribute("tests")!);
    }

    [Theory]
    [InlineData("junit", "<testsuites ")]
    [InlineData("markdown", "# ")]
    public async Task Each_run_of_a_watched_project_has_its_report(string format, string begin)
    {
        await Ebops.RunAsync(["project", "new", Folder, "--sample", "mvp"]);
        string report = Path.Combine(Journal, "project.xml");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using StringWriter output = new(), error = new();
        List<string> reports = [];
        using Changes changes = new(() =>
        {
            reports.Add(File.ReadAllText(report));
            File.Delete(report);
            if (reports.Count == 2)
                stop.Cancel();
        });
        Terminal terminal = new() { Out = output, Error = error, Environment = _ => null, Watch = (_, _, _) => changes };

        await Program.RunAsync(["project", "test", Folder, "--watch", "--output", format, "--report", "junit=" + report], terminal, stop.Token);

        Assert.Equal(2, reports.Count);
        Assert.All(reports, each => Assert.Equal("testsuites", XDocument.Parse(each).Root!.Name.LocalName));
        Assert.Equal(reports[0].Split("<testcase").Length, reports[1].Split("<testcase").Length);
        Assert.True(output.ToString().Split(begin).Length > 2, output.ToString());
    }

    private sealed class Changes(Action changed) : EventBridgeOps.Projects.Files.IFolderWatcher
    {
        public Task ChangedAsync(CancellationToken cancellationToken)
        {
            changed();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }

        public void Dispose()
        {
        }
    }

    [Fact]
    public async Task An_event_that_its_schema_refuses_is_not_sent()
    {
        await Ebops.RunAsync(["project", "new", Folder, "--sample", "orchestrator"]);
        string[] send = ["event", "send", "--source", "com.example.orchestrator", "--detail-type", "UserRegistered", "--project", Folder];

        Outcome refused = (await RunAsync([.. send, "--detail", """{"userId":"u"}"""])).Ended(ExitCode.SomeFailed);
        int puts = Server.Calls.Count(call => call.Operation == "PutEvents");
        (await RunAsync([.. send, "--detail", """{"userId":"u","email":"ann@example.com"}"""])).Ended(ExitCode.Done);

        Assert.Contains("SchemaViolated", refused.Error, StringComparison.Ordinal);
        Assert.Contains("rule: /required", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, puts);
        Assert.Equal(1, Server.Calls.Count(call => call.Operation == "PutEvents"));
    }

    [Fact]
    public async Task An_id_is_added_only_where_the_schema_allows_it()
    {
        await Ebops.RunAsync(["project", "new", Folder, "--sample", "empty", "--name", "shop"]);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "schemas")).FullName, "closed.v1.json"), """{"x-amazon-events-source":"s","x-amazon-events-detail-type":"Closed","type":"object","properties":{"id":{"type":"string"}},"additionalProperties":false}""", Token);

        Outcome sent = (await RunAsync("event", "send", "s", "Closed", """{"id":"1"}""", "--project", Folder, "--output", "json")).Ended(ExitCode.Done);

        Assert.Equal("Sent", (string)sent.Json[0]!["Status"]!);
        Assert.Null(sent.Json[0]!["Id"]);
    }

    [Fact]
    public async Task An_event_of_a_retired_version_is_not_sent()
    {
        await Ebops.RunAsync(["project", "new", Folder, "--sample", "empty", "--name", "shop"]);
        await Ebops.RunAsync(["project", "add", "schema", "order-placed", "--path", Folder]);
        (await Ebops.RunAsync(["schema", "retire", "order-placed.v1", "--path", Folder])).Ended(ExitCode.Done);

        Outcome refused = (await RunAsync("event", "send", "com.example.shop", "OrderPlaced", """{"id":"1"}""", "--project", Folder)).Ended(ExitCode.SomeFailed);

        Assert.Contains("Schema order-placed.v1 is retired, and no other version describes the event.", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_that_is_no_file_is_a_fault(bool isLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: a link needs a privilege on Windows.");
        await Ebops.RunAsync(["project", "new", Folder, "--sample", "orchestrator"]);
        string path = Path.Combine(Folder, "ebproject.lock.json");
        if (isLink)
            File.CreateSymbolicLink(path, Path.Combine(Folder, "ebproject.yaml"));
        else
            Directory.CreateDirectory(path);

        Assert.Contains("ebproject.lock.json:1:1: error: ", (await Ebops.RunAsync(["project", "test", Folder])).Ended(ExitCode.Error).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_files_and_keys_do_not_steer_the_terminal()
    {
        await Ebops.RunAsync(["project", "new", Folder, "--sample", "orchestrator"]);
        string rule = Path.Combine(Folder, "rules", "welcome-users.yaml");
        await File.WriteAllTextAsync(rule, (await File.ReadAllTextAsync(rule, Token)).Replace("targets:", "\"x\\e[31m\\a\": 1\ntargets:", StringComparison.Ordinal), Token);
        if (!OperatingSystem.IsWindows())
            await File.WriteAllTextAsync(Path.Combine(Folder, "schemas", "f\u001b[31mred\u0007.v1.json"), "{}", Token);

        Outcome tested = (await Ebops.RunAsync(["project", "test", Folder])).Ended(ExitCode.Error);

        Assert.Contains("welcome-users.yaml", tested.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', tested.Out);
        Assert.DoesNotContain('\u0007', tested.Out);
    }
}
