using System.Diagnostics;
using System.Globalization;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>Finds the process that started this one.</summary>
internal static class ParentProcess
{
    /// <summary>Its process ID; null if the operating system does not report it.</summary>
    public static int? Find()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        int? parent = Of(Environment.ProcessId);
        // 'dotnet run' is a step between, and gone as soon as we are.
        while (parent is { } between && (IsDotnet(between) || IsSubshell(between)))
            parent = Of(between);
        return parent is > 1 ? parent : null;
    }

    private static int? Of(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal));
            return line is null ? null : int.Parse(line.AsSpan("PPid:".Length), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // A shell makes a copy of itself for "$(...)" and "(...)", which ends with the command; the copy has the command line of the shell.
    private static bool IsSubshell(int process)
    {
        try
        {
            return Of(process) is > 1 and var shell && File.ReadAllBytes($"/proc/{process}/cmdline") is { Length: > 0 } line && line.AsSpan().SequenceEqual(File.ReadAllBytes($"/proc/{shell}/cmdline"))
                && File.ResolveLinkTarget($"/proc/{process}/exe", returnFinalTarget: false)?.FullName == File.ResolveLinkTarget($"/proc/{shell}/exe", returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended, or is another user's.
        }
    }

    private static bool IsDotnet(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return found.ProcessName == "dotnet";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
