using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Records;

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
    public async Task A_piped_table_is_plain_and_fits_in_80_columns(string command)
    {
        Outcome outcome = await RunAsync(command.Split(' '));

        Assert.All(outcome.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', outcome.Out + outcome.Error);
        Assert.DoesNotContain(outcome.Out, c => char.IsSurrogate(c) || c is >= '\uE000' and <= '\uF8FF');
        foreach (string bus in new[] { "default", "mvp-development", "mvp-production" })
            Assert.Contains("\n" + bus + "\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("  mvp-nightly-report ", outcome.Out, StringComparison.Ordinal);
    }

    private static IEnumerable<Type> Inherited(Type type) => type.BaseType is { } parent && parent != typeof(object) ? Inherited(parent).Append(type) : [type];

    [Fact]
    public async Task What_does_not_fit_ends_with_an_ellipsis()
    {
        string table = (await RunAsync("rule", "list", "--event-bus-name", "*")).Out;

        string pattern = table.Split('\n').First(line => line.Contains("mvp-import-done", StringComparison.Ordinal));
        Assert.Contains("{\"source\":", pattern, StringComparison.Ordinal);
        Assert.Contains("… ", pattern, StringComparison.Ordinal);
    }

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
