using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Inputs from the field, in the folder Cases/Events.</summary>
public sealed class EventCaseTests : CliTest
{
    private string Store => Path.Combine(Journal, "jobs.jsonl");

    [Fact]
    public async Task An_array_of_three_entries_is_sent_whole()
    {
        string file = Case("f1-entries.json");
        Assert.Equal(3, (await SendAsync(file)).Ended(0).JsonLines.Count);
        foreach (string form in new[] { await File.ReadAllTextAsync(file, Token), $$"""{"Entries":{{await File.ReadAllTextAsync(file, Token)}}}""" })
        {
            Outcome outcome = await Ebops.RunAsync(["event", "send", "--entry-file", "-", "--output", "jsonl", .. Session], form);
            Assert.Equal(["Sent", "Sent", "Sent"], outcome.Ended(0).JsonLines.Select(result => (string?)result!["Status"]));
        }
    }

    [Fact]
    public async Task An_entry_of_a_file_that_is_not_sent_names_its_line_and_many_of_a_kind_are_told_once()
    {
        string file = Path.Combine(Journal, "x.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 100).Select(i => $$$"""{"Source":"acme","DetailType":"{{{(i is 10 or 50 or 98 ? new string('D', 129) : "ok")}}}","Detail":{}}"""), Token);
        Outcome outcome = await SendAsync(file);
        Assert.Equal(["x.jsonl:11", "x.jsonl:51", "x.jsonl:99"], outcome.Ended(3).JsonLines.Where(result => (string?)result!["Status"] == "Failed").Select(result => (string?)result!["Origin"]));
        string[] errors = [.. outcome.Error.Split('\n').Where(line => line.StartsWith("error: ", StringComparison.Ordinal))];
        Assert.Equal(2, errors.Length);
        Assert.Contains("x.jsonl:11: ", errors[0], StringComparison.Ordinal);
        Assert.Contains("2 more times (x.jsonl:51, x.jsonl:99)", errors[1], StringComparison.Ordinal);
        Assert.Contains("97 sent, 3 failed.", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pattern", "test", "--pattern", """{"source":["acme"]}""")]
    [InlineData("route", "--event-bus-name", "mvp-development")]
    public async Task A_dead_letter_is_the_event_inside(params string[] command)
    {
        Outcome outcome = await Ebops.RunAsync([.. command, "--event-path", Case("events-wrapped-dlq.json"), "--output", "jsonl", .. command[0] == "route" ? Session : []]);
        Assert.DoesNotContain("error: ", outcome.Ended(0).Error, StringComparison.Ordinal);
        if (command[0] == "pattern")
            Assert.Equal(("x", true), ((string?)Assert.Single(outcome.JsonLines)!["EventId"], (bool)outcome.JsonLines[0]!["Matches"]!));
    }

    [Fact]
    public async Task What_is_neither_an_event_nor_an_entry_is_an_error()
    {
        Outcome outcome = await Ebops.RunAsync(["pattern", "test", "--pattern", """{"source":["acme"]}""", "--event", """{"hello":"world"}"""]);
        Assert.Contains("error: InvalidEvent: --event:1 is not a valid event: its fields (hello) are neither", outcome.Ended(3).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event", "send", "--source", "a", "--detail-type", "b", "--detail", "{a:b}")]
    [InlineData("event", "send", "--source", "a", "--detail-type", "b", "--detail", "'{a:b}'")]
    [InlineData("event", "send", "--source", "a", "--detail-type", "b", "--detail", "{a:", "b c}")]
    [InlineData("check", "--detail", "{a:b}")]
    [InlineData("mvp", "send", "--user-id", "u", "--product-id", "p", "--metadata", "{plan:pro}")]
    [InlineData("pattern", "test", "--pattern", """{"source":["acme"]}""", "--event", "{source:acme}")]
    [InlineData("event", "convert", "--entry", "{ Source:s,DetailType:t,Detail:{} }")]
    public async Task An_argument_that_lost_its_quotes_is_known(params string[] command)
    {
        Outcome outcome = await Ebops.RunAsync([.. command, .. command[0] is "pattern" || command[1] == "convert" ? [] : Session]);
        Assert.Contains("quotation marks are missing", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("$PSNativeCommandArgumentPassing = 'Legacy'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("""'{\"a\":\"b\"}'""", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Server.Calls);
    }

    [Theory]
    [InlineData("d1-array-child.jsonl", "job_a", "Failed", "P")]
    [InlineData("d4-second-batch-job.jsonl", "job_d", "Succeeded", "R2")]
    [InlineData("batch-env-ecs.json", "job_ecs", "Succeeded", "B-job_ecs")]
    public async Task Events_of_Batch_lead_to_the_state_of_the_job(string file, string jobId, string state, string batchJobId)
    {
        (await MvpAsync("send", "--event-bus-name", "mvp-development", "--job-id", jobId, "--user-id", "u", "--product-id", "p")).Ended(0);
        (await MvpAsync("update", "--event-path", Case(file), "--verbose")).Ended(0);
        JsonNode job = Assert.Single((await MvpAsync("get", jobId, "--output", "json")).Ended(0).Json)!;
        Assert.Equal((state, batchJobId), ((string?)job["State"], (string?)job["BatchJobId"]));
    }

    private static string Case(string name) => Path.Combine(AppContext.BaseDirectory, "Cases", "Events", name);

    private Task<Outcome> SendAsync(string file) => Ebops.RunAsync(["event", "send", "--entry-file", file, "--output", "jsonl", .. Session]);

    private Task<Outcome> MvpAsync(params string[] arguments) => Ebops.RunAsync(["mvp", .. arguments, "--store-path", Store, .. Session]);
}
