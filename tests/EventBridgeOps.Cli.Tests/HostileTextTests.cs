using System.Text.Json;
using System.Xml.Linq;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Text from outside is text in every form of output: nothing steers a terminal, a CI log or a reader.</summary>
public sealed class HostileTextTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-hostile-");

    public static TheoryData<string, string> Cases
    {
        get
        {
            string[] texts = ["\u001b[2J\u001b]0;owned\u0007", "\u009b31m", "\u202egpj.exe", "\u2066a\u2069", "a\rb", "a\nb::error::x", "\u2028a\u2029", "\u200fa\u061c"];
            string[] forms = ["table", "json", "jsonl", "junit", "markdown"];
            return [.. texts.SelectMany(text => forms.Select(form => (text, form)))];
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_name_of_a_rule_and_of_an_event_steers_nothing(string text, string form)
    {
        string rules = Path.Combine(_folder.FullName, "rules.json"), report = Path.Combine(_folder.FullName, "report");
        await File.WriteAllTextAsync(rules, JsonSerializer.Serialize(new { Rules = new[] { new { Name = "r" + text, EventBusName = "default", State = "ENABLED", EventPattern = """{"source":["s"]}""" } } }), TestContext.Current.CancellationToken);
        string document = JsonSerializer.Serialize(new Dictionary<string, object> { ["source"] = "s", ["id"] = "i" + text, ["detail"] = new Dictionary<string, string> { [text] = text } });

        Outcome outcome = await Ebops.RunAsync(["route", "--rule-path", rules, "--event", document, "--offline", "--verbose", "--output", form, "--report", $"markdown={report}"]);

        Assert.DoesNotContain(outcome.Out + outcome.Error + await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), letter => Steers(letter));
        Assert.Contains("NoTarget", outcome.Out, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_pattern_and_an_explanation_steer_nothing(string text, string form)
    {
        string pattern = JsonSerializer.Serialize(new Dictionary<string, object> { ["detail"] = new Dictionary<string, object> { ["k" + text] = new[] { "x" + text } } });
        string document = JsonSerializer.Serialize(new Dictionary<string, object> { ["source"] = "s", ["detail"] = new Dictionary<string, string> { ["k" + text] = "y" + text } });

        foreach (string[] command in (string[][])[["pattern", "explain", "--pattern", pattern, "--event", document], ["pattern", "lint", "--pattern", pattern, "--output", form is "table" ? "text" : form], ["pattern", "lint", "--pattern", "{" + text]])
        {
            Outcome outcome = await Ebops.RunAsync(command);
            Assert.DoesNotContain(outcome.Out + outcome.Error, letter => Steers(letter));
        }
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true")]
    [InlineData("TF_BUILD", "True")]
    public async Task No_name_is_a_command_in_the_log_of_a_CI_system(string variable, string value)
    {
        const string Azure = "##vso[task.setvariable variable=x]y", GitHub = "::error::owned";
        string rules = Path.Combine(_folder.FullName, "rules.json");
        await File.WriteAllTextAsync(rules, JsonSerializer.Serialize(new { Rules = new[] { Azure, GitHub }.Select(name => new { Name = name, EventBusName = name, State = "ENABLED", EventPattern = """{"source":["s"]}""" }) }), TestContext.Current.CancellationToken);
        string document = JsonSerializer.Serialize(new Dictionary<string, object> { ["source"] = "s", ["id"] = Azure, ["detail"] = new Dictionary<string, string> { [GitHub] = Azure } });
        Dictionary<string, string> environment = new() { [variable] = value };
        foreach (string[] form in (string[][])[["table"], ["text"], ["json"], ["jsonl"], ["junit"], ["markdown"], ["json", "--query", "[].RuleName"], ["text", "--query", "[].RuleName"], ["table", "--query", "[].[RuleName]"]])
        {
            Outcome outcome = await Ebops.RunAsync(["route", "--rule-path", rules, "--event", document, "--event-bus-name", "*", "--offline", "--output", .. form], environment: environment);
            string[] lines = outcome.Out.Split('\n');
            Assert.Contains(lines, line => line.Contains("vso[task.setvariable", StringComparison.Ordinal) || line.Contains("vso\\[task", StringComparison.Ordinal) || line.Contains("...", StringComparison.Ordinal));
            Assert.All(lines, line => Assert.DoesNotMatch(@"##(vso)?\[|^\s*::", line));
            if (form is ["json"])
                Assert.Equal([Azure, GitHub], outcome.Json.Select(row => (string?)row!["RuleName"]));
            if (form is ["junit"])
                Assert.Contains(XDocument.Parse(outcome.Out).Descendants("testcase"), test => $"{test.Attribute("name")}".Contains(Azure, StringComparison.Ordinal));
        }

        Outcome converted = await Ebops.RunAsync(["event", "convert", "--entry", JsonSerializer.Serialize(new { Source = Azure, DetailType = "t", Detail = "{}" })], environment: environment);
        Assert.DoesNotContain("##", converted.Ended(0).Out, StringComparison.Ordinal);
        Assert.Equal(Azure, (string?)converted.JsonLines[0]!["source"]);
    }

    [Fact]
    public async Task A_very_long_name_gives_a_short_error()
    {
        Outcome outcome = await Ebops.RunAsync(["route", "--rule-path", _folder.FullName + "/" + new string('x', 100_000), "--event", """{"source":"s"}"""]);

        Assert.InRange(outcome.Ended(1).Error.Length, 100, 10_000);
        Assert.DoesNotContain("[redacted]", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formula_stays_text_in_a_spreadsheet()
    {
        string rules = Path.Combine(_folder.FullName, "rules.json");
        await File.WriteAllTextAsync(rules, """{"Rules":[{"Name":"=cmd|x","EventBusName":"default","State":"ENABLED","EventPattern":"{\"source\":[\"s\"]}"}]}""", TestContext.Current.CancellationToken);
        string[] command = ["route", "--rule-path", rules, "--event", """{"source":"s"}""", "--offline", "--output", "csv"];

        Assert.Contains(",=cmd|x,", (await Ebops.RunAsync(command)).Out, StringComparison.Ordinal);
        Assert.Contains(",'=cmd|x,", (await Ebops.RunAsync([.. command, "--csv-safe"])).Out, StringComparison.Ordinal);
    }

    private static bool Steers(char letter) => letter is not ('\n' or '\t') && InertText.Steers(letter);
}
