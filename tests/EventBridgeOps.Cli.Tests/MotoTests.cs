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

    [Fact]
    public async Task An_event_is_routed_on_moto()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync();
        await SampleAccount.FillAsync(moto, CliTest.Token);

        Outcome outcome = await Ebops.RunAsync(["route", "--event", """{"source":"mvp.uploads","detail-type":"Object Created","detail":{"size":1}}""", "--event-bus-name", "mvp-*", "--output", "json", .. CliTest.SessionFor(moto.Endpoint)]);

        Assert.Equal(["agent-behind Behind", "agent-current Current", "agent-floating Floating", "agent-inactive Inactive", "audit ", "agent Inactive"], outcome.Ended(0).Json.Select(delivery => $"{delivery!["TargetId"]} {delivery["RevisionState"]}"));
    }
}
