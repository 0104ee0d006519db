using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Jobs;

/// <summary>What the commands for MVP requests and their jobs say.</summary>
internal static class MvpCommandMessages
{
    public static Message LastTooLow() => Message.Of($"{"Last":param} must be 1 or greater.");

    public static Message JobReason(string jobId, string? reason) => Message.Of($"{jobId}: {reason}");

    public static Message StoppedByCommand() => Message.Of($"Stopped by {"mvp cancel":cmd}");

    public static Message Updated(int updated) => Message.Of($"{updated} updated.");

    public static Message UpdatedAndFailed(int updated, int failed) => Message.Of($"{updated} updated, {failed} failed.");

    public static Message NotAState(string name, IEnumerable<string> states) => Message.Of($"'{name}' is not a valid job state. Valid states: {states}.");

    public static Message SecondsOutOfRange(string parameter, double value) =>
        Message.Of($"{parameter:param} must be greater than 0 and at most 31536000 (one year), but it is {value}.");

    public static Message AgeOutOfRange(string parameter, double value) => Message.Of($"{parameter:param} must be from 0 to 31536000 (one year), but it is {value}.");

    public static Message RequestFileNeedsInput() =>
        Message.Of($"{"RequestFile":param} - reads all of standard input, so it cannot be combined with {"Confirm":param} or {"DatabaseUrlStdin":param}. Specify a file.");

    public static Message TestsAndFile() => Message.Of($"{"TestCount":param} cannot be combined with {"RequestFile":param}.");

    public static Message JobIdForSeveral() =>
        Message.Of($"{"JobId":param} cannot be combined with {"RequestFile":param}, because the file can contain several requests. Set jobId in the lines of the file.");

    public static Message MetadataNotAnObject(Message fault) => Message.Of($"The value of {"Metadata":param} is not a valid JSON object: {fault:clause}. Example: '{{\"plan\":\"pro\"}}'.");

    public static Message TwoDatabaseUrls() => Message.Of($"{"DatabaseUrl":param} cannot be combined with {"DatabaseUrlStdin":param}. Use one of them.");

    public static Message NoDatabaseUrl() => Message.Of($"{"DatabaseUrlStdin":param} was specified, but the first line of standard input is missing or empty.");
}
