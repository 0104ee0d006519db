using System.Globalization;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

public sealed class UsageTests
{
    private static readonly string[] Keys = ["--region", "eu-west-1", "--access-key", "AKIDEXAMPLE", "--secret-key", "hidden"];

    [Theory]
    [InlineData("target list --event-bus-nam x", "Did you mean --event-bus-name?")]
    [InlineData("target lst", "Did you mean list?")]
    [InlineData("targt list", "error: InvalidArgument: Unknown command: targt. Did you mean target?\nFor help, run: ebops --help\n")]
    [InlineData("target sync --float --to-revision 3", "--float cannot be combined with --to-revision")]
    [InlineData("target sync --what-if --confirm", "--what-if cannot be combined with --confirm")]
    [InlineData("target sync --to-revision 0", "--to-revision must be 1 or greater")]
    [InlineData("target sync --to-revision x", "'x' is not a valid value for --to-revision. Specify a whole number.")]
    [InlineData("target list --output xml", "'xml' is not a valid value for --output. Valid values: csv, json, ")]
    [InlineData("target list --region a --region b", "Option --region accepts only one value, but 2 values were specified.")]
    [InlineData("sandbox start --latency-milliseconds x", "'x' is not a valid value for --latency-milliseconds. Specify a number.")]
    [InlineData("completion cmd", "'cmd' is not a valid value for <shell>. Valid values: bash, fish, pwsh, zsh.")]
    [InlineData("change undo a b", "Unexpected argument: b.")]
    [InlineData("target list --throttle-limit 0", "--throttle-limit must be from 1 to 256, but it is 0")]
    [InlineData("target list --requests-per-second 0 --region eu-west-1", "--requests-per-second must be greater than 0 and at most 100000, but it is 0")]
    [InlineData("target list --event-bus-name", "Option --event-bus-name requires a value.")]
    [InlineData("image update", "Specify exactly one image source: --repository-name")]
    [InlineData("image update --repository-name a", "with either --image-tag or --image-digest")]
    [InlineData("image update --repository-name a --image-tag b --image-uri c", "Specify exactly one image source")]
    [InlineData("image update --image-uri a --image-tag b", "--registry-id require --repository-name")]
    [InlineData("image update --image-uri a", "has no tag and no digest")]
    [InlineData("image update --image-uri A:b", "is not a valid image reference")]
    [InlineData("image update --image-uri a:b --keep-revisions 0", "--keep-revisions must be 1 or greater, but it is 0")]
    [InlineData("image update --image-uri a:b --max-severity awful", "'awful' is not a valid value for --max-severity. Valid values: critical, ")]
    [InlineData("target list --throttle-limit 99999999999", "99999999999 is not a valid value for --throttle-limit. Specify a whole number of at most 2147483647.")]
    [InlineData("change undo", "To list the changes, run ebops change list.")]
    [InlineData("route --even x", "Did you mean --event?")]
    [InlineData("target list --bus x", "Did you mean --event-bus-name?")]
    [InlineData("target list --event-bus x", "Did you mean --event-bus-name?")]
    [InlineData("target sync --dry-run", "Did you mean --what-if?")]
    [InlineData("event convert --time soon --entry {}", "'soon' is not a valid value for --time")]
    [InlineData("route --event {\"source\":\"s\"} --region eu-west-1 --access-key a --secret-key b --event-bus-name mvp-[", "is empty or not closed")]
    [InlineData("change undo a --id b", "specified twice")]
    [InlineData("change undo a --throttle-limit 0", "--throttle-limit must be from 1 to 256, but it is 0")]
    [InlineData("change list --last 0", "--last must be 1 or greater")]
    [InlineData("sandbox start --port 70000", "--port must be a number")]
    [InlineData("sandbox start --engine moto --page-size 5", "--page-size is supported only by the built-in engine")]
    [InlineData("sandbox start --engine docker", "'docker' is not a valid value for --engine")]
    [InlineData("demo --fast", "Unknown option: --fast.")]
    [InlineData("pattern tst", "Did you mean test?")]
    [InlineData("pattern test --event {}", "No pattern was specified. Specify a pattern with --pattern, a file with --pattern-path,")]
    [InlineData("pattern cases", "The argument <file> is required.")]
    [InlineData("pattern bench --pattern {} --event {} --seconds 0", "--seconds must be greater than 0 and at most 3600, but it is 0.")]
    [InlineData("pattern measure --pattern {} --event {} --top 0", "--top must be from 1 to 1000, but it is 0.")]
    [InlineData("image update --repository-name a --image-tag -b", "'-b' is not a valid value for --image-tag. A tag has 1 to 128 letters")]
    [InlineData("image update --repository-name a --image-digest sha256:b", "'sha256:b' is not a valid value for --image-digest. A digest is sha256: followed by 64")]
    [InlineData("image update --image-uri a:b --pin-digest --skip-image-check", "--skip-image-check cannot be combined with --pin-digest")]
    [InlineData("event convert --account-id abc --entry {}", "'abc' is not a valid value for --account-id. An account ID has 12 digits.")]
    [InlineData("event convert --region b_d --entry {}", "'b_d' is not a valid value for --region. Example: eu-west-1.")]
    [InlineData("sandbox start --region a_b", "'a_b' is not a valid value for --region. Example: eu-west-1.")]
    [InlineData("target list --report json=-", "'json=-' is not a valid value for --report, because a report is written to a file.")]
    public async Task Wrong_usage_is_refused_with_what_helps(string command, string expected)
    {
        Outcome outcome = await Ebops.RunAsync(command.Split(' '));

        Assert.Equal("", outcome.Ended(1).Out);
        Assert.StartsWith("error: InvalidArgument: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_a_command_as_well()
    {
        Outcome asked = await Ebops.RunAsync(["help", "targets", "list"]);

        Assert.Equal((await Ebops.RunAsync(["target", "list", "--help"])).Ended(0).Out, asked.Ended(0).Out);
        Assert.Contains("ebops target list", asked.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target list")]
    [InlineData("target list --event-bus-name *")]
    [InlineData("rule list --event-bus-name a")]
    [InlineData("bus list")]
    [InlineData("event send --source s --detail-type t")]
    public async Task An_endpoint_that_cannot_be_reached_is_an_error(string command) =>
        Assert.Contains("Unreachable", (await Ebops.RunAsync([.. command.Split(' '), .. CliTest.SessionFor(new Uri("http://127.0.0.1:1"))])).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_of_a_detail_is_relative_to_the_current_folder_and_bounded()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ebops-detail-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "detail.json"), """{"a":1}""", TestContext.Current.CancellationToken);
            using (FileStream large = File.Create(Path.Combine(folder.FullName, "large.json")))
                large.SetLength((16 * 1024 * 1024) + 1);

            Assert.Equal(0, await RunAsync("detail.json"));
            Assert.Equal(1, await RunAsync("large.json"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<int> RunAsync(string name)
        {
            using StringWriter error = new(CultureInfo.InvariantCulture);
            Terminal terminal = new() { Out = TextWriter.Null, Error = error, Folder = folder.FullName, Environment = _ => null };
            int code = await Program.RunAsync(["event", "send", "s", "t", $"file://{name}", "--what-if", .. CliTest.SessionFor(new Uri("http://127.0.0.1:1"))], terminal, TestContext.Current.CancellationToken);
            Assert.Equal(code == 1, error.ToString().Contains($"FileNotReadable: {name} cannot be read: it is longer than 16 MB.", StringComparison.Ordinal));
            return code;
        }
    }

    [Fact]
    public async Task A_detail_can_be_a_file_as_for_the_AWS_CLI() =>
        Assert.Contains("FileNotReadable: no-such-detail.json cannot be read: it does not exist.", (await Ebops.RunAsync(["event", "send", "--source", "s", "--detail-type", "t", "--detail", "file://no-such-detail.json", .. CliTest.SessionFor(new Uri("http://127.0.0.1:1"))])).Ended(1).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("target list --region eu-west-1 --access-key a", "--access-key and --secret-key must be specified together")]
    [InlineData("mvp send --region eu-west-1 --access-key a --secret-key b --store-path ebops-none --database-url-stdin", "--database-url-stdin was specified, but the first line of standard input is missing or empty.")]
    public async Task A_message_that_names_a_secret_option_is_whole(string command, string expected) =>
        Assert.Contains(expected, (await Ebops.RunAsync(command.Split(' '))).Ended(1).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("target sync --rule-name ", "--rule-name")]
    [InlineData("target sync --target-id ", "--target-id")]
    [InlineData("target sync --job-definition ,", "--job-definition")]
    [InlineData("target sync --event-bus-name \t", "--event-bus-name")]
    [InlineData("target list --region ", "--region")]
    [InlineData("target list --throttle-limit ", "--throttle-limit")]
    [InlineData("target list --output ", "--output")]
    [InlineData("change list --journal-path ", "--journal-path")]
    [InlineData("change list ", "<id>")]
    [InlineData("change undo ", "<id>")]
    [InlineData("mvp get ", "<job-id>")]
    public async Task An_empty_value_is_refused(string command, string name)
    {
        Outcome outcome = await Ebops.RunAsync(command.Split(' '));

        Assert.Equal("", outcome.Ended(1).Out);
        Assert.StartsWith($"error: InvalidArgument: The value of {name} is empty. Specify a value, or omit {name}.\nFor help, run: ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("change list --output JSON --journal-path ebops-none")]
    [InlineData("completion BASH")]
    [InlineData("pattern lint --pattern {\"a\":[\"b\"]} --output Text")]
    public async Task A_choice_is_accepted_in_any_case(string command) => (await Ebops.RunAsync(command.Split(' '))).Ended(0);

    [Theory]
    [InlineData("mvp send", "--priority <high|low|normal>")]
    [InlineData("event send", "--output <csv|json|jsonl|table|text>")]
    public async Task The_help_names_each_choice_once_in_lower_case(string command, string expected) =>
        Assert.Contains(expected, (await Ebops.RunAsync([.. command.Split(' '), "--help"])).Ended(0).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Help_is_shown_even_with_an_empty_value() =>
        Assert.Contains("--rule-name", (await Ebops.RunAsync(["target", "sync", "--rule-name", "", "--help"])).Ended(0).Out, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("target")]
    public async Task A_command_that_is_missing_is_answered_with_the_list_of_them(string command)
    {
        Outcome outcome = await Ebops.RunAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal("", outcome.Ended(1).Out);
        Assert.Contains("Commands:", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rule", "list", "event-bus-name rule-name throttle-limit skip-target region profile-name profile-location access-key secret-key session-token endpoint-url requests-per-second output verbose debug no-progress")]
    [InlineData("target", "list", "event-bus-name rule-name target-id job-definition thorough throttle-limit fail-on-drift region endpoint-url output")]
    [InlineData("target", "sync", "event-bus-name rule-name target-id job-definition thorough throttle-limit to-revision float include-disabled-rule force revert-on-failure what-if confirm journal-path region profile-name profile-location access-key secret-key session-token endpoint-url requests-per-second output verbose debug no-progress")]
    [InlineData("change", "list", "id last journal-path output")]
    [InlineData("change", "undo", "id force what-if confirm journal-path throttle-limit region profile-name output")]
    [InlineData("pattern", "test", "pattern pattern-path rule-path rule-name event-bus-name event event-path online throttle-limit region endpoint-url output verbose debug no-progress")]
    [InlineData("pattern", "measure", "pattern pattern-path rule-path rule-name event-bus-name event event-path property top sample throttle-limit region output")]
    [InlineData("sandbox", "start", "engine port sample state-file latency-milliseconds requests-per-second page-size shell background parent-pid region")]
    public async Task The_options_are_the_cmdlets_parameters(string group, string command, string options)
    {
        string help = (await Ebops.RunAsync([group, command, "--help"])).Out;

        Assert.All(options.Split(' '), option => Assert.Matches($@"(?m)^  --{option}\b", help));
    }

    [Theory]
    [InlineData("route", "event event-path rule-path offline event-bus-name rule-name throttle-limit region profile-name profile-location access-key secret-key session-token endpoint-url requests-per-second output verbose debug no-progress")]
    [InlineData("event convert", "entry entry-path id account-id region time output verbose debug no-progress")]
    public async Task The_options_of_commands_about_events_are_the_cmdlets_parameters(string command, string options)
    {
        string help = (await Ebops.RunAsync([.. command.Split(' '), "--help"])).Out;

        Assert.All(options.Split(' '), option => Assert.Matches($@"(?m)^  (?:--[a-z-]+, )*--{option}\b", help));
    }

    [Fact]
    public async Task The_version_is_a_version_and_nothing_else()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await Ebops.RunAsync(["--version"])).Ended(0).Out);
    }

    [Fact]
    public async Task No_region_is_told_with_the_ways_to_give_one()
    {
        Outcome outcome = await Ebops.RunAsync(["target", "list", "--access-key", "a", "--secret-key", "b"]);

        Assert.Equal("", outcome.Ended(1).Out);
        Assert.StartsWith("error: NoRegion: No AWS Region was specified. Specify one with --region, ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_credentials_are_told_with_the_ways_to_give_them()
    {
        Outcome outcome = await Ebops.RunAsync(["target", "list", "--region", "eu-west-1"]);

        Assert.StartsWith("error: NoCredentials: No AWS credentials were found. Specify them with --profile-name, ", outcome.Ended(1).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a url", "InvalidArgument", "")]
    [InlineData("http://127.0.0.1:1", "Unreachable", "[]\n")]
    public async Task A_bad_endpoint_is_told(string url, string id, string output)
    {
        Outcome outcome = await Ebops.RunAsync(["target", "list", "--output", "json", "--endpoint-url", url, .. Keys]);

        Assert.Contains($"error: {id}: ", outcome.Ended(1).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(output, outcome.Out);
    }

    [Fact]
    public async Task A_profile_that_is_missing_is_a_hard_stop()
    {
        Outcome outcome = await Ebops.RunAsync(["rule", "list", "--region", "eu-west-1", "--profile-name", "nobody"]);

        Assert.StartsWith("error: ProfileNotFound: ", outcome.Ended(1).Error, StringComparison.Ordinal);
    }
}
