using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

public sealed class ImageTests : CliTest
{
    private const string App = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mvp-agent";

    private string _digest = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Answer pushed = (await Aws.Ecr("PutImage", """{"repositoryName":"mvp-agent","imageTag":"v42","imageManifest":"{\"schemaVersion\":2}"}""")).Succeeded();
        _digest = pushed.Json.GetProperty("image").GetProperty("imageId").GetProperty("imageDigest").GetString()!;
        Server.ClearCalls();
    }

    [Fact]
    public async Task An_update_registers_a_revision_and_says_how_to_go_back()
    {
        Outcome outcome = await RunAsync("image", "update", "--repository-name", "mvp-agent", "--image-tag", "v42", "--output", "json");
        JsonNode update = Assert.Single(outcome.Ended(0).Json)!;

        Assert.Equal(("mvp-agent", 3, 4, "Updated", App + ":v42", _digest), ((string?)update["JobDefinitionName"], (int?)update["PreviousRevision"], (int?)update["Revision"], (string?)update["Status"], (string?)update["Image"], (string?)update["Digest"]));
        Assert.Equal("default", (string?)Assert.Single(update["Containers"]!.AsArray()));
        Assert.Contains($"1 updated. Change {update["ChangeId"]}. To undo it, run: ebops change undo {update["ChangeId"]}", outcome.Error, StringComparison.Ordinal);

        Outcome again = await RunAsync("image", "update", "--repository-name", "mvp-agent", "--image-tag", "v42");
        Assert.Equal(("", "1 already current.\n"), (again.Ended(0).Out, again.Error));

        Outcome undone = await RunAsync("change", "undo", (string)update["ChangeId"]!);
        Assert.Matches(@"job definition +mvp-agent:4 -> :5 +Reverted", undone.Ended(0).Out);
        Outcome changes = await ChangesAsync((string)update["ChangeId"]!);
        Assert.Matches(@"ImageUpdate +Undone", changes.Out);
        Assert.Matches(@"job definition +mvp-agent:3 -> :4 +Written", changes.Out);
    }

    [Fact]
    public async Task An_update_says_which_command_repairs_the_targets_that_it_leaves_behind()
    {
        Outcome outcome = await RunAsync("image", "update", "--repository-name", "mvp-agent", "--image-tag", "v42");

        string last = outcome.Ended(0).Error.TrimEnd().Split('\n')[^1];
        Assert.Equal("2 targets are now Behind. To repair them, run: ebops target sync --event-bus-name '*' --job-definition mvp-agent", last);

        (await RunAsync([.. last[(last.IndexOf("ebops", StringComparison.Ordinal) + "ebops ".Length)..].Replace("'", "", StringComparison.Ordinal).Split(' ')])).Ended(0);
        Assert.DoesNotContain((await RunAsync("target", "list", "--event-bus-name", "*", "--job-definition", "mvp-agent", "--state", "Behind", "--output", "json")).Ended(0).Json, target => target!["Exclusion"] is null);
    }

    [Theory]
    [InlineData("--what-if")]
    [InlineData("--plan-path plan.json")]
    public async Task Targets_are_not_looked_for_if_nothing_was_registered(string option)
    {
        (await RunAsync(["image", "update", "--repository-name", "mvp-agent", "--image-tag", "v42", .. option.Replace("plan.json", Path.Combine(Journal, "plan.json"), StringComparison.Ordinal).Split(' ')])).Ended(0);

        Assert.DoesNotContain(Server.Calls, call => call.Operation is "ListRules" or "ListTargetsByRule" or "ListEventBuses");
    }

    [Theory]
    [InlineData("ListEventBuses")]
    [InlineData("ListTargetsByRule")]
    public async Task Targets_that_cannot_be_looked_for_are_one_warning(string operation)
    {
        Server.Faults.Add(new FaultRule { Operation = operation, Fault = Fault.Error(400, "AccessDeniedException", "not authorized") });

        Outcome outcome = await RunAsync("image", "update", "--repository-name", "mvp-agent", "--image-tag", "v42");

        Assert.Single(outcome.Ended(0).Error.Split('\n'), line => line.StartsWith("warning: Which targets are now Behind was not checked: ", StringComparison.Ordinal) && line.EndsWith(" To repair them, run: ebops target sync --event-bus-name '*' --job-definition mvp-agent", StringComparison.Ordinal));
        Assert.DoesNotContain("error: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_no_job_definition_runs_is_said() =>
        Assert.Equal(
            "No images were found. Job definitions looked for: *. Repositories: none-*.\n",
            (await RunAsync("image", "list", "--repository-name", "none-*")).Ended(0).Error);

    [Theory]
    [InlineData("zzz")]
    [InlineData("z*")]
    public async Task A_container_that_is_in_no_job_definition_is_told(string container)
    {
        Outcome outcome = await RunAsync("image", "update", "--repository-name", "mvp-agent", "--image-tag", "v42", "--container-name", container);

        Assert.Contains($"error: ContainerNotFound: No container {container} of a job definition in Region eu-west-1 runs an image of mvp-agent. Containers that do: mvp-agent:3 default.", outcome.Ended(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_registers_nothing()
    {
        Outcome outcome = await RunAsync("image", "update", "--image-uri", App + ":v42", "--pin-digest", "--what-if");

        Assert.Matches($"mvp-agent +3 +mvp-agent:1.2.0 -> @{_digest[..19]} +WouldUpdate", outcome.Ended(0).Out);
        Assert.All(outcome.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "RegisterJobDefinition");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_come_from_a_file_or_from_standard_input_and_bring_their_region(bool fromFile)
    {
        string happened = $$$"""
            {"id":"1","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","region":"eu-west-1",
            "detail":{"result":"SUCCESS","repository-name":"mvp-agent","image-digest":"{{{_digest}}}","action-type":"PUSH","image-tag":"v42"}}
            """;
        string text = happened.Replace("PUSH", "DELETE", StringComparison.Ordinal) + "\n" + happened;
        string file = Path.Combine(Journal, "event.json");
        await File.WriteAllTextAsync(file, text, Token);

        string[] session = [.. Session.Skip(2)];
        Outcome outcome = await Ebops.RunAsync(["image", "update", "--event-path", fromFile ? file : "-", "--output", "jsonl", .. session, "--journal-path", Journal], input: text);

        Assert.Equal("Updated", (string?)Assert.Single(outcome.Ended(0).JsonLines)!["Status"]);
        Assert.Contains("warning: Event 1 was skipped: its action-type is 'DELETE', not PUSH.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_missing_is_said_in_the_command_lines_own_words()
    {
        Outcome outcome = await RunAsync("image", "update", "--repository-name", "mvp-agent", "--image-tag", "v99", "--output", "csv");

        Assert.Contains("mvp-agent,3,3,", outcome.Ended(3).Out, StringComparison.Ordinal);
        Assert.Contains("error: ImageNotFound: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("with --wait-for-image.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_shows_what_runs_where()
    {
        await RunAsync("image", "update", "--repository-name", "mvp-agent", "--image-tag", "v42");
        Outcome outcome = await RunAsync("image", "list");
        Outcome narrow = await Ebops.RunAsync(["image", "list", .. Session], environment: new Dictionary<string, string> { ["COLUMNS"] = "80" });

        Assert.Matches($"mvp-agent:4 +default +mvp-agent:v42 +{_digest[..19]} +Exists", outcome.Ended(0).Out);
        Assert.All(narrow.Ended(0).Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal("5 containers: 5 Exists.\n", outcome.Error);
        Assert.Equal("mvp-agent", (string?)Assert.Single((await RunAsync("image", "list", "--repository-name", "mvp-a*", "--output", "json")).Ended(0).Json)!["RepositoryName"]);
    }
}
