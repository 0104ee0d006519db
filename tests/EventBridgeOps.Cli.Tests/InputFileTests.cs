using System.CommandLine;
using System.Text;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Everything that reads a file or a value, given what it cannot read.</summary>
public sealed class InputFileTests : IDisposable
{
    private const string Event = """{"source":"s","detail-type":"t","detail":{}}""";
    private const string RulesFile = "(rules)";
    private const string SchemaFile = "(schema)";
    private const string Pattern = """{"source":["s"]}""";

    // What is written to, or created where it does not exist, or is a folder.
    private static readonly string[] Written = ["--journal-path", "--store-path", "--plan-path", "--state-file", "--report", "--path", "--project", "--output-path", "--with"];

    // The same for all commands, so tried with one. Keys are texts, which are not read.
    private static readonly string[] OfSession = ["--region", "--profile-name", "--profile-location", "--endpoint-url", "--requests-per-second", "--retry-timeout", "--output", "--query", "--throttle-limit", "--env-file"];

    private static readonly string[] Keys = ["--access-key", "--secret-key", "--session-token"];

    // What each command needs besides the option that is tried.
    private static readonly Dictionary<string, string[]> Needed = new()
    {
        ["pattern test"] = ["--pattern", Pattern, "--event", Event],
        ["pattern explain"] = ["--pattern", Pattern, "--event", Event],
        ["pattern measure"] = ["--pattern", Pattern, "--event", Event],
        ["pattern bench"] = ["--pattern", Pattern, "--event", Event, "--seconds", "0.001"],
        ["pattern cases"] = [],
        ["route"] = ["--event", Event, "--rule-path", RulesFile, "--offline"],
        ["replay local"] = ["--event", Event, "--rule-path", RulesFile],
        ["replay cancel"] = ["r"],
        ["event send"] = ["--source", "s", "--detail-type", "t"],
        ["deployment send"] = ["--repository", "r", "--tag", "t", "--source", "s"],
        ["mvp send"] = ["--user-id", "u", "--product-id", "p"],
        ["mvp get"] = ["job_1"],
        ["mvp cancel"] = ["job_1"],
        ["mvp update"] = ["--event", Event],
        ["mvp repair"] = ["job_1"],
        ["change undo"] = ["c"],
        ["image update"] = ["--image-uri", "a:b"],
        ["plan apply"] = ["none"],
        ["dlq export"] = ["--path", "letters.jsonl"],
    };

    // With these, what is needed otherwise stands in the file.
    private static readonly Dictionary<string, string[]> Instead = new()
    {
        ["event send --entry-file"] = [],
        ["event send --event-path"] = [],
        ["replay local --event-path"] = ["--rule-path", RulesFile],
        ["route --event-path"] = ["--rule-path", RulesFile, "--offline"],
        ["mvp update --event-path"] = [],
        ["mvp send --request-file"] = [],
        ["image update --event-path"] = [],
        ["plan apply <file>"] = [],
        ["pattern cases --env-file"] = ["none.jsonl"],
        ["schema compare --env-file"] = ["none.json"],
        ["schema validate --env-file"] = ["none.json"],
        ["schema validate --event-path"] = [SchemaFile],
    };

    private static readonly string[] OfNet = ["System.", "isFinalBlock", "Nullable", "LineNumber", "BytePosition", "Path: $", "The JSON value could not", "Could not find", "Exception:", "   at ", "Parameter '", "Arg_", "reader's MaxDepth"];

    private readonly string _rules;
    private readonly string _schema;

    // Whatever is called, it ends at once.
    private readonly StubServer _endpoint = new(new StubAnswer(400, """{"__type":"AccessDeniedException","message":"User is not authorized"}"""));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-input-");

    public InputFileTests()
    {
        _rules = System.IO.Path.Combine(_folder.FullName, "rules.json");
        File.WriteAllText(_rules, """[{"EventBusName":"default","RuleName":"r","EventPattern":"{\"source\":[\"s\"]}","Document":"{}","Targets":[]}]""");
        _schema = System.IO.Path.Combine(_folder.FullName, "schema.json");
        File.WriteAllText(_schema, "true");
    }

    public static TheoryData<string, string> Files { get; } = [.. Symbols().Where(row => IsPath(row.Symbol)).Select(row => (row.Command, NameOf(row.Symbol))).Where(row => !Written.Contains(row.Item2) && (row.Command == "target list" || row.Item2 != "--profile-location"))];

