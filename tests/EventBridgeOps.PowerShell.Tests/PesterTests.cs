using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Shells;

[assembly: AssemblyFixture(typeof(EventBridgeOps.PowerShell.Tests.UnpackedModule))]

namespace EventBridgeOps.PowerShell.Tests;

/// <summary>
/// Runs files of Pester tests on the packed module, so that one command runs all tests. The files of a group run one after the other in one shell, as
/// those of a user do: a shell of its own for each would compile the module, Pester and the shell anew each time, which takes longer than most tests.
/// </summary>
public abstract class PesterTests(UnpackedModule module, ITestOutputHelper output)
{
    /// <summary>The files that take almost as long as all others together, so that the two run side by side.</summary>
    private static readonly string[] Long = ["Completion.Tests.ps1", "Help.Tests.ps1", "Isolation.Tests.ps1", "Recipe.Tests.ps1", "Stop.Tests.ps1"];

    private protected static IReadOnlyList<string> LongFiles { get; } = [.. AllFiles.Where(file => Long.Contains(Path.GetFileName(file)))];

    private protected static IReadOnlyList<string> OtherFiles { get; } = [.. AllFiles.Except(LongFiles)];

    private static IEnumerable<string> AllFiles => Directory.GetFiles(Repository.PathOf("tests", "Pester"), "*.Tests.ps1").Order(StringComparer.Ordinal);

    private protected async Task PassAsync(Shell shell, string pester, params IReadOnlyList<string> paths)
    {
        string result = Path.Combine(Directory.CreateTempSubdirectory("ebops-pester-").FullName, "result.json");
        Dictionary<string, string?> environment = new() { ["EBOPS_TEST_MODULE"] = module.Manifest, ["EBOPS_TEST_PACKAGES"] = UnpackedModule.Packages, ["EBOPS_TEST_VERSION"] = Repository.Version };
        (int exit, string said) = await shell.RunAsync(["-File", Repository.PathOf("tests", "Pester", "Invoke-PesterFiles.ps1"), "-Path", string.Join(Path.PathSeparator, paths), "-Result", result, "-Pester", pester], environment, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(result), $"Pester gave no result (exit code {exit}).\n{said}");
        using JsonDocument run = JsonDocument.Parse(await File.ReadAllTextAsync(result, TestContext.Current.CancellationToken));
        Directory.Delete(Path.GetDirectoryName(result)!, recursive: true);
        JsonElement[] files = [.. run.RootElement.GetProperty("Files").EnumerateArray()];
        foreach (JsonElement file in files)
        {
            int skipped = Count(file, "Skipped");
            string counts = $"{file.GetProperty("Name").GetString()}: {Count(file, "Passed")} Pester tests passed, {Count(file, "Failed")} failed, {skipped} skipped in {Count(file, "Seconds")} s (PowerShell: {shell.Name}, Pester {run.RootElement.GetProperty("Pester").GetString()}).";
            output.WriteLine(counts);
            // The runner shows what a passed test wrote only if it is asked to.
            if (skipped > 0)
                TestContext.Current.SendDiagnosticMessage(counts);
        }

        string[] failed = [.. run.RootElement.GetProperty("Failed").EnumerateArray().Select(failure => $"{failure.GetProperty("Name").GetString()}\n{failure.GetProperty("Message").GetString()}")];
        Assert.True(failed.Length == 0, $"{failed.Length} Pester tests failed:\n\n{string.Join("\n\n", failed)}");
        Assert.Equal(paths.Select(Path.GetFileName).Order(StringComparer.Ordinal), files.Where(file => Count(file, "Passed") > 0).Select(file => file.GetProperty("Name").GetString()).Order(StringComparer.Ordinal));
    }

    private static int Count(JsonElement file, string name) => file.GetProperty(name).GetInt32();
}

/// <summary>The long ones, in the PowerShell and the Pester of today.</summary>
public sealed class LongPesterTests(UnpackedModule module, ITestOutputHelper output) : PesterTests(module, output)
{
    [Fact]
    public Task Pester_tests_pass() => PassAsync(Shell.Restored, Shell.Pester[0], LongFiles);
}

/// <summary>All others, in the PowerShell and the Pester of today.</summary>
public sealed class CurrentPesterTests(UnpackedModule module, ITestOutputHelper output) : PesterTests(module, output)
{
    [Fact]
    public Task Pester_tests_pass() => PassAsync(Shell.Restored, Shell.Pester[0], OtherFiles);
}

/// <summary>
/// With the Pester before: all files, in the PowerShell that the machine has. Where it has none, the restored one has run all of them above, and only
/// Pester is new: then as many as use together every word of Pester that any of them uses.
/// </summary>
public sealed class OlderPesterTests(UnpackedModule module, ITestOutputHelper output) : PesterTests(module, output)
{
    private const string TheLong = "the long";
    private const string Others = "others";

    // Commands, assertions, and the parameters of both.
    private const string PesterWords = @"\b(Describe|Context|It|Mock|InModuleScope|(Before|After)(All|Each|Discovery))\b|\bShould (-Not )?-\w+|-(Because|ErrorId|ExceptionType|ExpectedMessage|ForEach|Skip|Tag|TestCases)\b";

    public static TheoryData<string> Groups => [Others, .. Shell.Installed is null ? (string[])[] : [TheLong]];

    [Theory]
    [MemberData(nameof(Groups))]
    public Task Pester_tests_pass(string group) =>
        PassAsync(Shell.Installed ?? Shell.Restored, Shell.Pester[1], [.. group == TheLong ? LongFiles : Shell.Installed is null ? WithAllWords() : OtherFiles]);

    /// <summary>One after the other, the file that has the most words that those before do not have, for its length.</summary>
    private static List<string> WithAllWords()
    {
        Dictionary<string, HashSet<string>> missing = OtherFiles.ToDictionary(file => file, file => Regex.Matches(File.ReadAllText(file), PesterWords).Select(word => word.Value).ToHashSet());
        List<string> chosen = [];
        while (missing.Values.Any(words => words.Count > 0))
        {
            string best = missing.MaxBy(file => (double)file.Value.Count / new FileInfo(file.Key).Length).Key;
            HashSet<string> words = [.. missing[best]];
            chosen.Add(best);
            foreach (HashSet<string> others in missing.Values)
                others.ExceptWith(words);
        }

        return chosen;
    }
}

/// <summary>The packages themselves, where nothing else is.</summary>
public sealed class PackageTests(UnpackedModule module, ITestOutputHelper output) : PesterTests(module, output)
{
    [Fact]
    public Task The_packages_are_complete_and_work() => PassAsync(Shell.Restored, Shell.Pester[0], Repository.PathOf("tests", "Package", "Package.Tests.ps1"));
}
