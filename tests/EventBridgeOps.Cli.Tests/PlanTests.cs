using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>A plan that is saved, loaded in another process, and applied there.</summary>
public sealed class PlanTests : CliTest
{
    [Fact]
    public async Task A_plan_that_one_process_saved_is_applied_by_another()
    {
        Dictionary<string, string> before = await DocumentsAsync();
        string plan = Path.Combine(Journal, "plan.json");
        using (EbopsProcess sync = new(["target", "sync", "--event-bus-name", "mvp-development", "--plan-path", plan, .. Session]))
            Assert.Contains($"4 already current. The plan was saved in {plan}. To apply it, run: ebops plan apply {plan}", (await sync.EndAsync()).Ended(0).Error, StringComparison.Ordinal);
        Assert.Empty(Differing(before, await DocumentsAsync()));

        using (EbopsProcess preview = new(["plan", "apply", plan, "--what-if", "--output", "json", .. Session, "--journal-path", Journal]))
            Assert.All((await preview.EndAsync()).Ended(0).Json, result => Assert.Equal("WouldUpdate", (string?)result!["Status"]));
        using (EbopsProcess apply = new(["plan", "apply", plan, "--output", "json", .. Session, "--journal-path", Journal]))
            Assert.All((await apply.EndAsync()).Ended(0).Json, result => Assert.Equal("Updated", (string?)result!["Status"]));
        Assert.Equal(4, Differing(before, await DocumentsAsync()).Length);
        Assert.All((await RunAsync("plan", "apply", plan, "--what-if", "--output", "json")).Ended(0).Json, result => Assert.Equal("AlreadyCurrent", (string?)result!["Status"]));

        string id = (string)(await ChangesAsync("--output", "json")).Json[0]!["Id"]!;
        (await RunAsync("change", "undo", id)).Ended(0);
        Assert.Empty(Differing(before, await DocumentsAsync()));
    }

    [Fact]
    public async Task What_is_not_a_plan_is_refused()
    {
        string file = Path.Combine(Journal, "package.json");
        await File.WriteAllTextAsync(file, "{}", Token);

        Assert.Contains("error: InvalidPlan: The document is not a plan", (await RunAsync("plan", "apply", file)).Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains("error: FileNotReadable: ", (await RunAsync("plan", "apply", file + "x")).Ended(1).Error, StringComparison.Ordinal);
    }
}
