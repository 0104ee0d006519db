using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>What is said while a sandbox is started and stopped.</summary>
internal static class ShellSandboxMessages
{
    public static Message AlreadyRunning() => Message.Of($"A sandbox is already running in this PowerShell session. To stop it, run {"sandbox stop":cmd}.");

    public static Message AlreadyRunningAt(string endpoint) => Message.Of($"A sandbox is already running in this PowerShell session at {endpoint}. To stop it, run {"sandbox stop":cmd}.");

    public static Message NotStarted(string fault) => Message.Of($"The sandbox could not be started: {fault}");

    public static Message StartFailed(OpsException error) => Message.Of($"The sandbox could not be started: {error}");

    public static Message StateNotSaved(string fault) => Message.Of($"The sandbox was stopped, but its state could not be saved: {fault}");

    public static Message NotForMoto(string parameter) => Message.Of($"moto does not support {parameter:param}. Omit it, or use the built-in engine.");

    public static Message ThisProcess() => Message.Of($"this process");

    public static Message Start(SandboxEngineKind engine) => Message.Of($"Start a sandbox ({engine}) and set AWS_ENDPOINT_URL, the access key and the Region for it");

    public static Message StartHere(SandboxEngineKind engine) => Message.Of($"Start a sandbox ({engine}) for the cmdlets of this PowerShell session");

    public static Message EnvironmentTaken(string endpoint) =>
        Message.Of($"The environment of this process points to the sandbox at {endpoint}, which another PowerShell session of this process started. Stop that sandbox first, or omit {nameof(StartEbSandboxCommand.SetEnvironment):param}.");

    public static Message EnvironmentNotSet(string endpoint) =>
        Message.Of($"Only the cmdlets of this PowerShell session use the sandbox at {endpoint}. To set the environment variables of the process for other AWS tools, use {nameof(StartEbSandboxCommand.SetEnvironment):param}.");

    public static Message Stop() => Message.Of($"Stop the sandbox and restore the environment variables");

    public static Message Push() => Message.Of($"Push the image to the sandbox");

    public static Message TheClock() => Message.Of($"the clock of the sandbox");

    public static Message Advance(string span) => Message.Of($"Advance the clock by {span}");

    public static Message NotRunning() => Message.Of($"No sandbox is running in this PowerShell session.");

    public static Message Stopped(string endpoint) => Message.Of($"The sandbox at {endpoint} was stopped.");
}
