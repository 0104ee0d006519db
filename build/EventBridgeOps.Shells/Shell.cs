using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace EventBridgeOps.Shells;

/// <summary>A PowerShell that tests run in.</summary>
/// <param name="Name">The name that identifies the shell in test output.</param>
/// <param name="Path">Its program.</param>
public sealed record Shell(string Name, string Path)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>The one that was restored with the packages. It is always there.</summary>
    public static Shell Restored { get; } = new("restored", Metadata("PowerShell"));

    /// <summary>The machine's own <c>pwsh</c>, where there is one that the module supports.</summary>
    public static Shell? Installed { get; } = FindInstalled();

    /// <summary>Both of them.</summary>
    public static IReadOnlyList<Shell> All { get; } = Installed is { } installed ? [Restored, installed] : [Restored];

    /// <summary>The module manifests of the two versions of Pester, the newest first.</summary>
    public static IReadOnlyList<string> Pester { get; } = [Metadata("Pester"), Metadata("OlderPester")];

    /// <summary>How to start it, as the one that <c>pwsh</c> means, without questions, and with its output to be read.</summary>
    public ProcessStartInfo Start(params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(Path, ["-NoProfile", "-NonInteractive", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["PATH"] = System.IO.Path.GetDirectoryName(Path) + System.IO.Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        // The program asks for .NET 10, wherever the one that runs this is installed, and takes a newer one.
        start.Environment["DOTNET_ROOT"] = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        // It runs most code once: to measure it for a faster version costs more than that version saves.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>Runs it to its end, which it must reach within a quarter of an hour.</summary>
    public async Task<(int Exit, string Said)> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = Start(arguments);
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        using Process shell = Process.Start(start)!;
        shell.StandardInput.Close();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Limit);
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
            cancellationToken.ThrowIfCancellationRequested();
            return (-1, $"It did not end within {Limit.TotalMinutes} minutes.");
        }
    }

    private static Shell? FindInstalled()
    {
        string program = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (path is null)
            return null;
        Shell found = new("installed", path);
        using Process asked = Process.Start(found.Start("-Command", "exit [int]($PSVersionTable.PSVersion -lt [version] '7.4')"))!;
        asked.WaitForExit();
        return asked.ExitCode == 0 ? found : null;
    }

    private static string Metadata(string key) =>
        typeof(Shell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
