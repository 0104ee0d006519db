using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Records;
using Spectre.Console;

namespace EventBridgeOps.Cli.Tests;

public sealed class OutputTests : CliTest
{
    private static readonly string[] Documents = ["Document", "Before", "After"];

    [Theory]
    [InlineData("rule list --event-bus-name *")]
    [InlineData("target list --event-bus-name *")]
    [InlineData("target sync --event-bus-name * --what-if")]
    [InlineData("change list")]
    public async Task All_formats_say_the_same(string command)
    {
        string[] args = command.Split(' ');
        await RunAsync("target", "sync", "--event-bus-name", "mvp-production");
        Func<string, Task<Outcome>> run = args[0] == "change"
            ? format => ChangesAsync("--output", format)
            : format => RunAsync([.. args, "--output", format]);

        JsonArray json = (await run("json")).Json;
        Outcome lines = await run("jsonl");
        List<List<string>> csv = Csv.Parse((await run("csv")).Out);

        Assert.NotEmpty(json);
        Assert.True(JsonNode.DeepEquals(json, lines.JsonLines), lines.Out);
        Assert.Equal(json.Count, csv.Count - 1);
        Assert.Equal(json[0]!.AsObject().Select(field => field.Key).Except(Documents), csv[0]);
        foreach ((JsonNode? item, List<string> record) in json.Zip(csv.Skip(1)))
        {
            Assert.Equal(csv[0].Count, record.Count);
            foreach ((string name, string text) in csv[0].Zip(record))
                Assert.True(Same(item![name], text), $"{name}: {item[name]?.ToJsonString()} and {text}");
        }
    }

    public static TheoryData<string> Records { get; } = [.. CoreRecords.All.Concat(EventsRecords.All).Select(shape => shape.Type.FullName!)];

