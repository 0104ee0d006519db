using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

public sealed class SyncTests : CliTest
{
    private static readonly string[] Stale =
    [
        "default/mvp-nightly-report/report", "mvp-development/mvp-agent-on-upload/agent-behind", "mvp-development/mvp-agent-on-upload/agent-inactive",
        "mvp-development/mvp-pipeline-development-rule/pipeline", "mvp-development/mvp-report-on-request/report", "mvp-production/mvp-agent-on-upload/agent",
    ];

    [Fact]
    public async Task Stale_targets_are_repaired_and_put_back()
    {
        Dictionary<string, string> before = await DocumentsAsync();
        Outcome sync = await RunAsync("target", "sync", "--event-bus-name", "*", "--output", "json");

        Assert.Equal(Stale, Differing(before, await DocumentsAsync()));
        Assert.Equal(15, sync.Ended(3).Json.Count);
        Assert.Matches(@"(?m)^error: JobDefinitionMissing: .*mvp-cleanup", sync.Error);
        string id = (string)sync.Json.First(result => (string?)result!["Status"] == "Updated")!["ChangeId"]!;
        Assert.Contains($"6 updated, 6 already current, 2 skipped, 1 failed. Change {id}. To undo it, run: ebops change undo {id} --journal-path {Journal}\n", sync.Error, StringComparison.Ordinal);
        Assert.Contains("1 skipped: the rule is disabled (use --include-disabled-rule to include it)\n", sync.Error, StringComparison.Ordinal);

        JsonNode change = Assert.Single((await ChangesAsync("--output", "json")).Ended(0).Json)!;
        Assert.Equal((id, "Sync", "Applied", 6), ((string?)change["Id"], (string?)change["Kind"], (string?)change["Status"], (int)change["TargetCount"]!));

        Outcome undo = await RunAsync("change", "undo", id, "--output", "jsonl");
        Assert.Equal(Stale, undo.Ended(0).JsonLines.Select(result => $"{result!["EventBusName"]}/{result["RuleName"]}/{result["TargetId"]}").Order(StringComparer.Ordinal));
        Assert.Empty(Differing(before, await DocumentsAsync()));
        Assert.Equal("Undone", (string?)(await ChangesAsync("--id", id, "--output", "json")).Json[0]!["Status"]);
        Assert.Equal("Undo", (string?)(await ChangesAsync("--last", "1", "--output", "json")).Json[0]!["Kind"]);
    }

    [Fact]
    public async Task What_if_writes_nothing()
    {
        Outcome sync = await RunAsync("target", "sync", "--event-bus-name", "*", "--what-if", "--output", "json");

        Assert.Equal(6, sync.Json.Count(result => (string?)result!["Status"] == "WouldUpdate"));
        Assert.Equal(0, Puts);
        Assert.Empty((await ChangesAsync("--output", "json")).Json);
        Assert.Empty(Directory.GetFileSystemEntries(Journal));

        await RunAsync("target", "sync", "--event-bus-name", "mvp-production");
        Server.ClearCalls();
        string id = (string)(await ChangesAsync("--output", "json")).Json[0]!["Id"]!;
        Assert.Equal("WouldUpdate", (string?)Assert.Single((await RunAsync("change", "undo", "--id", id, "--what-if", "--output", "json")).Ended(0).Json)!["Status"]);
        Assert.Equal(0, Puts);
    }

    [Fact]
    public async Task What_if_of_an_undo_looks_at_the_account()
    {
        await RunAsync("target", "sync", "--event-bus-name", "mvp-production");
        string id = (string)(await ChangesAsync("--output", "json")).Json[0]!["Id"]!;
        Outcome preview = await RunAsync("change", "undo", id, "--what-if");
        Assert.Matches(@"^What if: mvp-production/\S+: Restore target \S+ of rule \S+ from revision \d+ to \d+ of \S+\n1 would be updated\.\n$", preview.Ended(0).Error);

        (await RunAsync("change", "undo", id)).Ended(0);
        Assert.Equal("1 already undone.\n", (await RunAsync("change", "undo", id, "--what-if")).Ended(0).Error);
    }

