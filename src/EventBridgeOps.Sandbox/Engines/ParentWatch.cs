using System.Diagnostics;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>Waits for the process that this process serves to end.</summary>
public static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Completes when the process has ended, or if it does not exist.</summary>
    public static async Task WaitForExitAsync(int processId, TimeProvider time, CancellationToken cancellationToken = default)
    {
        Process parent;
        try
        {
            parent = Process.GetProcessById(processId);
        }
        catch (ArgumentException)
        {
            return;
        }

        using (parent)
        {
            while (!HasExited(parent))
                await time.Delay(Interval, cancellationToken);
        }
    }

    private static bool HasExited(Process process)
    {
        try
        {
            return process.HasExited;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return false; // It exists, but cannot be inspected.
        }
    }
}
