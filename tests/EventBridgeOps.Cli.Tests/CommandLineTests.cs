using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>What all commands have in common, read from the commands themselves.</summary>
public sealed partial class CommandLineTests
{
    private static readonly Command[] Commands = [.. CommandHelp.All(CommandTree.Build(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null })).Where(command => command.Subcommands.Count == 0)];

    public static TheoryData<string, string> OtherWords { get; } = [.. NearestName.OtherWords.Select(word => (word.Key, word.Value))];

    [Theory, MemberData(nameof(OtherWords))]
    public async Task What_other_tools_call_an_option_leads_to_it(string word, string option)
    {
        Command[] with = [.. Commands.Where(command => command.Options.Any(one => one.Name == option) && command.Options.All(one => one.Name != word && !one.Aliases.Contains(word)))];

        Assert.NotEmpty(with);
        foreach (Command command in with)
            Assert.StartsWith($"error: InvalidArgument: Unknown option: {word}. Did you mean {option}?\n", (await Ebops.RunAsync([.. Words(command), word, "x"])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_commands_have_the_same_output_formats()
    {
        Command[] with = [.. Commands.Where(command => command.Options.Any(option => option.Name == "--output"))];

        // The rest starts or stops something, or prints a script.
        Assert.Equal(["completion", "demo", "dlq export", "sandbox push", "sandbox start", "sandbox stop", "sandbox time advance", "schema infer"], Commands.Except(with).Where(command => !command.Hidden).Select(command => string.Join(' ', Words(command))).Order(StringComparer.Ordinal));
        Assert.All(with, command =>
        {
            string[] reports = command.Options.Any(option => option.Name == "--report") ? ["junit", "markdown"] : [];
            Assert.Equal(["csv", "json", "jsonl", .. reports, "table", "text"], command.Options.Single(option => option.Name == "--output").GetCompletions(CompletionContext.Empty).Select(item => item.Label).Order(StringComparer.Ordinal));
            Assert.Single(command.Options, option => option.Name == "--query");
        });
    }

    [Fact]
    public async Task A_format_that_makes_no_sense_says_why() =>
        Assert.StartsWith("error: InvalidArgument: 'junit' is a format of reports, which this command does not have. Valid values for --output: csv, json, jsonl, table, text.\n", (await Ebops.RunAsync(["bus", "list", "--output", "junit"])).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task No_option_names_a_choice_twice()
    {
        foreach (Command command in Commands)
        {
            foreach (Option option in command.Options.Where(option => option.ValueType == typeof(string)))
            {
                string[] choices = [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];
                Assert.Equal(choices.Distinct(StringComparer.OrdinalIgnoreCase), choices);
                if (choices.Length == 0)
                    continue;
                string error = (await Ebops.RunAsync([.. Words(command), option.Name, "zzzzzzzzzzzz"])).Ended(1).Error;
                string listed = error.Split("Valid values: ")[1].Split(".\n")[0];
                Assert.Equal(choices.Order(StringComparer.Ordinal), listed.Split(", ").Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task An_unknown_option_is_never_taken_for_a_value()
    {
        foreach (Command command in Commands.Where(command => command.Arguments.Count > 0))
            Assert.StartsWith("error: InvalidArgument: Unknown option: --zzzzzzzzzzzz.\n", (await Ebops.RunAsync([.. Words(command), "--zzzzzzzzzzzz"])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target sync --what-if=false")]
    [InlineData("image update --image-uri a:b --wait-for-image=5")]
    public async Task A_value_of_a_switch_is_not_taken_for_a_name(string line) =>
        Assert.Contains(" does not accept a value. Specify --w", (await Ebops.RunAsync(line.Split(' '))).Ended(1).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("target list --event-bus x", "error: InvalidArgument: Unknown option: --event-bus. Did you mean --event-bus-name?\n")]
    [InlineData("target list --output jsn", "error: InvalidArgument: Did you mean json? 'jsn' is not a valid value for --output. Valid values: csv, json, jsonl, junit, markdown, table, text.\n")]
    [InlineData("image update --image-uri a:b --max-severity hihg", "error: InvalidArgument: Did you mean high? 'hihg' is not a valid value for --max-severity. Valid values: critical, high, informational, low, medium.\n")]
    [InlineData("help errors NoRegoin", "error: InvalidArgument: Did you mean NoRegion? NoRegoin is not the ID of an error. To list the errors, run ebops help errors.\n")]
    public async Task What_was_meant_is_said_first_and_alone(string line, string expected) =>
        Assert.StartsWith(expected, (await Ebops.RunAsync(line.Split(' '))).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task The_errors_are_a_topic_of_the_help()
    {
        string all = (await Ebops.RunAsync(["help", "errors"])).Ended(0).Out;

        Assert.StartsWith("NoCredentials\n  No AWS credentials were found. Specify", all, StringComparison.Ordinal);
        Assert.All(all.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain(".md", all, StringComparison.Ordinal);
        Assert.Contains("  The rule was not found, or was deleted in the meantime. Check the name and the\n  event bus (", all, StringComparison.Ordinal);
        Assert.DoesNotContain(" -ProfileName", all, StringComparison.Ordinal);
        Assert.Empty(Option().Matches(all).Select(option => option.Value).Except(Commands.SelectMany(command => command.Options).Select(option => option.Name).Append("--help")));
        Assert.Equal("NoRegion\n  No AWS Region was specified or found. Specify --region, set AWS_REGION, or add\n  a region to the profile.\n", (await Ebops.RunAsync(["help", "errors", "noregion"])).Ended(0).Out);
    }

    [GeneratedRegex("--[a-z][a-z-]*")]
    private static partial Regex Option();

    private static string[] Words(Command command) => CommandHelp.Path(command)["ebops ".Length..].Split(' ');
}
