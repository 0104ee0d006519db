using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Hosting;

/// <summary>What is said when another process of this program cannot be started.</summary>
internal static class ProcessMessages
{
    public static Message NoProgramPath() => Message.Of($"The program cannot start itself in the background, because the operating system did not report the path of its executable file.");

    public static Message NotStarted(string program) => Message.Of($"{program} could not be started.");
}
