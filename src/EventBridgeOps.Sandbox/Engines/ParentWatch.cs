using System.Diagnostics;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>Notices that the process on whose behalf we run is gone.</summary>
public static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when the process with that id is gone, or was never there.</summary>
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
            return false; // It is there, but not ours to look at.
        }
    }
}
