using System.Text.Json.Nodes;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Completion;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The journal of the automation function, read and undone from the command line.</summary>
public sealed class JournalTableTests : CliTest
{
    private const string Table = "ebops";

    private IReadOnlyDictionary<string, string> Environment => Server.Environment;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Aws.Send("dynamodb", "/", "DynamoDB_20120810.CreateTable", $$"""
            {"TableName":"{{Table}}","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"at","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]}
            """, "application/x-amz-json-1.0")).Succeeded();
    }

    [Fact]
    public async Task The_command_of_a_notification_undoes_the_change()
    {
        Dictionary<string, string> before = await DocumentsAsync();
        string id = await SyncAsync();
        Assert.NotEmpty(Differing(before, await DocumentsAsync()));

        // As AutomationMessages.Undo spells it, and with nothing but the environment.
        Outcome undo = await Ebops.RunAsync(["change", "undo", id, "--journal-table", Table], environment: Environment);

        Assert.Matches($@"1 reverted\. Change (\S+)\. To undo it, run: ebops change undo \1 --journal-table {Table}\n", undo.Ended(0).Error);
        Assert.Empty(Differing(before, await DocumentsAsync()));
        JsonArray changes = (await ChangesInTableAsync()).Ended(0).Json;
        Assert.Equal(["Sync Undone", "Undo Applied"], changes.Select(change => $"{change!["Kind"]} {change["Status"]}"));
        Assert.Equal(id, (string?)changes[1]!["Undoes"]);
        Assert.Empty(Directory.GetFileSystemEntries(Journal));

        // The undo is a change of the table, and is undone as one.
        (await Ebops.RunAsync(["change", "undo", (string)changes[1]!["Id"]!, "--journal-table", Table], environment: Environment)).Ended(0);
        Assert.NotEmpty(Differing(before, await DocumentsAsync()));
        Assert.Equal(3, (await ChangesInTableAsync()).Ended(0).Json.Count);
    }

    [Fact]
    public async Task Changes_in_the_table_are_listed_and_found_by_the_beginning_of_an_id()
    {
        Assert.Equal($"No changes were found in the journal {Table}.\n", (await Ebops.RunAsync(["change", "list", "--journal-table", Table, .. Session])).Ended(0).Error);
        string id = await SyncAsync();

        Assert.Equal(id, (string?)Assert.Single((await ChangesInTableAsync("--last", "1")).Ended(0).Json)!["Id"]);
        Assert.Equal(id, (string?)Assert.Single((await ChangesInTableAsync(id[..16])).Ended(0).Json)!["Id"]);
        Assert.Empty((await ChangesAsync("--output", "json")).Ended(0).Json);
        Assert.StartsWith("error: ChangeNotFound: Change 'none' was not found in the journal in ebops.", (await Ebops.RunAsync(["change", "list", "none", "--journal-table", Table], environment: Environment)).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_does_not_exist_is_an_error() =>
        Assert.StartsWith("error: JournalUnavailable: Table none was not found.", (await Ebops.RunAsync(["change", "undo", "2026", "--journal-table", "none"], environment: Environment)).Ended(1).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("list")]
    [InlineData("undo", "2026")]
    public async Task A_folder_and_a_table_are_refused_and_a_table_needs_a_region(params string[] command)
    {
        string[] inTable = ["change", .. command, "--journal-table", Table];

        Assert.StartsWith(
            "error: InvalidArgument: --journal-path cannot be combined with --journal-table: the journal is either in a folder or in a table. Use one of them.",
            (await Ebops.RunAsync([.. inTable, "--journal-path", Journal], environment: Environment)).Ended(1).Error, StringComparison.Ordinal);
        Assert.StartsWith("error: NoRegion: ", (await Ebops.RunAsync([.. inTable, "--access-key", "a", "--secret-key", "b"])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_completed_from_the_table()
    {
        string id = await SyncAsync();
        SuggestionCache cache = new(TimeProvider.System);
        Terminal terminal = new() { Out = TextWriter.Null, Error = TextWriter.Null, Environment = name => Environment.GetValueOrDefault(name) };
        string[] words = ["change", "undo", "--journal-table", Table, ""];

        Completions completions = await new LineCompleter(CommandTree.Build(terminal), terminal, cache).CompleteAsync(words, TimeSpan.FromMinutes(1));

        Suggestion change = Assert.Single(completions.Values);
        Assert.Equal(id, change.Name);
        Assert.EndsWith(" UTC, Sync, Applied, 1 item", change.Description, StringComparison.Ordinal);
    }

    /// <summary>Makes a change as the function does.</summary>
    private async Task<string> SyncAsync()
    {
        using OpsSession session = OpsSession.Open(new SessionOptions { JournalTable = Table, Host = new SessionHost { Environment = name => Environment.GetValueOrDefault(name) } });
        string? id = null;
        TargetQuery query = new() { Rules = new RuleQuery { EventBusName = ["mvp-production"], RuleName = ["mvp-agent-on-upload"] } };
        IAsyncEnumerable<TargetSelection> targets = TargetSelection.FromAll(session.Get<TargetScanner>().ScanAsync(query, SilentObserver.Instance, Token));
        SyncOptions options = new() { ChangeStarted = started => id = started };
        await foreach (TargetSyncResult result in session.Get<TargetSync>().RunAsync(targets, options, (_, _) => Task.FromResult(Approval.Write), SilentObserver.Instance, Token))
            Assert.Equal(SyncStatus.Updated, result.Status);
        return id!;
    }

    private Task<Outcome> ChangesInTableAsync(params string[] args) => Ebops.RunAsync(["change", "list", .. args, "--journal-table", Table, "--output", "json"], environment: Environment);
}
