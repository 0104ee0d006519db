using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary><c>--query</c>, as with the AWS CLI.</summary>
public sealed class QueryTests : CliTest
{
    private const string Rules = "[?EventBusName=='mvp-production'].";

    [Theory]
    [InlineData("length(@)", null, "3\n")]
    [InlineData(Rules + "RuleName | sort(@) | [0]", null, "\"mvp-agent-on-upload\"\n")]
    [InlineData(Rules + "RuleName | [0]", "text", "mvp-agent-on-upload\n")]
    [InlineData(Rules + "[RuleName,State]", "text", "mvp-agent-on-upload\tENABLED\nmvp-cleanup-on-delete\tENABLED\nmvp-report-on-request\tENABLED\n")]
    [InlineData(Rules + "RuleName", "text", "mvp-agent-on-upload\tmvp-cleanup-on-delete\tmvp-report-on-request\n")]
    [InlineData(Rules + "{Rule:RuleName,Bus:EventBusName} | [:1]", "text", "mvp-production\tmvp-agent-on-upload\n")]
    [InlineData("[0].{R:RuleName,T:Targets[].{Id:TargetId,Arn:Arn}}", "text", "mvp-agent-on-upload\nT\tarn:aws:batch:eu-west-1:123456789012:job-queue/mvp-agents\tagent\n")]
    [InlineData("[0].{R:RuleName,D:Description,T:Targets[].TargetId}", "csv", "R,D,T\r\nmvp-agent-on-upload,,\"[\"\"agent\"\"]\"\r\n")]
    [InlineData(Rules + "[RuleName,State]", "csv", "mvp-agent-on-upload,ENABLED\r\nmvp-cleanup-on-delete,ENABLED\r\nmvp-report-on-request,ENABLED\r\n")]
    [InlineData(Rules + "RuleName", "jsonl", "\"mvp-agent-on-upload\"\n\"mvp-cleanup-on-delete\"\n\"mvp-report-on-request\"\n")]
    [InlineData("[:2].{Rule:RuleName,Note:Description}", "table", "Rule                   Note\nmvp-agent-on-upload    -\nmvp-cleanup-on-delete  -\n")]
    [InlineData("[:2].[RuleName]", "table", "mvp-agent-on-upload\nmvp-cleanup-on-delete\n")]
    [InlineData("[0].Missing", "json", "null\n")]
    [InlineData("[0].Missing", "text", "None\n")]
    [InlineData("[?State=='NONE']", null, "[]\n")]
    public async Task It_selects_from_the_JSON(string query, string? form, string expected) =>
        Assert.Equal(expected, (await RunAsync(["rule", "list", "mvp-production", "--query", query, .. form is null ? Array.Empty<string>() : ["--output", form]])).Ended(0).Out);

    [Theory]
    [InlineData("[?State=", "'=' at character 8 is unexpected")]
    [InlineData("[", "it is not complete")]
    [InlineData("none(@)", "no function named none")]
    [InlineData("[?State==`ENABLED`]", "`ENABLED` is not JSON. Write a text in single quotation marks: 'ENABLED'")]
    public async Task A_wrong_expression_is_an_error_before_anything_is_called(string query, string expected)
    {
        Outcome outcome = await RunAsync("target", "sync", "--event-bus-name", "*", "--query", query);

        Assert.StartsWith($"error: InvalidArgument: '{query}' is not a valid JMESPath expression for --query: ", outcome.Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task An_expression_that_could_exhaust_the_stack_is_an_error() =>
        Assert.Contains("has 5001 characters, but 4096 is the maximum", (await RunAsync("rule", "list", "--query", new string('!', 5000) + "a")).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_function_that_does_not_accept_a_value_is_an_error() =>
        Assert.Contains("error: InvalidArgument: 'abs(@)' is not a valid JMESPath expression for --query: function abs only accepts numbers.", (await RunAsync("rule", "list", "--query", "abs(@)")).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_report_cannot_be_selected_from() =>
        Assert.Contains("--query cannot be combined with --output junit", (await RunAsync("target", "list", "--output", "junit", "--query", "[]")).Ended(1).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("pattern lint --pattern {\"source\":[\"a\"]}", "[].IsValid")]
    [InlineData("pattern explain --pattern {\"source\":[\"a\"]} --event {\"source\":\"a\"}", "[].matches")]
    [InlineData("pattern measure --pattern {\"source\":[\"a\"]} --event {\"source\":\"a\"}", "[].Matched")]
    public async Task It_is_there_for_every_command_that_writes_JSON(string command, string query) =>
        Assert.NotNull(Assert.Single((JsonArray)JsonNode.Parse((await Ebops.RunAsync([.. command.Split(' '), "--query", query])).Ended(0).Out)!));

    [Fact]
    public async Task Times_and_numbers_stay_as_they_are()
    {
        await RunAsync("target", "sync", "mvp-production");

        string time = (await ChangesAsync("--query", "[0].Time", "--output", "text")).Ended(0).Out.Trim();

        Assert.Equal((string?)(await ChangesAsync("--output", "json")).Json[0]!["Time"], time);
    }

    [Theory]
    [InlineData("rule list mvp-production")]
    [InlineData("bus list")]
    [InlineData("target list *")]
    [InlineData("image list")]
    [InlineData("route --event {\"source\":\"mvp.reports\"} *")]
    [InlineData("pattern lint --pattern {\"source\":[\"a\"]}")]
    [InlineData("pattern explain --pattern {\"source\":[\"a\"]} --event {\"source\":\"a\"}")]
    [InlineData("pattern test --pattern {\"source\":[\"a\"]} --event {\"source\":\"a\"}")]
    [InlineData("pattern measure --pattern {\"source\":[\"a\"]} --event {\"source\":\"a\"}")]
    public async Task All_forms_work_with_and_without_a_query(string command)
    {
        foreach (string form in new[] { "table", "text", "json", "jsonl", "csv" })
        {
            string[] args = [.. command.Split(' '), "--output", form, .. Session];
            Assert.NotEmpty((await Ebops.RunAsync(args)).Ended(0).Out);
            Assert.NotEmpty((await Ebops.RunAsync([.. args, "--query", "[0]"])).Ended(0).Out);
        }
    }
}
