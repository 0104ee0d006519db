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

    // A shell makes a copy of itself for "$(...)" and "(...)", which ends with the command. The copy has the stack of the shell; a program that was started has another one.
    private static bool IsSubshell(int process) => Of(process) is > 1 and var shell && Stack(process) is { } stack && stack == Stack(shell);

    /// <summary>Where the stack of a process begins; null if the operating system does not say it: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.</summary>
    private static string? Stack(int process)
    {
        const int startStack = 28 - 3; // The fields after the name begin with the third.
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is { Length: > startStack } fields && fields[startStack] != "0" ? fields[startStack] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has ended, or is another user's.
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
