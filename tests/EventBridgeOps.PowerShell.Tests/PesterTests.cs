using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EventBridgeOps.PowerShell.Tests;

/// <summary>Runs the Pester tests where there is a shell with Pester 5, so that one command runs all tests.</summary>
public sealed class PesterTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly string Folder = Repository.PathOf("tests", "Pester");
    private static readonly Lazy<Task<string?>> Missing = new(FindMissingAsync);

    private static int _said;

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.Tests.ps1").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pester_tests_pass(string file)
    {
        if (await Missing.Value is { } missing)
        {
            // The runner does not show why a test was skipped unless it is asked to, so it is said once for all to hear.
            if (Interlocked.Exchange(ref _said, 1) == 0)
                TestContext.Current.SendDiagnosticMessage($"{missing} {Files.Sum(row => Count(row.Data))} Pester tests in {Files.Count} files are SKIPPED.");
            Assert.Skip($"{missing} SKIPPED here: {Count(file)} Pester tests of {file}.");
        }

        string result = Path.Combine(Directory.CreateTempSubdirectory("ebops-pester-").FullName, "result.json");
        (int exit, string said) = await RunAsync("-NoProfile", "-NonInteractive", "-File", Path.Combine(Folder, "Invoke-PesterFile.ps1"), "-Path", Path.Combine(Folder, file), "-Result", result);
        Assert.True(File.Exists(result), $"Pester gave no result (exit code {exit}).\n{said}");
        using JsonDocument run = JsonDocument.Parse(await File.ReadAllTextAsync(result, TestContext.Current.CancellationToken));
        string[] failed = [.. run.RootElement.GetProperty("Failed").EnumerateArray().Select(failure => $"{failure.GetProperty("Name").GetString()}\n{failure.GetProperty("Message").GetString()}")];
        int passed = run.RootElement.GetProperty("Passed").GetInt32();
        output.WriteLine($"{file}: {passed} Pester tests passed, {failed.Length} failed, {run.RootElement.GetProperty("Skipped").GetInt32()} skipped.");
        Directory.Delete(Path.GetDirectoryName(result)!, recursive: true);
        Assert.True(failed.Length == 0, $"{failed.Length} Pester tests of {file} failed:\n\n{string.Join("\n\n", failed)}");
        Assert.True(passed > 0, $"No Pester test of {file} ran.\n{said}");
    }

    private static int Count(string file) => Regex.Count(File.ReadAllText(Path.Combine(Folder, file)), @"^\s*It\s", RegexOptions.Multiline | RegexOptions.IgnoreCase);

    private static async Task<string?> FindMissingAsync()
    {
        try
        {
            (int exit, _) = await RunAsync("-NoProfile", "-NonInteractive", "-Command", "exit [int](-not (Get-Module Pester -ListAvailable | Where-Object Version -ge '5.0'))");
            return exit == 0 ? null : "pwsh is here, but Pester 5 is not (Install-Module Pester).";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "PowerShell (pwsh) is not here.";
        }
    }

    private static async Task<(int Exit, string Said)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("pwsh", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        using Process shell = Process.Start(start)!;
        shell.StandardInput.Close();
        using CancellationTokenSource patience = new(Limit);
        try
        {
            Task<string> said = shell.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> complained = shell.StandardError.ReadToEndAsync(patience.Token);
            await shell.WaitForExitAsync(patience.Token);
            return (shell.ExitCode, await said + await complained);
        }
        catch (OperationCanceledException)
        {
            shell.Kill(entireProcessTree: true);
            return (-1, $"It did not end within {Limit.TotalMinutes} minutes.");
        }
    }
}
