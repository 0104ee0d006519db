using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The habits of those who come from the scripts that <c>ebops</c> replaces.</summary>
public sealed class FormerScriptTests : CliTest
{
    private static readonly string Root = typeof(FormerScriptTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    // Names of its own, and of jobs.
    private static readonly string[] NotSettings = ["EBOPS_SANDBOX", "EBOPS_PENDING_COMPLETION", "EBOPS_DEBUG_BODIES", "JOB_ID", "JOB_NAME", "RULE_ARN", "EBOPS_DIAGNOSIS", "EBOPS_ORIGIN"];

    /// <summary>Where the function and its configuration read their own variables, which the page of the automation lists.</summary>
    private static readonly string[] NotCommands = ["EventBridgeOps.Sandbox", "EventBridgeOps.Lambda", "Automation"];

    private static readonly string[] Ids = [.. typeof(ErrorIds).GetFields().Select(field => field.Name), .. Enum.GetNames<RevisionState>(), nameof(CheckStatus.NG)];

    protected override SandboxOptions Options => new() { RecordBodies = true };

    private string Store => Path.Combine(Journal, "jobs.jsonl");

    [Fact]
    public void Each_command_accepts_a_file_of_settings()
    {
        Command root = CommandTree.Build(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null });
        string[] without = [.. CommandHelp.All(root).Where(command => command.Subcommands.Count == 0 && command.Options.All(option => option.Name != "--env-file")).Select(CommandHelp.Path)];
        Assert.Empty(without);
    }

    [Fact]
    public async Task A_file_of_settings_serves_a_command_that_reads_none_of_them_itself()
    {
        string file = await SettingsAsync("EVENTBRIDGE_BUS_NAME=mvp-development", "RULE_NAME=mvp-agent-*", "JOB_DEFINITION_NAME=mvp-agent");
        Dictionary<string, string> environment = new() { ["EVENTBRIDGE_BUS_NAME"] = "mvp-production", ["AWS_ACCESS_KEY_ID"] = "other", ["AWS_SESSION_TOKEN"] = "other" };
        JsonArray targets = (await Ebops.RunAsync(["target", "list", "--env-file", file, "--output", "json"], environment: environment)).Ended(0).Json;
        Assert.Equal(["agent-behind", "agent-current", "agent-floating", "agent-inactive"], targets.Select(target => (string?)target!["TargetId"]));
        Assert.All(targets, target => Assert.Equal("mvp-development", (string?)target!["EventBusName"]));
    }

