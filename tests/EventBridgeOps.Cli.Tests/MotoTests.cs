using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The same on an emulator that none of us wrote.</summary>
public sealed class MotoTests
{
    [Fact]
    public async Task Targets_are_listed_repaired_and_put_back_on_moto()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync();
        await SampleAccount.FillAsync(moto, CliTest.Token);
        string[] session = CliTest.SessionFor(moto.Endpoint);
        DirectoryInfo journal = Directory.CreateTempSubdirectory("ebops-test-");
        try
        {
            Dictionary<string, string> before = await CliTest.DocumentsAsync(moto.Endpoint);
            Outcome list = await Ebops.RunAsync(["target", "list", "--event-bus-name", "*", "--fail-on-drift", "--output", "json", .. session]);
            Assert.Equal(14, list.Ended(2).Json.Count);

            Outcome sync = await Ebops.RunAsync(["target", "sync", "--event-bus-name", "mvp-*", "--output", "json", .. session, "--journal-path", journal.FullName]);
            string[] updated = [.. sync.Ended(3).Json.Where(result => (string?)result!["Status"] == "Updated").Select(result => $"{result!["EventBusName"]}/{result["RuleName"]}/{result["TargetId"]}").Order(StringComparer.Ordinal)];
            Assert.Equal(4, updated.Length);
            Assert.Equal(updated, CliTest.Differing(before, await CliTest.DocumentsAsync(moto.Endpoint)));

            string id = (string)(await Ebops.RunAsync(["change", "list", "--output", "json", "--journal-path", journal.FullName])).Json[0]!["Id"]!;
            (await Ebops.RunAsync(["change", "undo", id, .. session, "--journal-path", journal.FullName])).Ended(0);
            Assert.Empty(CliTest.Differing(before, await CliTest.DocumentsAsync(moto.Endpoint)));
        }
        finally
        {
            journal.Delete(recursive: true);
        }
    }

    /// <summary>moto replays at once, and lets a completed replay be cancelled, as AWS was seen to do.</summary>
    [Fact]
    public async Task An_archive_is_listed_and_replayed_on_moto()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync();
        using AwsClient aws = new(moto.Endpoint);
        (await aws.Events("CreateEventBus", """{"Name":"bus"}""")).Succeeded();
        (await aws.Events("CreateArchive", """{"ArchiveName":"a","EventSourceArn":"arn:aws:events:eu-west-1:123456789012:event-bus/bus","EventPattern":"{\"source\":[\"s\"]}"}""")).Succeeded();
        (await aws.Events("PutRule", """{"Name":"r","EventBusName":"bus","EventPattern":"{\"source\":[\"s\"]}"}""")).Succeeded();
        string[] session = CliTest.SessionFor(moto.Endpoint);

        JsonNode archive = Assert.Single((await Ebops.RunAsync(["archive", "list", "--output", "json", .. session])).Ended(0).Json)!;
        Assert.Equal(("a", "bus", true), ((string?)archive["ArchiveName"], (string?)archive["EventBusName"], (bool?)archive["IsFiltered"]));
        JsonNode replay = Assert.Single((await Ebops.RunAsync(["replay", "start", "a", "--from", "2h", "--rule", "r", "--replay-name", "mine", "--yes", "--wait", "--output", "json", .. session])).Ended(0).Json)!;
        Assert.Equal(("Completed", "Receives"), ((string?)replay["State"], (string?)replay["Rules"]!.AsArray().Single(rule => (string?)rule!["RuleName"] == "r")!["State"]));
        Assert.Equal("mine", (string?)Assert.Single((await Ebops.RunAsync(["replay", "list", "m*", "--state", "completed", "--output", "json", .. session])).Ended(0).Json)!["ReplayName"]);
        Assert.Contains("Replay mine has already ended (Completed", (await Ebops.RunAsync(["replay", "cancel", "mine", .. session])).Ended(0).Error, StringComparison.Ordinal);
        Assert.Contains("error: ReplayRefused: The replay was not started, because another replay of this account and Region has or had the name mine", (await Ebops.RunAsync(["replay", "start", "a", "--from", "2h", "--replay-name", "mine", "--yes", .. session])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_routed_on_moto()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync();
        await SampleAccount.FillAsync(moto, CliTest.Token);

        Outcome outcome = await Ebops.RunAsync(["route", "--event", """{"source":"mvp.uploads","detail-type":"Object Created","detail":{"size":1}}""", "--event-bus-name", "mvp-*", "--output", "json", .. CliTest.SessionFor(moto.Endpoint)]);

        Assert.Equal(["agent-behind Behind", "agent-current Current", "agent-floating Floating", "agent-inactive Inactive", "audit ", "agent Inactive"], outcome.Ended(0).Json.Select(delivery => $"{delivery!["TargetId"]} {delivery["RevisionState"]}"));
    }

    // moto delivers to a FIFO queue alone if the target has a message group, and answers PutEvents with an internal error otherwise.
    [Fact]
    public async Task A_live_test_creates_what_it_needs_on_moto_and_leaves_nothing()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync();
        using AwsClient aws = new(moto.Endpoint);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ebops-test-");
        try
        {
            string project = Path.Combine(folder.FullName, "project");
            (await Ebops.RunAsync(["project", "new", project, "--sample", "orchestrator"])).Ended(0);
            string settings = Path.Combine(project, "ebproject.yaml");
            await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings, CliTest.Token)).Replace("111122223333", "123456789012", StringComparison.Ordinal), CliTest.Token);

            Outcome live = await Ebops.RunAsync(
                ["project", "test", project, "--live", "--output", "json", "--retry-timeout", "0", "--timeout-seconds", "1", .. CliTest.SessionFor(moto.Endpoint)], environment: new Dictionary<string, string> { ["AWS_MAX_ATTEMPTS"] = "1" });

            Assert.Contains(live.Ended(1).Json, result => ((string?)result!["Reason"])?.StartsWith("The event was not sent: ", StringComparison.Ordinal) == true);
            Assert.DoesNotContain("could not delete", live.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("ebops-test-", (await aws.Events("ListEventBuses", "{}")).Succeeded().Text, StringComparison.Ordinal);
            Assert.DoesNotContain("ebops-test-", (await aws.Send("sqs", "/", "AmazonSQS.ListQueues", "{}", "application/x-amz-json-1.0")).Succeeded().Text, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
