using System.Diagnostics;
using System.Runtime.InteropServices;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Hosting;

/// <summary>Starts another process of this program, which can outlive this one.</summary>
internal static class OwnProcess
{
    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <exception cref="SandboxException">It could not be started.</exception>
    public static Process Start(IEnumerable<string> arguments)
    {
        // Run by the 'dotnet' command, the program is its first argument.
        string host = Environment.ProcessPath ?? throw new SandboxException(ProcessMessages.NoProgramPath());
        bool byDotnet = Path.GetFileNameWithoutExtension(host) == "dotnet";
        ProcessStartInfo start = new(host, byDotnet ? [typeof(OwnProcess).Assembly.Location, .. arguments] : arguments)
        {
            // A child must not hold on to our own output, or whoever reads that would wait for its end. On Windows pipes are
            // inherited together with everything else, so there it is started without any.
            UseShellExecute = OperatingSystem.IsWindows(),
            WindowStyle = ProcessWindowStyle.Hidden,
            RedirectStandardInput = !OperatingSystem.IsWindows(),
            RedirectStandardOutput = !OperatingSystem.IsWindows(),
            RedirectStandardError = !OperatingSystem.IsWindows(),
        };
        return Process.Start(start) ?? throw new SandboxException(ProcessMessages.NotStarted(host));
    }

    /// <summary>
    /// Leaves the terminal, in the process that was started. A shell runs "$(...)" in its own process group, so that process would get the
    /// Ctrl+C that only clears a line: https://pubs.opengroup.org/onlinepubs/9799919799/functions/setsid.html. On Windows it has a console of its own.
    /// </summary>
    public static void LeaveTerminal()
    {
        if (!OperatingSystem.IsWindows())
            _ = NewSession(); // It fails for the leader of a group, which is in no group of a shell.
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NewSession();
}