    [Theory]
    [InlineData("DEBUG", "1", true)]
    [InlineData("DEBUG", "true", true)]
    [InlineData("DEBUG", "app:*", false)]
    [InlineData("DEBUG", "0", false)]
    public async Task Debug_in_the_environment_is_the_option(string name, string value, bool expected)
    {
        Outcome outcome = await Ebops.RunAsync(["bus", "list", .. Session], environment: new Dictionary<string, string> { [name] = value });
        Assert.Equal(expected, outcome.Ended(0).Error.Contains("debug: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_action_of_the_test_script_is_a_command()
    {
        (await BusAsync("--action", "test", "--skip-job-store")).Ended(3).Out.Contains("PutEvents", StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "PutEvents" && call.Body!.Contains("businessName", StringComparison.Ordinal));

        JsonArray sent = (await BusAsync("--user-id", "u1", "--action=send", "-p", "p1", "-b", "Shop", "--store-path", Store, "--output", "json")).Ended(0).Json;
        Assert.Equal(("u1", "p1", "Sent"), ((string?)sent[0]!["UserId"], (string?)sent[0]!["ProductId"], (string?)sent[0]!["Status"]));

        JsonArray batch = (await BusAsync("-a", "batch", "--priority", "high", "--store-path", Store, "--output", "json")).Ended(0).Json;
        Assert.Equal(5, batch.Select(request => (string?)request!["UserId"]).Distinct().Count());
        JsonArray jobs = (await Ebops.RunAsync(["mvp", "list", "--store-path", Store, "--output", "json", .. Session])).Ended(0).Json;
        Assert.Equal(5, jobs.Count(job => (string?)job!["Priority"] == "high" && ((string)job["BusinessName"]!).StartsWith("Test business ", StringComparison.Ordinal)));

        Outcome all = await Ebops.RunAsync(["test-all", "-e", "mvp-development", "--skip-job-store", "--timeout-seconds", "1", .. Session]);
        Assert.Contains("test event", all.Out, StringComparison.OrdinalIgnoreCase);

        Assert.Equal("error: InvalidArgument: 'deploy' is not a valid action. Valid actions: send, test, batch.\n", (await Ebops.RunAsync(["--action", "deploy"])).Ended(1).Error);
        Assert.Equal("error: InvalidArgument: --action needs a value. Valid actions: send, test, batch.\n", (await Ebops.RunAsync(["--region", "eu-west-1", "-a"])).Ended(1).Error);
        Assert.Contains("--test-count", (await BusAsync("mvp", "send", "--test-count", "0", "--store-path", Store)).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_with_another_queue_or_role_than_expected_is_a_warning()
    {
        Dictionary<string, string> environment = new() { ["JOB_QUEUE_ARN"] = "arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-agents", ["EVENTBRIDGE_ROLE_ARN"] = "mvp-events" };
        Outcome outcome = await Ebops.RunAsync(["target", "list", "mvp-development", .. Session], environment: environment);
        Assert.Contains("warning: Target mvp-development/mvp-report-on-request/report uses the job queue arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-reports. Expected: ", outcome.Ended(0).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("agent-behind uses", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("has the role", outcome.Error, StringComparison.Ordinal);
        outcome = await Ebops.RunAsync(["target", "sync", "mvp-development", "--expected-role", "other-*", "--what-if", "--journal-path", Journal, .. Session]);
        Assert.Contains("agent-behind has the role arn:aws:iam::123456789012:role/mvp-events. Expected: other-* (--expected-role or EVENTBRIDGE_ROLE_ARN). The role is not changed.", outcome.Ended(0).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FOUNDERDASH_DB_URL")]
    [InlineData("FOUNDERDASH_DATABASE_URL")]
    [InlineData("DATABASE_URL")]
    public async Task The_database_comes_from_the_environment_and_a_plain_one_is_refused_by_the_name_of_its_variable(string variable)
    {
        const string Secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
        string[] send = ["mvp", "send", "u", "p", "--event-bus-name", "mvp-development", "--store-path", Store, .. Session];
        (await Ebops.RunAsync(send, environment: new Dictionary<string, string> { [variable] = Secret })).Ended(0);
        Assert.Contains(Secret, Assert.Single(Server.Calls, call => call.Operation == "PutEvents").Body, StringComparison.Ordinal);
        Outcome outcome = await Ebops.RunAsync(send, environment: new Dictionary<string, string> { [variable] = "postgres://u:geheim@h/db" });
        Assert.Contains($"the environment variable {variable} is not the ARN of a Secrets Manager secret.", outcome.Ended(1).Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("geheim", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_variable_names_the_event_bus_of_all_commands_but_that_for_deployments()
    {
        Dictionary<string, string> environment = new() { ["EVENTBRIDGE_BUS_NAME"] = "mvp-production" };
        Assert.All((await Ebops.RunAsync(["rule", "list", "--output", "json", .. Session], environment: environment)).Ended(0).Json, rule => Assert.Equal("mvp-production", (string?)rule!["EventBusName"]));
        foreach (string[] send in (string[][])[["event", "send", "a", "t"], ["mvp", "send", "u", "p", "--store-path", Store]])
            Assert.Equal("mvp-production", (string?)(await Ebops.RunAsync([.. send, "--output", "json", .. Session], environment: environment)).Ended(0).Json[0]!["EventBusName"]);
        Assert.Contains("event bus mvp-production", (await Ebops.RunAsync(["check", "--skip-job-store", .. Session], environment: environment)).Out, StringComparison.Ordinal);
        string[] deployment = ["deployment", "send", "shop", "1.2", "--source", "ci.local", "--branch", "main", "--commit", "3f9a1c2", "--output", "json", .. Session];
        Assert.Equal("default", (string?)(await Ebops.RunAsync(deployment, environment: environment)).Ended(0).Json[0]!["EventBusName"]);
        Assert.Equal("mvp-production", (string?)(await Ebops.RunAsync([.. deployment, "--event-bus-name", "mvp-production"])).Ended(0).Json[0]!["EventBusName"]);
    }

    [Theory]
    [InlineData("rule list --rule-name mvp-import-done", 3, "mvp-development")]
    [InlineData("rule list --rule-name mvp-imp*", 0, "mvp-development")]
    [InlineData("target list --job-definition mvp-import", 0, "mvp-development")]
    [InlineData("target sync --rule-name mvp-cleanup-*", 0, "mvp-production")]
    [InlineData("pattern lint --rule-name mvp-imp*", 1, "mvp-development")]
    public async Task What_the_default_event_bus_does_not_have_is_named_with_the_bus_that_has_it(string command, int code, string bus)
    {
        Outcome outcome = await Ebops.RunAsync([.. command.Split(' '), .. Session], environment: new Dictionary<string, string> { ["EBOPS_JOURNAL"] = Journal });
        Assert.Contains($": {bus}. Specify --event-bus-name, or set EVENTBRIDGE_BUS_NAME.", outcome.Ended(code).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_for_which_only_another_bus_has_a_rule_is_neither_recorded_nor_sent()
    {
        string[] send = ["mvp", "send", "u", "p", "--store-path", Store, .. Session];
        (await Aws.Events("DisableRule", """{"Name":"mvp-pipeline-development-rule","EventBusName":"mvp-development"}""")).Succeeded();
        (await Ebops.RunAsync(send)).Ended(0); // No event bus has a rule for it, so no other one is meant.
        await AddRuleAsync("mvp-development");
        Server.ClearCalls();
        Outcome refused = await Ebops.RunAsync(send);
        Assert.Contains("No event bus is specified, and no rule on the default event bus matches MVP Development Request. Event buses with a rule that matches: mvp-development. Specify --event-bus-name, or set EVENTBRIDGE_BUS_NAME.", refused.Ended(3).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "PutEvents");
        Assert.Single((await Ebops.RunAsync(["mvp", "list", "--store-path", Store, "--output", "json", .. Session])).Ended(0).Json);
        Outcome check = await Ebops.RunAsync(["check", "--skip-job-store", .. Session]);
        Assert.Contains("Event buses with a rule that matches: mvp-development.", check.Ended(3).Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        await AddRuleAsync("default");
        (await Ebops.RunAsync(send)).Ended(0);
    }

    [Fact]
    public async Task Each_request_is_matched_for_itself()
    {
        (await Aws.Events("PutRule", """{"Name":"high","EventBusName":"mvp-production","EventPattern":"{\"source\":[\"founderdash.web\"],\"detail\":{\"priority\":[\"high\"],\"userId\":[\"u2\"]}}"}""")).Succeeded();
        (await Aws.Events("PutRule", """{"Name":"mine","EventPattern":"{\"source\":[\"founderdash.web\"],\"detail\":{\"userId\":[\"u1\"]}}"}""")).Succeeded();
        (await Aws.Events("DisableRule", """{"Name":"mvp-pipeline-development-rule","EventBusName":"mvp-development"}""")).Succeeded();
        const string Requests = """
            {"userId":"u1","productId":"p","priority":"high"}
            {"userId":"u2","productId":"p","priority":"high"}
            {"userId":"u2","productId":"p","priority":"low"}
            """;
        Outcome outcome = await Ebops.RunAsync(["mvp", "send", "--request-file", "-", "--store-path", Store, "--output", "jsonl", .. Session], Requests);
        Assert.Equal(["Sent", "Failed", "Sent"], outcome.Ended(3).JsonLines.Select(result => (string?)result!["Status"]));
        Assert.Contains("Event buses with a rule that matches: mvp-production.", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("14400", 14400)]
    [InlineData("4h", 14400)]
    [InlineData("1d12h", 129600)]
    [InlineData("04:00:00", 14400)]
    public async Task An_estimated_duration_is_seconds(string given, int seconds)
    {
        (await BusAsync("mvp", "send", "u", "p", "--estimated-duration", given, "--store-path", Store)).Ended(0);
        Assert.Contains($"\\\"estimatedDuration\\\":{seconds}", Assert.Single(Server.Calls, call => call.Operation == "PutEvents").Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 weeks")]
    [InlineData("-4h")]
    [InlineData("4h30")]
    [InlineData("soon")]
    public async Task What_is_not_a_duration_is_refused(string given)
    {
        Outcome outcome = await BusAsync("mvp", "send", "u", "p", "--estimated-duration", given, "--store-path", Store);
        Assert.Contains($"--estimated-duration '{given}' is not a duration: use a number of seconds, for example 14400, or units, for example 4h or 1d12h", outcome.Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_business_name_of_the_metadata_is_that_of_the_record()
    {
        (await BusAsync("mvp", "send", "u", "p", "--metadata", """{"businessName":"Shop"}""", "--store-path", Store)).Ended(0);
        Assert.Equal("Shop", (string?)(await Ebops.RunAsync(["mvp", "list", "--store-path", Store, "--output", "json", .. Session])).Ended(0).Json[0]!["BusinessName"]);
    }

    [Fact]
    public async Task Entries_are_read_from_a_file_by_either_name()
    {
        const string Entry = """{"Source":"a","DetailType":"t","Detail":{}}""";
        foreach (string name in (string[])["--entry-file", "--entry-path"])
        {
            Assert.Equal("Sent", (string?)(await Ebops.RunAsync(["event", "send", name, "-", "--output", "jsonl", .. Session], Entry)).Ended(0).JsonLines[0]!["Status"]);
            Assert.Equal("a", (string?)JsonNode.Parse((await Ebops.RunAsync(["event", "convert", name, "-"], Entry)).Ended(0).Out)!["source"]);
        }
    }

    [Fact]
    public void The_example_of_the_settings_has_each_variable_that_is_read_and_no_other()
    {
        string[] named = [.. Regex.Matches(Read("docs/recipes/make/.env.eventbridge.example"), "^(?:# )?([A-Z][A-Z_]+)=", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Distinct()];
        string[] read = [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !NotCommands.Any(folder => file.Contains(folder, StringComparison.Ordinal)) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "\"((?:AWS|EBOPS|EVENTBRIDGE|DYNAMODB|FOUNDERDASH|RULE|JOB|DATABASE)_[A-Z_]+|DEBUG)\"").Select(match => match.Groups[1].Value)).Distinct()];
        string[] notRead = [.. named.Except(read)], notNamed = [.. read.Except(named).Except(NotSettings).Where(name => !name.StartsWith("AWS_", StringComparison.Ordinal))];
        Assert.Empty(notRead);
        Assert.Empty(notNamed);
        string page = Read("docs/coming-from-the-scripts.md");
        Assert.All(named.Where(name => !name.StartsWith("AWS_", StringComparison.Ordinal) && !name.StartsWith("EBOPS_", StringComparison.Ordinal)), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_command_of_the_page_is_one()
    {
        string page = Read("docs/coming-from-the-scripts.md");
        string[] commands = [.. Regex.Matches(page, "`ebops ([^`]+)`").Select(match => match.Groups[1].Value).Where(command => !command.Contains("...", StringComparison.Ordinal)).Distinct()];
        Assert.True(commands.Length > 15);
        foreach (string command in commands.Where(command => !command.StartsWith("help ", StringComparison.Ordinal)))
        {
            Outcome outcome = await Ebops.RunAsync([.. command.Replace("'", "", StringComparison.Ordinal).Split(' '), "--help"]);
            Assert.Contains("Usage:", outcome.Ended(0).Out, StringComparison.Ordinal);
        }

        foreach (string id in Regex.Matches(page[page.IndexOf("## Messages", StringComparison.Ordinal)..], @"\| `([A-Z][A-Za-z]+)`[^|]*\|[^|]*\|$", RegexOptions.Multiline).Select(match => match.Groups[1].Value))
            Assert.True(Ids.Contains(id), id);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private Task<Outcome> BusAsync(params string[] args) => Ebops.RunAsync([.. args, .. Session], environment: new Dictionary<string, string> { ["EVENTBRIDGE_BUS_NAME"] = "mvp-development" });

    private async Task AddRuleAsync(string bus) =>
        (await Aws.Events("PutRule", $$"""{"Name":"mvp-requests","EventBusName":"{{bus}}","EventPattern":"{\"source\":[\"founderdash.web\"]}"}""")).Succeeded();

    private async Task<string> SettingsAsync(params string[] lines)
    {
        string file = Path.Combine(Journal, ".env.eventbridge");
        await File.WriteAllLinesAsync(file, ["AWS_DEFAULT_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test", $"AWS_ENDPOINT_URL={Server.Endpoint}", .. lines], Token);
        return file;
    }
}
