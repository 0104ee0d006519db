using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>What is written to the jobs.</summary>
internal static class ShellJobMessages
{
    public static Message StoppedBy() => Message.Of($"Stopped by {"mvp cancel":cmd}");
}
