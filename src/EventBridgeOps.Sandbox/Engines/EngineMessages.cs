using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>What is said when a sandbox engine cannot be started, or ends what it runs.</summary>
internal static class EngineMessages
{
    public static Message MotoEnded(string output) => Message.Of($"moto ended before it was ready. Its last output was:\n{output:lines}");

    public static Message MotoNotReady(TimeSpan waited, string output) => Message.Of($"moto was not ready within {waited.TotalSeconds:second|seconds}. Its last output was:\n{output:lines}");

    public static Message NoMoto(string version, Message reason) =>
        Message.Of($"moto was not found and could not be installed: {reason:clause}. Install it with \"pip install 'moto[server]=={version}'\", start Docker, or use the built-in sandbox, which has no requirements.");

    public static Message NotARegion(string region) => Message.Of($"'{region}' is not a valid value for {nameof(SandboxOptions.Region):param}. Example: eu-west-1.");

    public static Message FunctionGone() => Message.Of($"The sandbox was reset, or its state replaced, before the function was invoked.");

    public static Message LogCut(int lines) => Message.Of($"The sandbox keeps {lines:line|lines} of the output of a job. What follows is not kept.");

    public static Message NoPython() => Message.Of($"python3 was not found on the PATH.");
}