    public static TheoryData<string, string> Values { get; } = [.. Symbols().Where(row => TakesValue(row.Symbol) && (row.Command == "target list" || !OfSession.Contains(row.Symbol.Name))).Select(row => (row.Command, NameOf(row.Symbol)))];

    [Fact]
    public void All_that_read_a_file_are_tried() => Assert.True(Files.Count > 30 && Values.Count > 100, $"{Files.Count} {Values.Count}");

    public void Dispose()
    {
        _endpoint.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_that_does_not_exist_is_the_same_error_everywhere(string command, string option)
    {
        Outcome outcome = await RunAsync(command, option, "no-such-file", option == "--profile-location" ? ["--profile-name", "p"] : []);

        Assert.Matches("^error: FileNotReadable: [^\n]*no-such-file cannot be read: it does not exist\\. Check the path and your permissions\\.\n", outcome.Ended(1).Error);
    }

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_that_is_not_what_it_should_be_is_told_in_plain_words(string command, string option)
    {
        string[] contents =
        [
            "", "{", "nul", "{\"a\":1,}", "{\"a\":\"\\ud800\"}", "\u0000\u0001", "{\"source\":1e400}", "{\"a\":{\"b\":[", "[1,2", "\"x", "a: b: c", "- [", "!!python/object:x {}", "Source,DetailType,Detail\na,b", "a,b\n\"", "{\"Entries\":5}",
            new string('[', 3000), "{\"Resources\":5}", "Resources:\n  R: &a [*a]", "{\"version\":99999999999999999999}", "NAME", "{\"name\":5,\"pattern\":5}", "{\"Source\":5,\"DetailType\":{},\"Detail\":[]}", "{\"time\":\"2026-13-45\",\"source\":\"s\",\"detail-type\":\"t\",\"detail\":{}}",
        ];
        for (int i = 0; i < contents.Length; i++)
        {
            string path = System.IO.Path.Combine(_folder.FullName, $"input{i}");
            await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(contents[i]), TestContext.Current.CancellationToken);
            Plain(await RunAsync(command, option, path, []), contents[i]);
        }

        Plain(await RunAsync(command, option, _folder.FullName, []), "a folder");
        string packed = System.IO.Path.Combine(_folder.FullName, "packed");
        await File.WriteAllBytesAsync(packed, [0x1F, 0x8B, 8, 0, 1, 2, 3], TestContext.Current.CancellationToken);
        Plain(await RunAsync(command, option, packed, []), "broken gzip");
    }

    [Theory, MemberData(nameof(Values))]
    public async Task A_value_that_is_not_valid_is_told_in_plain_words(string command, string option)
    {
        foreach (string value in new[] { "{", "{\"a\":1,}", "nul", "[", "\"\\ud800\"", "99999999999999999999", "-1", "1e400", "NaN", "2026-13-45", "0001-01-01T00:00:00+14:00", "[a", "arn:aws", "http://[", "a=b", "file://", "::", "..", new string('x', 5000) })
            Plain(await RunAsync(command, option, value, []), value);
    }

