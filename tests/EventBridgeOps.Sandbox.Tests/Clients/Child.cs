using System.Diagnostics;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>Runs other people's AWS clients against an engine.</summary>
internal static class Child
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs one of the scripts beside this file and gives what it printed.</summary>
    public static async Task<string> Python(string script, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        if ((await TryRun("python3", ["-c", "import boto3"], environment)).ExitCode != 0)
            Assert.Skip("SKIPPED: python3 with boto3 is needed to try the sandbox with a client that is not ours.");
        (int exitCode, string? output, string? errors) = await TryRun("python3", [Path.Combine(AppContext.BaseDirectory, "Clients", script), .. arguments], environment);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    /// <summary>Runs a program; exit code -1 means that there is none of that name.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> TryRun(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(Token);
            await process.WaitForExitAsync(Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }
}