    [Fact]
    public async Task Without_a_bus_it_works_on_the_defaults()
    {
        Outcome sync = await RunAsync("target", "sync", "--output", "json");

        Assert.Equal(["AlreadyCurrent", "Skipped", "Skipped", "Updated"], sync.Ended(0).Json.Select(result => (string?)result!["Status"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_sync_finds_all_current_and_writes_nothing()
    {
        await RunAsync("target", "sync", "--event-bus-name", "mvp-development");
        Server.ClearCalls();
        Outcome again = await RunAsync("target", "sync", "--event-bus-name", "mvp-development");

        Assert.Equal(("", "8 already current.\n", 0), (again.Ended(0).Out, again.Error, Puts));
    }

    [Theory]
    [InlineData("--to-revision 2", "mvp-agent:2")]
    [InlineData("--float", "mvp-agent")]
    [InlineData("--include-disabled-rule", "mvp-agent:3")]
    public async Task The_options_reach_the_core(string option, string expected)
    {
        Outcome sync = await RunAsync(["target", "sync", "--rule-name", "mvp-hourly-agent", "--include-disabled-rule", "--output", "json", .. option == "--include-disabled-rule" ? [] : option.Split(' ')]);

        Assert.Equal(expected, (string?)Assert.Single(sync.Ended(0).Json)!["To"]);
    }

    [Fact]
    public async Task A_revision_and_force_pin_what_floats()
    {
        Outcome sync = await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--target-id", "agent-floating", "--to-revision", "3", "--force", "--output", "json");

        Assert.Equal("mvp-agent:3", (string?)Assert.Single(sync.Ended(0).Json)!["To"]);
    }

    [Fact]
    public async Task A_failure_puts_the_rest_back_when_asked_for()
    {
        Dictionary<string, string> before = await DocumentsAsync();
        Server.Faults.Add(new FaultRule { Operation = "PutTargets", BodyContains = "mvp-report-on-request", Fault = Fault.PartialFailure("ValidationException", ["report"]) });
        Outcome sync = await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--revert-on-failure", "--output", "json");

        Assert.Equal(3, sync.Ended(3).Json.Count(result => (string?)result!["Status"] == "Reverted"));
        Assert.Contains("warning: An item failed. All items that this run updated are being rolled back.", sync.Error, StringComparison.Ordinal);
        Assert.Contains("error: WriteFailed: ", sync.Error, StringComparison.Ordinal);
        Assert.Empty(Differing(before, await DocumentsAsync()));
    }

    [Fact]
    public async Task Confirm_asks_before_each_write()
    {
        string[] command = ["target", "sync", "--event-bus-name", "mvp-development", "--confirm", "--output", "json", .. Session, "--journal-path", Journal];
        Outcome some = await Ebops.RunAsync(command, input: "maybe\nno\nY\n", onTerminal: true);

        Assert.Equal(["declined", null, "declined", "declined"], some.Ended(0).Json.Where(result => (string?)result!["Status"] is "Skipped" or "Updated").Select(result => (string?)result!["Status"] == "Skipped" ? (string?)result["Reason"] : null));
        Assert.Equal(5, some.Error.Split("? [y]es, [n]o, yes to [a]ll: ").Length - 1); // 'maybe' is asked again
        Assert.Contains("mvp-development/mvp-agent-on-upload/agent-behind: Update target agent-behind of rule mvp-agent-on-upload from revision 2 to 3 of mvp-agent? [y]es, [n]o, yes to [a]ll: ", some.Error, StringComparison.Ordinal);

        Outcome all = await Ebops.RunAsync(command, input: "a\n", onTerminal: true);
        Assert.Equal(3, all.Ended(0).Json.Count(result => (string?)result!["Status"] == "Updated"));
    }

    [Fact]
    public async Task Confirm_needs_somebody_to_ask()
    {
        Outcome outcome = await RunAsync("target", "sync", "--confirm");

        Assert.StartsWith("error: InvalidArgument: --confirm requires a terminal, but standard input is redirected", outcome.Ended(1).Error, StringComparison.Ordinal);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task An_undo_leaves_alone_what_somebody_changed_since_unless_forced()
    {
        Dictionary<string, string> before = await DocumentsAsync();
        await RunAsync("target", "sync", "--event-bus-name", "mvp-production");
        string id = (string)(await ChangesAsync("--output", "json")).Json[0]!["Id"]!;
        (await Ebops.RunAsync(["target", "sync", "--event-bus-name", "mvp-production", "--rule-name", "mvp-agent*", "--to-revision", "2", .. Session, "--journal-path", Path.Combine(Journal, "other")])).Ended(0);

        Assert.Contains("error: TargetChanged: ", (await RunAsync("change", "undo", id)).Ended(3).Error, StringComparison.Ordinal);
        (await RunAsync("change", "undo", id, "--force")).Ended(0);
        Assert.Empty(Differing(before, await DocumentsAsync()));
    }

    [Fact]
    public async Task One_change_is_shown_with_its_targets()
    {
        await RunAsync("target", "sync", "--event-bus-name", "mvp-development");
        Outcome list = await ChangesAsync();
        Outcome one = await ChangesAsync(list.Ended(0).Out.Split('\n')[1].Split(' ')[0]);

        Assert.Contains("Applied", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("mvp-agent:2 -> :3", list.Out, StringComparison.Ordinal);
        Assert.Contains("mvp-agent:2 -> :3", one.Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_changes_and_no_such_change_are_told_apart()
    {
        Assert.Equal($"No changes were found in the journal {Journal}.\n", (await ChangesAsync()).Ended(0).Error);
        Assert.Contains("error: ChangeNotFound: ", (await ChangesAsync("2026")).Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains("error: ChangeNotFound: ", (await RunAsync("change", "undo", "2026")).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_keeps_everything_as_it_is()
    {
        string file = Path.Combine(Journal, "file");
        await File.WriteAllTextAsync(file, "", Token);
        Outcome sync = await Ebops.RunAsync(["target", "sync", .. Session, "--journal-path", file]);

        Assert.Contains("error: JournalUnavailable: ", sync.Ended(1).Error, StringComparison.Ordinal);
        Assert.Equal(0, Puts);
    }
}
