using System.CommandLine;
using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The help of every command reads well, and its examples, typed into a shell as they are, do what they should.</summary>
public sealed partial class ExampleTests : CliTest
{
    private const string Job = "job_1734567890123_abc123def";
    private const string Change = "20261121T093005Z-3f9a1c";
    private const string Event = """{"version":"0","id":"e1","account":"123456789012","region":"eu-west-1","resources":[],"source":"mvp.uploads","detail-type":"Object Created","time":"2026-11-21T09:30:05Z","detail":{"size":3,"state":"done"}}""";
    private const string Moved = "{\"source\":\"aws.batch\",\"detail-type\":\"Batch Job State Change\",\"detail\":{\"jobId\":\"b1\",\"status\":\"SUCCEEDED\",\"parameters\":{\"jobId\":\"" + Job + "\"}}}";

    private static readonly Command Root = CommandTree.Build(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null });

    /// <summary>Examples that are parsed and not run here, by how they begin, with what runs them or why nothing does.</summary>
    private static readonly Dictionary<string, string> OnlyParsed = new()
    {
        ["ebops demo"] = "DemoTests run it, on both engines",
        ["ebops sandbox start"] = "it runs until Ctrl+C; SandboxTests run it",
        ["eval \"$(ebops sandbox start"] = "it stays in the background; SandboxTests run it",
        ["ebops sandbox deliveries --follow"] = "it runs until Ctrl+C; SandboxReadingTests run it",
        ["ebops dlq remove mvp-dead-letters --cause NotADeadLetter"] = "it asks, and no terminal is here",
        ["ebops automation logs --follow"] = "it runs until Ctrl+C",
        ["ebops project test orchestrator --watch"] = "it runs until Ctrl+C",
        ["ebops project publish shop --environment"] = "PublishTests run it",
        ["ebops project logs shop --follow"] = "it runs until Ctrl+C",
        ["ebops project logs shop --since"] = "no record of the sample says ERROR",
        ["ebops project test orchestrator --live"] = "it waits for what must not arrive; LiveProjectTests run it",
        ["ebops sandbox stop"] = "it stops one in the background; SandboxTests run it",
        ["ebops target sync --job-definition mvp-agent --to-revision 12 --confirm"] = "it asks, and no terminal is here",
        ["eval \"$(ebops completion"] = "CompletionTests run it, in the shell that it is for",
        ["ebops completion"] = "CompletionTests run it, in the shell that it is for",
    };

    /// <summary>Exit codes other than 0: the sample account has drifted, and one of its targets cannot be repaired.</summary>
    private static readonly Dictionary<string, int> Codes = new()
    {
        ["ebops target list --event-bus-name '*' --fail-on-drift --ci"] = ExitCode.Drift,
        ["ebops target sync --event-bus-name '*'"] = ExitCode.SomeFailed,
        ["ebops target sync --event-bus-name '*' --what-if"] = ExitCode.SomeFailed,
        ["ebops target sync --event-bus-name '*' --what-if --fail-on-drift"] = ExitCode.SomeFailed,
        ["ebops target sync --event-bus-name mvp-production --revert-on-failure"] = ExitCode.SomeFailed,
        ["ebops check --event-bus-name mvp-development"] = ExitCode.SomeFailed,
        ["ebops pattern test --pattern-path rule.json --event-path event.json"] = ExitCode.NoMatch,
        ["ebops pattern explain --pattern-path rule.json --event-path event.json"] = ExitCode.NoMatch,
        ["ebops pattern explain --rule-name mvp-agent-on-upload \\\n  --event-bus-name mvp-development --event-path event.json"] = ExitCode.NoMatch,
        ["ebops schema compare audio-uploaded.v1.json audio-uploaded.v2.json"] = ExitCode.Drift,
        ["ebops schema compare audio-uploaded.v1.json audio-uploaded.v2.json \\\n  --compatibility full --policy strict --output json"] = ExitCode.Drift,
        ["ebops schema validate audio-uploaded.v1.json \\\n  --event-path audio-events.jsonl"] = ExitCode.Drift,
        ["ebops schema validate audio-uploaded.v1.json --detail '{\"userId\": \"u-1\"}'"] = ExitCode.Drift,
        ["ebops check --env-file .env.eventbridge --send"] = ExitCode.SomeFailed,
    };

    private string Folder => Path.Combine(Journal, "work");

    public static TheoryData<string> Commands => [.. CommandHelp.All(Root).Select(CommandHelp.Path)];

    public static TheoryData<string> Examples => [.. CommandHelp.All(Root).SelectMany(CommandHelp.ExamplesOf).Select(example => Description().Replace(example, "")).Distinct()];

    public static TheoryData<string> Runnable => [.. Examples.Select(row => row.Data).Where(example => !OnlyParsed.Keys.Any(known => example.StartsWith(known, StringComparison.Ordinal)))];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Readme", "examples")))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        const string Entry = """{"Source":"mvp.uploads","DetailType":"Object Created","Detail":"{\"size\":3}"}""";
        foreach ((string name, string text) in new[]
        {
            ("week.jsonl", $"{Event}\n{Event}\n"), ("entries.json", $"[{Entry},{Entry}]"), ("requests.jsonl", """{"userId":"u1","productId":"p1"}"""),
            (".env.eventbridge", "EVENTBRIDGE_BUS_NAME=mvp-production\n"), // No rule takes requests there, so that no example waits for a job.
            ("job-state-changes.jsonl", Moved + "\n"),
        })
            await File.WriteAllTextAsync(Path.Combine(Folder, name), text, Token);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_has_examples_and_fits_in_80_columns(string command)
    {
        Outcome outcome = await Ebops.RunAsync([.. command.Split(' ').Skip(1), "--help"]);

        Assert.Equal("", outcome.Ended(0).Error);
        Assert.Matches(@"\nExamples:\n  \S.*ebops |\nExamples:\n  ebops ", outcome.Out);
        Assert.All(outcome.Out.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.DoesNotContain("testhost", outcome.Out, StringComparison.Ordinal);
    }

    /// <summary>A real shell takes the line apart, and the real parser what it leaves of it.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_can_be_parsed(string example)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the examples are a Unix shell's.");
        await ShellAsync($"ebops() {{ line=$(printf '%s\\036' \"$@\"); printf '%s\\n' \"$line\" >> said; }}; aws() {{ :; }}; jq() {{ :; }}; {example}");

        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Folder, "said"), Token);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Empty(Root.Parse(line.TrimEnd('\x1e').Split('\x1e')).Errors));
    }

    [Theory]
    [MemberData(nameof(Runnable))]
    public async Task An_example_runs(string example)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the examples are a Unix shell's.");
        await PrepareAsync(example);

        Outcome outcome = await ShellAsync($"aws() {{ cat job-state-changes.jsonl; }}; jq() {{ cat entries.jsonl; }}; {example}");

        outcome.Ended(Codes.GetValueOrDefault(example));
        Assert.NotEqual("", outcome.Out + outcome.Error + (example.Contains('>', StringComparison.Ordinal) ? "to a file" : ""));
        Assert.DoesNotContain("Unexpected", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_here_of_examples_is_of_examples_that_there_are() =>
        Assert.All(OnlyParsed.Keys.Concat(Codes.Keys), known => Assert.Contains(Examples, row => row.Data.StartsWith(known, StringComparison.Ordinal)));

    private async Task PrepareAsync(string example)
    {
        if (example.Contains(Job, StringComparison.Ordinal) || example.Contains("mvp update", StringComparison.Ordinal))
            (await ShellAsync($"ebops mvp send --user-id user123 --product-id prod456 --job-id {Job} --event-bus-name mvp-development")).Ended(0);
        if (example.Contains("mvp get", StringComparison.Ordinal))
            (await ShellAsync("ebops mvp update --event-path job-state-changes.jsonl")).Ended(0);
        if (example.Contains("mvp repair job", StringComparison.Ordinal))
        {
            // As a crash leaves it: recorded, and not marked as sent.
            string store = Path.Combine(Folder, "jobs.store");
            string recorded = (await File.ReadAllLinesAsync(store, Token))[0];
            await File.WriteAllTextAsync(store, recorded + "\n", Token);
        }

        if (example.Contains("ebops automation", StringComparison.Ordinal))
        {
            FunctionPackage.Write(Path.Combine(Folder, "function.zip"));
            if (!example.Contains("install function.zip", StringComparison.Ordinal))
                (await ShellAsync("ebops automation install function.zip")).Ended(0);
        }

        if (example.Contains("ebops archive", StringComparison.Ordinal) || example.Contains("ebops replay", StringComparison.Ordinal))
        {
            (await Aws.Events("CreateArchive", """{"ArchiveName":"mvp-archive","EventSourceArn":"arn:aws:events:eu-west-1:123456789012:event-bus/mvp-development"}""")).Succeeded();
            (await ShellAsync("ebops replay start mvp-archive --from 1h --replay-name mvp-replay --force --yes && ebops rule list --event-bus-name mvp-development --output json > today.json")).Ended(0);
        }

        if (example.Contains("--with analytics", StringComparison.Ordinal))
            (await ShellAsync("ebops project new analytics --sample empty")).Ended(0);
        if (ProjectOf(example) is { } project)
            (await ShellAsync($"ebops project new {project} --sample orchestrator")).Ended(0);
        if (example.Contains("--apply deployer", StringComparison.Ordinal))
            (await Aws.Send("iam", "/", null, $"Action=CreateRole&Version=2010-05-08&RoleName=deployer&AssumeRolePolicyDocument={Uri.EscapeDataString("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}""")}", "application/x-www-form-urlencoded")).Succeeded();
        if (ProjectCommand().IsMatch(example))
        {
            string settings = Path.Combine(Folder, "shop", "ebproject.yaml");
            await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings, Token)).Replace("111122223333", "123456789012", StringComparison.Ordinal), Token);
            if (!example.Contains("project publish", StringComparison.Ordinal) && !example.Contains("project permissions", StringComparison.Ordinal))
                (await ShellAsync("ebops project publish shop --skip-test --yes")).Ended(0);
        }

        if (example.Contains("schema retire", StringComparison.Ordinal))
            (await ShellAsync("ebops project add schema order-placed --path shop && ebops project add schema order-placed --path shop")).Ended(0);
        if (example.Contains("plan apply", StringComparison.Ordinal))
            (await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--plan-path", Path.Combine(Folder, "plan.json"))).Ended(0);
        if (example.Contains(Change, StringComparison.Ordinal))
        {
            string made = (string)(await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--output", "json")).Ended(0).Json.First(result => result!["ChangeId"] is not null)!["ChangeId"]!;
            foreach (string file in Directory.GetFiles(Journal, "*.jsonl"))
                await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace(made, Change, StringComparison.Ordinal), Token);
        }
    }

    /// <summary>The project that must be there before an example; null if there is none.</summary>
    private static string? ProjectOf(string example) => example switch
    {
        _ when example.Contains("project new", StringComparison.Ordinal) => null,
        _ when example.EndsWith("project test", StringComparison.Ordinal) => ".",
        _ when example.Contains("project test orchestrator", StringComparison.Ordinal) => "orchestrator",
        _ when example.Contains("--project contracts", StringComparison.Ordinal) => "contracts",
        _ when ProjectCommand().IsMatch(example) => "shop",
        _ when example.Contains("-path shop", StringComparison.Ordinal) || example.Contains("project export shop", StringComparison.Ordinal) || example.Contains("configure shop", StringComparison.Ordinal) => "shop",
        _ => null,
    };

    private async Task<Outcome> ShellAsync(string script)
    {
        string ci = script.Contains("$GITHUB_SHA", StringComparison.Ordinal) ? "GITHUB_ACTIONS=true GITHUB_REF_NAME=main" : "";
        using EbopsProcess shell = EbopsProcess.Shell(
            $"cd '{Folder}'; export AWS_ENDPOINT_URL='{Server.Endpoint}' AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=eu-west-1 EBOPS_JOURNAL='{Journal}' EBOPS_JOB_STORE='{Folder}/jobs.store' GITHUB_SHA=abc1234 QUEUE=q {ci}\n{script}");
        return await shell.EndAsync();
    }

    [GeneratedRegex("project (permissions|publish|status|logs|unpublish) shop")]
    private static partial Regex ProjectCommand();

    // Three spaces part an example from a word on it.
    [GeneratedRegex(@" {3,}\S.*$")]
    private static partial Regex Description();
}
