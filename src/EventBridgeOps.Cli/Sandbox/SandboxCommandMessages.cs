using System.Globalization;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Ecr;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>What the commands for the sandbox say.</summary>
internal static class SandboxCommandMessages
{
    public static Message PortOutOfRange() => Message.Of($"{"Port":param} must be a number from 0 to 65535.");

    public static Message LatencyOutOfRange() => Message.Of($"{"LatencyMilliseconds":param} must be a number from 0 to 600000.");

    public static Message RequestsTooLow() => Message.Of($"{"RequestsPerSecond":param} must be greater than 0.");

    public static Message PageSizeTooLow() => Message.Of($"{"PageSize":param} must be 1 or greater.");

    public static Message NotAProcessId() => Message.Of($"{"ParentPid":param} must be a process ID, or 0.");

    public static Message OnlyBuiltIn(string option) => Message.Of($"{option} is supported only by the built-in engine, not by moto.");

    public static Message NotAJobCommand(string value) => Message.Of($"'{value}' is not a valid value for {"JobCommand":param}. Specify an image and a command. Example: myproject_backend=./build.sh.");

    public static Message Listening(string engine, Uri endpoint) =>
        Message.Of($"The sandbox ({engine}) is listening on {endpoint}. Set the environment variables above in each shell that uses it. To stop it, press Ctrl+C.");

    public static Message Page(string page) => Message.Of($"Its page shows what happens in it: {page}");

    public static Message ImagesNotRun(IEnumerable<string> images) => Message.Of($"No job definition of the sample account runs {images}, so the commands for them run only after you register one.");

    /// <summary>Says where the page of a sandbox is, if it has one.</summary>
    public static void SayPage(this Terminal terminal, string engine, Uri endpoint)
    {
        if (engine == "built-in")
            terminal.Say(Page($"{endpoint.GetLeftPart(UriPartial.Authority)}/_sandbox/"));
    }

    public static Message RunsUntilStopped(string engine, Uri endpoint) => Message.Of($"The sandbox ({engine}) is listening on {endpoint}. To stop it, run {"sandbox stop":cmd}.");

    public static Message RunsUntilProcessEnds(string engine, Uri endpoint, int? processId) =>
        Message.Of($"The sandbox ({engine}) is listening on {endpoint}. It stops when process {processId} ends, or when you run {"sandbox stop":cmd}.");

    public static Message ParentUnknown(string engine, Uri endpoint) =>
        Message.Of($"The sandbox ({engine}) is listening on {endpoint}. The process that started it is unknown, so it runs until you run {"sandbox stop":cmd}. To stop it when a process ends, use {"ParentPid":param}.");

    public static Message EndedInBackground() => Message.Of($"The sandbox stopped unexpectedly. To see the reason, start it without {"Background":param}.");

    public static Message MotoEnded() => Message.Of($"moto stopped unexpectedly.");

    public static Message PortInUse(int port, string reason) =>
        Message.Of($"The sandbox could not listen on port {port}: {reason}. Use {"Port":param} to choose another port, or omit it to use any free port.");

    public static Message StateFileUnusable(string? path, string reason) => Message.Of($"The state file {path} could not be used: {reason}");

    public static Message NotRecorded(Message reason) => Message.Of($"{"sandbox stop":cmd} will not find this sandbox: {reason}");

    public static Message NotRecordedInBackground(Message reason) =>
        Message.Of($"The sandbox cannot run in the background, because its record cannot be stored: {reason:clause}. Set XDG_RUNTIME_DIR to a folder that you can write to, or start the sandbox without {"Background":param}.");

    public static Message NoRunning() => Message.Of($"No sandbox is running.");

    public static Message NoneToAsk() => Message.Of($"No sandbox is running. To start one, run {"sandbox start":cmd}.");

    public static Message NoDeliveries() => Message.Of($"No deliveries. An event is delivered when it matches the pattern of an enabled rule with a target.");

    public static Message NoneMatches(IEnumerable<string> filters) => Message.Of($"No deliveries match {filters}.");

    public static Message NotAnOutcome(string value, IEnumerable<string> outcomes) => Message.Of($"'{value}' is not a valid value for {"Outcome":param}. Valid values: {outcomes}.");

    public static Message WhichImage() => Message.Of($"Specify the image to push. Example: acme:v2.");

    public static Message Pushed(SandboxImage image) => Message.Of($"Pushed {image.Repository}:{image.Tag} to the sandbox ({image.Digest}).");

    public static Message PushEvent(string eventId, int rules) => rules == 0
        ? Message.Of($"No rule on the default event bus matched its event {eventId}.")
        : Message.Of($"Its event {eventId} matched {rules:rule|rules} on the default event bus. To see the deliveries, run {"sandbox deliveries":cmd}.");

    public static Message WhichSpan() => Message.Of($"Specify how far to advance the clock. Example: 2h.");

    public static Message Advanced(DateTimeOffset time) => Message.Of($"The clock of the sandbox is now {time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC.");

    public static Message Stopped(Uri endpoint) => Message.Of($"The sandbox at {endpoint} was stopped.");

    public static Message StoppedAtEnd(Uri endpoint, string? stateFile) => stateFile is null
        ? Stopped(endpoint)
        : Message.Of($"The sandbox at {endpoint} was stopped. Its state is in {stateFile}.");

    public static Message StillPointing(string lines) => Message.Of($"AWS tools in this shell still use its endpoint. To use your account again, open a new shell, or run: {lines}");

    public static Message NotFound(string endpoint, Message running) => Message.Of($"None of your sandboxes is running at {endpoint}. {running}");

    public static Message SeveralRunning(Message running) => Message.Of($"Several sandboxes are running. Specify one of them with {"EndpointUrl":param}. {running}");

    public static Message Running(IEnumerable<Uri> endpoints) => Message.Of($"Running sandboxes: {endpoints}.");

    public static Message DoesNotStop(Uri endpoint, int processId) => Message.Of($"The sandbox at {endpoint} (process {processId}) did not stop.");

    public static Message NoRecordFolder() =>
        Message.Of($"The records of running sandboxes cannot be stored, because neither HOME nor XDG_RUNTIME_DIR is set. Set one of these environment variables.");

    public static Message RecordsNotTrusted(Message fault) =>
        Message.Of($"The records of running sandboxes were not used, because they are not safe: {fault}. Remove the write permission of other users (chmod o-w).");
}
