using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Tests;

public sealed class CheckTests : CliTest
{
    private const string Bus = "mvp-development";
    private const string Rule = "mvp-agent-on-upload";

    /// <summary>What the advice uses of the AWS CLI: https://docs.aws.amazon.com/cli/latest/reference/.</summary>
    private static readonly Dictionary<string, string[]> AwsCommands = new()
    {
        ["aws events enable-rule"] = ["--name", "--event-bus-name"],
        ["aws batch update-job-queue"] = ["--job-queue", "--state"],
    };

    [Fact]
    public async Task Every_command_that_a_check_suggests_works()
    {
        string[] commands = [.. Advice().SelectMany(text => Regex.Matches(text, @"\brun ((?:ebops|aws) [^,]+?)\.(?=\s|$)").Select(match => match.Groups[1].Value)).Distinct()];

        Assert.Equal(5, commands.Length);
        foreach (string command in commands)
        {
            string[] words = command.Split(' ');
            if (words[0] == "ebops")
                (await RunAsync([.. words.Skip(1)])).Ended(0);
            else
                Assert.Equal(AwsCommands[string.Join(' ', words.Take(3))], words.Where(word => word.StartsWith("--", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_command_of_the_advice_is_never_without_its_beginning() =>
        Assert.All(Advice(), text => Assert.Equal(Regex.Count(text, @"\brun (ebops|aws)\b"), Regex.Count(text, @"\brun\b")));

    [Fact]
    public async Task What_a_check_finds_is_gone_after_its_suggestion()
    {
        string[] check = ["check", "--event-bus-name", Bus, "--source", "mvp.uploads", "--detail-type", "Object Created", "--detail", """{"size":3}""", "--skip-job-store", "--output", "json"];
        JsonArray before = (await Ebops.RunAsync([.. check, .. Session])).Json;
        string advice = (string)before.First(result => ((string?)result!["Check"])!.StartsWith("target agent-behind", StringComparison.Ordinal))!["Advice"]!;

        (await RunAsync([.. Regex.Match(advice, @"run ebops (.+)\.$").Groups[1].Value.Split(' ')])).Ended(0);

        JsonArray after = (await Ebops.RunAsync([.. check, .. Session])).Json;
        Assert.Equal("OK", (string?)after.First(result => ((string?)result!["Check"])!.StartsWith("target agent-behind", StringComparison.Ordinal))!["Status"]);
    }

    [Fact]
    public async Task In_the_sample_account_it_finds_the_fault_that_is_planted_and_no_other()
    {
        string[] check = ["check", Bus, "--store-path", Path.Combine(Journal, "jobs.jsonl"), "--output", "json", .. Session];

        JsonArray before = (await Ebops.RunAsync(check)).Ended(3).Json;

        JsonNode fault = Assert.Single(before, result => (string?)result!["Status"] == "NG")!;
        Assert.Equal(("target pipeline", "mvp-pipeline-job-definition:1 is Behind; the latest revision is 2"), ((string?)fault["Check"], (string?)fault["Result"]));
        Assert.Contains(before, result => (string?)result!["Check"] == "job queue mvp-pipeline-job-queue");
        (await RunAsync("target", "sync", "--event-bus-name", Bus, "--rule-name", "mvp-pipeline-development-rule")).Ended(0);
        (await Ebops.RunAsync(check)).Ended(0);
    }

    [Fact]
    public async Task A_check_on_a_bus_without_rules_does_not_pass()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"empty"}""")).Succeeded();

        Assert.Matches(@"NG +rules for [^\n]+: none of 0 rules matches\n", (await Ebops.RunAsync(["check", "--event-bus-name", "empty", "--skip-job-store", .. Session])).Ended(3).Out);
    }

    /// <summary>All that checks say, of what is in the sample account.</summary>
    private static List<string> Advice() => [.. typeof(ConnectionCheck).Assembly.GetType("EventBridgeOps.Checks.CheckMessages", throwOnError: true)!
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Select(method => ((Message)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!).In(CommandLineVoice.Instance))];

    private static object Argument(ParameterInfo parameter) => parameter switch
    {
        { Name: "bus" } => Bus,
        { Name: "rule" } => Rule,
        { ParameterType: Type type } when type == typeof(string) => "mvp-agents",
        { ParameterType: Type type } when type == typeof(OpsException) => new OpsException(ErrorIds.Unexpected, Message.Verbatim("x")),
        { ParameterType: Type type } when type == typeof(Message) => Message.Verbatim("x"),
        { ParameterType: Type type } when type == typeof(IEnumerable<string>) => new[] { Bus },
        _ => Activator.CreateInstance(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType)!,
    };
}