    [Theory]
    [InlineData("""{"AWSTemplateFormatVersion":"2010-09-09","Resources":{"R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["a"]}}}}}""")]
    [InlineData("Resources:\n  R:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern:\n        source: [a]\n")]
    [InlineData("""{"Rules":[{"Name":"a","Arn":"arn:aws:events:eu-west-1:123456789012:rule/a","EventPattern":"{\"source\":[\"a\"]}","State":"ENABLED","EventBusName":"default"}]}""")]
    [InlineData("""{"Name":"a","EventPattern":"{\"source\":[\"a\"]}","State":"ENABLED"}""")]
    [InlineData("""[{"EventBusName":"default","RuleName":"a","EventPattern":"{\"source\":[\"a\"]}"}]""")]
    public async Task A_file_of_rules_is_not_linted_as_a_pattern(string rules)
    {
        string path = System.IO.Path.Combine(_folder.FullName, "rules");
        await File.WriteAllTextAsync(path, rules, TestContext.Current.CancellationToken);

        foreach (string[] args in new string[][] { ["pattern", "lint", path], ["pattern", "lint", "--pattern-path", path], ["pattern", "test", "--pattern-path", path, "--event", Event] })
            Assert.Equal($"error: InvalidArgument: {path} is a file of rules, not a pattern. To use the patterns of its rules, specify it with --rule-path.\n", (await Ebops.RunAsync(args)).Ended(1).Error);
        Assert.StartsWith("default/", (await Ebops.RunAsync(["pattern", "lint", "--rule-path", path])).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_told_from_an_event_in_any_order_of_its_fields()
    {
        string[] fields = ["\"Source\":\"s\"", "\"DetailType\":\"t\"", "\"Detail\":\"{}\"", "\"EventBusName\":\"b\""];
        foreach (string[] order in Orders(fields))
        {
            string entry = $"{{{string.Join(',', order)}}}";
            string path = System.IO.Path.Combine(_folder.FullName, "entry.json");
            await File.WriteAllTextAsync(path, entry, TestContext.Current.CancellationToken);
            foreach (string[] given in new string[][] { ["--event", entry], ["--event-path", path], [] })
            {
                Outcome outcome = await Ebops.RunAsync(["pattern", "test", "--pattern", Pattern, .. given], given.Length == 0 ? entry : "");
                Assert.Matches("^error: EntryNotEvent: [^\n]* is an entry of PutEvents \\(Source, DetailType, Detail\\), not an event [^\n]*run ebops event convert\\.\n$", outcome.Ended(3).Error);
            }

            Assert.Contains("\"detail-type\":\"t\",\"source\":\"s\"", (await Ebops.RunAsync(["event", "convert", "--entry", entry])).Ended(0).Out, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string[]> Orders(string[] items) => items.Length == 1 ? [items] : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (string[])[first, .. rest]));

    private static void Plain(Outcome outcome, string input)
    {
        string said = outcome.Out + outcome.Error;
        foreach (string word in OfNet)
            Assert.False(said.Contains(word, StringComparison.Ordinal) && !input.Contains(word, StringComparison.Ordinal), $"{input[..Math.Min(40, input.Length)]}: {said[..Math.Min(600, said.Length)]}");
        Assert.DoesNotContain("error: Unexpected:", outcome.Error, StringComparison.Ordinal);
    }

    private async Task<Outcome> RunAsync(string command, string name, string value, string[] more)
    {
        string[] needed = Instead.GetValueOrDefault($"{command} {name}") ?? Needed.GetValueOrDefault(command) ?? [];
        needed = [.. needed.Select(word => word == RulesFile ? _rules : word == SchemaFile ? _schema : word)];
        int at = Array.IndexOf(needed, name);
        needed = at < 0 ? needed : [.. needed[..at], .. needed[(at + 2)..]];
        Command found = Commands().Single(one => Path(one) == command);
        string[] journal = Has("--journal-path") ? ["--journal-path", System.IO.Path.Combine(_folder.FullName, "journal")] : [];
        string[] store = Has("--store-path") ? ["--store-path", System.IO.Path.Combine(_folder.FullName, "store")] : [];
        string[] session = Has("--endpoint-url") ? ["--endpoint-url", _endpoint.Url] : [];
        string[] keys = Has("--access-key") && name != "--profile-location" ? ["--access-key", "a", "--secret-key", "b"] : [];
        string[] region = Has("--region") ? ["--region", "eu-west-1"] : [];
        string[] given = name.StartsWith('-') ? [$"{name}={value}"] : name.StartsWith("<", StringComparison.Ordinal) ? ["--", value] : [];
        string[][] others = [journal, store, session, keys, region];
        return await Ebops.RunAsync([.. command.Split(' '), .. needed, .. others.SelectMany(other => other.Contains(name) ? [] : other), .. more, .. given]);

        bool Has(string option) => found.Options.Any(one => one.Name == option);
    }

    private static IEnumerable<Command> Commands() => CommandHelp.All(CommandTree.Build(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null })).Where(command => command.Subcommands.Count == 0 && command.Name is not ("demo" or "start" or "stop" or "completion"));

    private static string Path(Command command) => CommandHelp.Path(command)["ebops ".Length..];

    private static IEnumerable<(string Command, Symbol Symbol)> Symbols() => Commands().SelectMany(command => command.Options.Cast<Symbol>().Concat(command.Arguments.Where(argument => Positions.Of(argument) is null)).Select(symbol => (Path(command), symbol)));

    private static bool IsPath(Symbol symbol) => symbol is Option { HelpName: "path" or "file" or "folder", Name: not "--property" } or Argument { Name: "file" };

    private static bool TakesValue(Symbol symbol) => symbol is Option { Hidden: false, Arity.MaximumNumberOfValues: > 0 } option && option.ValueType != typeof(bool) && !Written.Contains(option.Name) && !Keys.Contains(option.Name);

    private static string NameOf(Symbol symbol) => symbol is Argument argument ? $"<{argument.Name}>" : symbol.Name;
}
