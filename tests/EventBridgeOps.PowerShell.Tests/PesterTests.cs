using System.Text.Json;
using EventBridgeOps.Shells;

[assembly: AssemblyFixture(typeof(EventBridgeOps.PowerShell.Tests.UnpackedModule))]

namespace EventBridgeOps.PowerShell.Tests;

/// <summary>Runs files of Pester tests on the packed module, each in a shell of its own, so that one command runs all tests.</summary>
public abstract class PesterTests(UnpackedModule module, ITestOutputHelper output)
{
    /// <summary>The files that take almost as long as all others together, so that the two run side by side.</summary>
    private static readonly string[] Long = ["Completion.Tests.ps1", "Help.Tests.ps1", "Isolation.Tests.ps1", "Recipe.Tests.ps1", "Stop.Tests.ps1"];

    private protected static IEnumerable<string> LongFiles => AllFiles.Where(file => Long.Contains(file));

    private protected static IEnumerable<string> AllFiles => Directory.GetFiles(Repository.PathOf("tests", "Pester"), "*.Tests.ps1").Order(StringComparer.Ordinal).Select(file => Path.GetFileName(file));

    private protected static string PathOf(string file) => Repository.PathOf("tests", "Pester", file);

    private protected async Task PassAsync(Shell shell, string pester, params IReadOnlyList<string> paths)
    {
        string file = paths.Count == 1 ? Path.GetFileName(paths[0]) : $"{paths.Count} files";
        string result = Path.Combine(Directory.CreateTempSubdirectory("ebops-pester-").FullName, "result.json");
        Dictionary<string, string?> environment = new() { ["EBOPS_TEST_MODULE"] = module.Manifest, ["EBOPS_TEST_PACKAGES"] = UnpackedModule.Packages, ["EBOPS_TEST_VERSION"] = Repository.Version };
        (int exit, string said) = await shell.RunAsync(["-File", Repository.PathOf("tests", "Pester", "Invoke-PesterFiles.ps1"), "-Path", string.Join(Path.PathSeparator, paths), "-Result", result, "-Pester", pester], environment, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(result), $"Pester gave no result (exit code {exit}).\n{said}");
        using JsonDocument run = JsonDocument.Parse(await File.ReadAllTextAsync(result, TestContext.Current.CancellationToken));
        string[] failed = [.. run.RootElement.GetProperty("Failed").EnumerateArray().Select(failure => $"{failure.GetProperty("Name").GetString()}\n{failure.GetProperty("Message").GetString()}")];
        int passed = run.RootElement.GetProperty("Passed").GetInt32();
        int skipped = run.RootElement.GetProperty("Skipped").GetInt32();
        string counts = $"{file}: {passed} Pester tests passed, {failed.Length} failed, {skipped} skipped (PowerShell: {shell.Name}, Pester {run.RootElement.GetProperty("Pester").GetString()}).";
        output.WriteLine(counts);
        // The runner shows what a passed test wrote only if it is asked to.
        if (skipped > 0)
            TestContext.Current.SendDiagnosticMessage(counts);
        Directory.Delete(Path.GetDirectoryName(result)!, recursive: true);
        Assert.True(failed.Length == 0, $"{failed.Length} Pester tests of {file} failed:\n\n{string.Join("\n\n", failed)}");
        Assert.True(passed > 0, $"No Pester test of {file} ran.\n{said}");
    }
}

/// <summary>The long ones, in the PowerShell and the Pester of today.</summary>
public sealed class LongPesterTests(UnpackedModule module, ITestOutputHelper output) : PesterTests(module, output)
{
    public static TheoryData<string> Files => [.. LongFiles];

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_tests_pass(string file) => PassAsync(Shell.Restored, Shell.Pester[0], PathOf(file));
}

/// <summary>All others, in the PowerShell and the Pester of today.</summary>
public sealed class CurrentPesterTests(UnpackedModule module, ITestOutputHelper output) : PesterTests(module, output)
{
    public static TheoryData<string> Files => [.. AllFiles.Except(LongFiles)];

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_tests_pass(string file) => PassAsync(Shell.Restored, Shell.Pester[0], PathOf(file));
}

/// <summary>
/// With the Pester before, in the PowerShell that the machine has. Where it has none, the restored one has run all of them above, and only Pester is new:
/// then the files that take most of the time, and nothing of Pester that the others do not, are left out. The short ones run one after the other in one
/// shell, as those of a user do.
/// </summary>
public sealed class OlderPesterTests(UnpackedModule module, ITestOutputHelper output) : PesterTests(module, output)
{
    private const string Others = "all others";

    public static TheoryData<string> Files => [Others, .. Shell.Installed is null ? [] : LongFiles];

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_tests_pass(string file) => PassAsync(Shell.Installed ?? Shell.Restored, Shell.Pester[1], [.. (file == Others ? AllFiles.Except(LongFiles) : [file]).Select(PathOf)]);
}

/// <summary>The packages themselves, where nothing else is.</summary>
public sealed class PackageTests(UnpackedModule module, ITestOutputHelper output) : PesterTests(module, output)
{
    [Fact]
    public Task The_packages_are_complete_and_work() => PassAsync(Shell.Restored, Shell.Pester[0], Repository.PathOf("tests", "Package", "Package.Tests.ps1"));
}
