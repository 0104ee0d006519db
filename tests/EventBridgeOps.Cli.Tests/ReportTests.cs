using System.Xml.Linq;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

public sealed class ReportTests : CliTest
{
    [Fact]
    public async Task Reports_are_written_beside_the_data()
    {
        string xml = Path.Combine(Journal, "reports", "drift.xml"), md = Path.Combine(Journal, "drift.md");
        Outcome outcome = await RunAsync("target", "list", "--event-bus-name", "*", "--output", "jsonl", "--report", $"junit={xml}", "--report", $"markdown={md}");

        Assert.Equal(15, outcome.Ended(0).JsonLines.Count);
        XElement suites = XDocument.Load(xml).Root!;
        Assert.Equal(("7", "2"), ((string?)suites.Attribute("failures"), (string?)suites.Attribute("skipped")));
        Assert.Equal(
            ["Inactive: mvp-agent:1, latest 3: Not counted as drift, because the rule is disabled.", "Behind: mvp-agent:2, latest 3: Not counted as drift, because the rule is managed by states.amazonaws.com."],
            suites.Descendants("skipped").Select(skipped => (string?)skipped.Attribute("message")).OrderDescending(StringComparer.Ordinal));
        Assert.Contains("**15** in total: 2 Inactive, 1 Missing, 4 Behind, 1 Behind (not counted), 1 Inactive (not counted), 4 Current, 2 Floating.", await File.ReadAllTextAsync(md, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target", "sync", "--event-bus-name", "*", "--what-if")]
    [InlineData("image", "list")]
    [InlineData("image", "update", "--repository-name", "nothing", "--image-tag", "v1")]
    [InlineData("check", "--event-bus-name", "mvp-development", "--skip-job-store")]
    [InlineData("route", "--event", "{\"source\":\"mvp.uploads\"}", "--event-bus-name", "*")]
    [InlineData("pattern", "lint", "--pattern", "{\"source\":[]}")]
    public async Task Standard_output_is_the_report_alone_where_it_is_the_form(params string[] command)
    {
        string[] args = [.. command, "--output", "junit", .. Session];
        Outcome outcome = await Ebops.RunAsync(command[0] is "target" || command is ["image", "update", ..] ? [.. args, "--journal-path", Journal] : args);
        Assert.Equal("testsuites", XDocument.Parse(outcome.Out).Root!.Name.LocalName);
    }

    [Fact]
    public async Task A_report_speaks_the_command_lines_own_words()
    {
        string report = (await RunAsync("target", "sync", "--event-bus-name", "*", "--what-if", "--output", "markdown")).Ended(3).Out;
        Assert.Contains("use --include-disabled-rule", report, StringComparison.Ordinal);
        Assert.DoesNotContain("-IncludeDisabledRule", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_is_in_the_report_too()
    {
        XDocument report = XDocument.Parse((await RunAsync("target", "list", "--event-bus-name", "nothing-here", "--output", "junit")).Ended(3).Out);
        Assert.Contains("EventBusNotFound", report.Descendants("failure").Single().Attribute("message")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_the_run_is_in_the_report_too()
    {
        string path = Path.Combine(Journal, "r.xml");
        (await Ebops.RunAsync(["target", "list", "--report", $"junit={path}"], environment: new Dictionary<string, string> { ["AWS_EC2_METADATA_DISABLED"] = "true" })).Ended(1);
        Assert.Single(XDocument.Load(path).Descendants("failure"));
    }

    [Fact]
    public async Task A_plan_tells_by_its_exit_code_whether_it_would_write()
    {
        (await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--what-if", "--fail-on-drift")).Ended(2);
        (await RunAsync("target", "sync", "--event-bus-name", "mvp-development")).Ended(0);
        (await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--what-if", "--fail-on-drift")).Ended(0);
        (await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--fail-on-drift")).Ended(1);
    }

    [Fact]
    public async Task An_image_that_is_gone_can_fail_a_step()
    {
        (await RunAsync("image", "list", "--fail-on-drift")).Ended(0);
        (await Aws.Ecr("DeleteRepository", """{"repositoryName":"mvp-import","force":true}""")).Succeeded();
        (await RunAsync("image", "list", "--fail-on-drift")).Ended(2);
        (await RunAsync("image", "list", "--fail-on-drift", "--skip-image-check")).Ended(0);
    }

    [Fact]
    public async Task GitHub_reads_annotations_from_standard_error_and_data_stays_data()
    {
        string summary = Path.Combine(Journal, "summary.md");
        Dictionary<string, string> runner = new() { ["GITHUB_ACTIONS"] = "true", ["GITHUB_STEP_SUMMARY"] = summary };
        Outcome outcome = await Ebops.RunAsync(["target", "list", "--event-bus-name", "*", "--output", "json", "--ci", .. Session], environment: runner);

        Assert.Equal(15, outcome.Ended(0).Json.Count);
        Assert.Equal(3, outcome.Error.Split('\n').Count(line => line.StartsWith("::error title=", StringComparison.Ordinal)));
        Assert.StartsWith("### Batch targets", await File.ReadAllTextAsync(summary, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_message_becomes_a_command()
    {
        string file = Path.Combine(Journal, "cases.jsonl");
        await File.WriteAllTextAsync(file, """{"name":"x\n::set-output name=a::b\r##vso[task.complete]","event":"{}","pattern":"{\"source\":[\"a\"]}","expect":"match"}""", Token);
        Outcome outcome = await Ebops.RunAsync(["pattern", "cases", file, "--ci"], environment: new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" });
        Assert.Single(outcome.Ended(1).Error.Split('\n', '\r'), line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Elsewhere_the_switch_does_nothing_but_say_so()
    {
        Outcome outcome = await RunAsync("target", "list", "--event-bus-name", "mvp-development", "--ci", "--verbose");
        Assert.Contains("verbose: The command does not run in GitHub Actions or Azure Pipelines", outcome.Ended(0).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("::", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drift.xml")]
    [InlineData("html=drift.html")]
    [InlineData("junit=")]
    public async Task A_report_says_form_and_path(string given) =>
        Assert.Contains("Use format=path, where the format is one of junit, markdown, json, csv.", (await RunAsync("target", "list", "--report", given)).Ended(1).Error, StringComparison.Ordinal);
}
