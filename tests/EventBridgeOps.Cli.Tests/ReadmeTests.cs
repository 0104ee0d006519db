using System.Xml.Linq;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The lines of the README, typed into one bash as they stand. <c>Readme.Tests.ps1</c> runs its PowerShell.</summary>
public sealed class ReadmeTests : IDisposable
{
    /// <summary>Lines that are not run here, by how they begin, and why.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["dotnet pack "] = "the build has made the packages, from the same projects",
        ["dotnet tool install --global EventBridgeOps.Cli --source packages"] = "Package.Tests.ps1 runs it on the packages of the build",
        ["dotnet tool install --global EventBridgeOps.Cli  "] = "the package is not published",
        ["dotnet test"] = "it would run itself",
    };

    /// <summary>Exit codes other than 0, by how a line begins.</summary>
    private static readonly Dictionary<string, int> Codes = new()
    {
        ["ebops target list --event-bus-name '*' --fail-on-drift"] = ExitCode.Drift,
        ["ebops pattern explain "] = ExitCode.NoMatch,
        ["ebops schema compare "] = ExitCode.Drift,
    };

    /// <summary>What a line shows, by how it begins.</summary>
    private static readonly Dictionary<string, string> Shown = new()
    {
        ["dotnet run --project src/EventBridgeOps.Cli -- demo"] = @"All verifications passed\.",
        ["ebops project new shop"] = @"Created +ebproject\.yaml\n",
        ["ebops project add schema order-placed"] = @"Created +schemas/order-placed\.v1\.json\n",
        ["ebops project test shop"] = @"6 schemas, 14 examples, 4 rules, 10 rule tests\. 0 errors, 0 warnings\.",
        ["ebops schema compare "] = @"Breaks for producers of audio-uploaded\.v1\.json[\s\S]*1 difference breaks ",
        ["ebops event send --entry-file shop"] = @"Sent evt_\w+ to event bus default\b",
        ["eval \"$(ebops sandbox start"] = @"It stops when process \d+ ends",
        ["ebops target list --event-bus-name '*' --fail-on-drift   "] = @"mvp-agent-on-upload +agent-inactive +mvp-agent:1 +3 +Inactive\n[\s\S]*13 Batch targets: 4 Current, 4 Behind, 2 Inactive, 1 Missing, 2 Floating\.",
        ["ebops target sync --event-bus-name mvp-development --what-if"] = @"mvp-pipeline-development-rule +pipeline +mvp-pipeline-job-definition:1 -> :2 +WouldUpdate\n[\s\S]*4 would be updated",
        ["ebops target sync --event-bus-name mvp-development"] = @"agent-behind +mvp-agent:2 -> :3 +Updated\n[\s\S]*4 updated, 4 already current\.",
        ["ebops image update --repository-name newsarchive-backend --image-tag v42"] = @"newsarchivepro-ocr-job-definition +1 -> 2 +newsarchive-backend:v41 -> :v42 +Updated\n[\s\S]*1 target is now Behind\. To repair it, run: ",
        ["ebops change list --last 5"] = @"Sync +Applied [\s\S]*ImageUpdate +Applied ",
        ["ebops change undo "] = @"newsarchivepro-ocr-job-definition:2 -> :3 +Reverted",
        ["ebops route "] = @"agent-inactive +Delivered",
        ["ebops pattern explain "] = @"detail\.size\n +expected \{""numeric"":\["">"",0\]\}\n +found +0\n",
        ["ebops pattern cases "] = @"""result"":""match""[\s\S]*""result"":""invalid""",
        ["ebops event send "] = @"3 sent\.",
        ["ebops sandbox status"] = @"PAGE +http://127\.0\.0\.1:\d+/_sandbox/\n",
        ["ebops sandbox push newsarchive-backend:v44"] = @"No rule on the default event bus matched its event ",
        ["ebops sandbox time advance 24h"] = @"The clock of the sandbox is now ",
        ["ebops sandbox deliveries"] = @"mvp-agent-on-upload +agent-current +1 +Delivered",
        ["ebops target list --event-bus-name '*' --fail-on-drift --report"] = @"mvp-cleanup:1 +- +Missing",
    };

    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "README.md")).ReplaceLineEndings("\n");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-readme-");

    /// <summary>The logical lines of all blocks for a Unix shell.</summary>
    private static IReadOnlyList<string> Lines { get; } =
        [.. PageShell.Blocks(Readme).Where(block => block.Language == "sh").SelectMany(block => block.Text.Replace("\\\n", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Each_block_is_of_a_shell_that_a_test_runs() =>
        Assert.All(PageShell.Blocks(Readme), block => Assert.Contains(block.Language, (string[])["sh", "powershell", "console"]));

    [Fact]
    public void What_is_said_here_of_lines_is_of_lines_that_there_are() =>
        Assert.All(NotRun.Keys.Concat(Codes.Keys).Concat(Shown.Keys), known => Assert.Contains(Lines, line => (line + "  ").StartsWith(known, StringComparison.Ordinal)));

    [Fact]
    public async Task Each_line_does_what_it_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the lines are a Unix shell's.");
        string[] run = [.. Lines.Where(line => !NotRun.Keys.Any(known => (line + "  ").StartsWith(known, StringComparison.Ordinal)))];
        (string Text, string Code)[] results = await BashAsync(run);

        Assert.All(run.Zip(results), typed =>
        {
            Assert.Equal($"{Best(Codes, typed.First)}", typed.Second.Code);
            Assert.Matches(Best(Shown, typed.First) ?? "no line is without an expectation", typed.Second.Text);
        });
        Assert.Single(XDocument.Load(Path.Combine(_folder.FullName, "drift.xml")).Descendants("failure"), failure => $"{failure.Attribute("message")}".Contains("Missing", StringComparison.Ordinal));
    }

    private static T? Best<T>(Dictionary<string, T> known, string line) =>
        known.Where(entry => (line + "  ").StartsWith(entry.Key, StringComparison.Ordinal)).OrderByDescending(entry => entry.Key.Length).Select(entry => entry.Value).FirstOrDefault();

    /// <summary>As a user who has the tool and the clone.</summary>
    private async Task<(string Text, string Code)[]> BashAsync(string[] lines)
    {
        string examples = _folder.CreateSubdirectory("examples").FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Readme", "examples")))
            File.Copy(file, Path.Combine(examples, Path.GetFileName(file)));
        return await PageShell.TypeAsync(_folder, lines, """dotnet() { [ "$1 $2 $3 $4" = 'run --project src/EventBridgeOps.Cli --' ] && shift 4 && ebops "$@"; }""");
    }
}