    [Theory, MemberData(nameof(Records))]
    public void Every_property_is_there_under_its_own_name(string type)
    {
        RecordShape shape = CoreRecords.All.Concat(EventsRecords.All).Single(one => one.Type.FullName == type);
        PropertyInfo[] properties = [.. Inherited(shape.Type).SelectMany(one => one.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(property => property.GetCustomAttribute<FieldAttribute>() is not { Omitted: true })];

        Assert.Equal(properties.Select(property => property.Name), shape.Fields.Select(field => field.Name));
        Assert.All(shape.Fields, field => Assert.NotEmpty(field.Help));
        Assert.All(shape.Fields, field => Assert.True(field.StateType is null || Enum.GetUnderlyingType(field.StateType) == typeof(long), $"{field.Name}: ConvertTo-Json writes the name of an enum only if it is a long."));
    }

    [Theory]
    [InlineData("rule list --event-bus-name *")]
    [InlineData("target list --event-bus-name *")]
    [InlineData("target sync --event-bus-name *")]
    public async Task A_table_is_plain_and_fits_in_the_columns_of_the_environment(string command)
    {
        Outcome outcome = await RunInAsync("80", command.Split(' '));

        Assert.All(outcome.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', outcome.Out + outcome.Error);
        Assert.DoesNotContain(outcome.Out, c => char.IsSurrogate(c) || c is >= '\uE000' and <= '\uF8FF');
        foreach (string bus in new[] { "default", "mvp-development", "mvp-production" })
            Assert.Contains("\n" + bus + "\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("  mvp-nightly-report ", outcome.Out, StringComparison.Ordinal);
    }

    private static IEnumerable<Type> Inherited(Type type) => type.BaseType is { } parent && parent != typeof(object) ? Inherited(parent).Append(type) : [type];

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("wide")]
    public async Task A_piped_table_holds_every_name_in_full(string? columns)
    {
        await AddLongNamesAsync();

        Outcome outcome = await RunInAsync(columns, "target", "list", "--event-bus-name", "mvp-development", "--thorough");

        Assert.All(LongNames, name => Assert.Single(outcome.Out.Split('\n'), line => line.Contains($" {name} ", StringComparison.Ordinal)));
        Assert.DoesNotContain("…", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_long_names_are_cut_in_the_middle()
    {
        await AddLongNamesAsync();

        string table = (await Ebops.RunAsync(["target", "list", "--event-bus-name", "mvp-development", "--thorough", .. Session], onTerminal: true, environment: new Dictionary<string, string> { ["NO_COLOR"] = "1" })).Out;

        Assert.All(table.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.All(new[] { "-created", "-deleted" }, end => Assert.Single(table.Split('\n'), line => Regex.IsMatch(line, $"^  mvp-[a-z-]*…[a-z-]*{end} ")));
    }

    [Theory]
    [InlineData(true, null, 120, 120, 120)]
    [InlineData(true, null, 0, 80, 80)]
    [InlineData(true, null, null, 80, 80)]
    [InlineData(true, null, 10, 40, 40)]
    [InlineData(true, "100", 120, 100, 100)]
    [InlineData(true, "0", 120, 120, 120)]
    [InlineData(false, null, null, 80, 1_000_000)]
    [InlineData(false, "132", null, 132, 132)]
    [InlineData(false, "99999999999", null, 80, 1_000_000)]
    public void The_width_is_that_of_the_environment_or_of_the_window(bool isTerminal, string? columns, int? window, int text, int table)
    {
        Terminal terminal = new() { Out = TextWriter.Null, Error = TextWriter.Null, OutIsTerminal = isTerminal, WindowWidth = window, Environment = name => name == "COLUMNS" ? columns : null };

        Assert.Equal((text, table), (terminal.Width, terminal.TableWidth));
    }

    [Theory]
    [InlineData("mvp-agent", 9, "mvp-agent")]
    [InlineData("mvp-agent-created", 9, "mvp-…ated")]
    [InlineData("mvp-agent-created", 1, "…")]
    [InlineData("日本語の規則", 7, "日…則")]
    [InlineData("😀😀😀😀", 5, "😀…😀")]
    [InlineData("e\u0301a\u0308e\u0301a\u0308e\u0301", 3, "e\u0301…e\u0301")]
    [InlineData("👨‍👩‍👧‍👦 of rules, and a name", 6, "👨‍👩‍👧‍👦 …me")]
    [InlineData("🇩🇪🇫🇷🇮🇹🇪🇸", 5, "🇩🇪…🇪🇸")]
    [InlineData("כלל-יומי-ארוך", 5, "כל…וך")]
    public void A_text_is_cut_in_the_middle(string text, int width, string cut) => Assert.Equal(cut, CutText.Cut(text, width));

    [Theory]
    [InlineData("日本語の規則", 30)]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", 29)]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 31)]
    public void A_bar_is_cut_by_cells_and_between_letters(string current, int width)
    {
        string text = ProgressBar.Text(new(Message.Verbatim("Reading targets"), 7, null, string.Concat(Enumerable.Repeat(current, 9))), width);

        Assert.InRange(text.GetCellWidth(), width - 9, width);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.All(Graphemes(text["Reading targets 7 ".Length..^1]), letter => Assert.Contains(letter, Graphemes(current)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("80")]
    public async Task Columns_stand_under_each_other_with_names_of_all_scripts(string? columns)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ebops-scripts-").FullName, "events.jsonl");
        await File.WriteAllLinesAsync(path, AllScripts.Select(name => $$"""{"Source":"{{name}}","DetailType":"here","Detail":"{}"}"""), TestContext.Current.CancellationToken);

        string[] lines = (await Ebops.RunAsync(["event", "convert", "--entry-path", path, "--output", "table"], environment: columns is null ? null : new Dictionary<string, string> { ["COLUMNS"] = columns })).Ended(0).Out.TrimEnd('\n').Split('\n');

        Assert.Equal(AllScripts.Length + 1, lines.Length);
        Assert.Single(lines.Skip(1).Select(line => line[..line.IndexOf("here", StringComparison.Ordinal)].GetCellWidth()).Distinct());
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, columns is null ? 1000 : 80));
    }

    private static readonly string[] AllScripts = ["日本語の規則", "😀-rule", "👨‍👩‍👧‍👦", "כלל-יומי", "قاعدة", "e\u0301te\u0301", "🇩🇪", "한국어", "plain"];

    private static string[] Graphemes(string text) => [.. StringInfo.ParseCombiningCharacters(text).Select(start => StringInfo.GetNextTextElement(text, start))];

    private static readonly string[] LongNames = [.. new[] { "created", "deleted" }.Select(end => $"mvp-generate-the-very-long-quarterly-report-of-all-{end}")];

    private async Task AddLongNamesAsync()
    {
        foreach (string name in LongNames)
        {
            (await Aws.Events("PutRule", $$"""{"Name":"{{name}}","EventBusName":"mvp-development","EventPattern":"{\"source\":[\"a\"]}"}""")).Succeeded();
            (await Aws.Events("PutTargets", $$$"""{"Rule":"{{{name}}}","EventBusName":"mvp-development","Targets":[{"Id":"{{{name}}}","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-queue","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"mvp-agent:2","JobName":"j"}}]}""")).Succeeded();
        }
    }

    private Task<Outcome> RunInAsync(string? columns, params string[] args) =>
        Ebops.RunAsync([.. args, .. Session, .. args is [_, "sync", ..] ? new[] { "--journal-path", Journal } : []], environment: columns is null ? null : new Dictionary<string, string> { ["COLUMNS"] = columns });

    [Fact]
    public async Task Colours_are_for_terminals_that_want_them()
    {
        string[] command = ["target", "list", "--event-bus-name", "*", "--no-progress", .. Session];
        Assert.Contains("\u001b[", (await Ebops.RunAsync(command, onTerminal: true)).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", (await Ebops.RunAsync(command, onTerminal: true, environment: new Dictionary<string, string> { ["NO_COLOR"] = "1" })).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", (await Ebops.RunAsync(command)).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", (await Ebops.RunAsync([.. command, "--output", "json"], onTerminal: true)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_drawn_on_a_terminal_and_taken_away_again()
    {
        string[] command = ["target", "list", "--event-bus-name", "*", .. Session];
        string shown = (await Ebops.RunAsync(command, onTerminal: true)).Error;
        Assert.Contains("\rReading targets [", shown, StringComparison.Ordinal);
        Assert.Contains("\r\u001b[K13 Batch targets", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading", (await Ebops.RunAsync([.. command, "--no-progress"], onTerminal: true)).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading", (await Ebops.RunAsync(command)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bar_stays_within_the_width()
    {
        string text = ProgressBar.Text(new(Message.Verbatim("Reading targets"), 7, 9, new string('x', 100)), 60);
        Assert.Equal(60, text.Length);
        Assert.StartsWith("Reading targets [###############-----] 7/9 xxx", text, StringComparison.Ordinal);
        Assert.Equal("Reading rules 3", ProgressBar.Text(new(Message.Verbatim("Reading rules"), 3, null), 60));
    }

    [Theory]
    [InlineData("EventBusName", "--event-bus-name")]
    [InlineData("Ci", "--ci")]
    public void Messages_name_options_as_the_command_line_does(string parameter, string shown) => Assert.Equal(shown, CommandLineVoice.Instance.Parameter(parameter));

    [Fact]
    public void What_the_user_wrote_is_shown_as_it_is() =>
        Assert.Equal("java -Xmx512m: ebops target list", CommandLineVoice.Instance is { } voice ? Message.Of($"{"java -Xmx512m"}: {"target list":cmd}").In(voice) : null);

    private static bool Same(JsonNode? value, string text) => value switch
    {
        null => text.Length == 0,
        JsonArray => JsonNode.DeepEquals(Without(value.DeepClone()), JsonNode.Parse(text)),
        _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset time) && value.AsValue().TryGetValue(out DateTimeOffset other) => time == other,
        _ => value.ToString() == text,
    };

    private static JsonNode Without(JsonNode array)
    {
        foreach (JsonObject element in array.AsArray().OfType<JsonObject>())
        {
            foreach (string name in Documents)
                element.Remove(name);
        }

        return array;
    }
}
