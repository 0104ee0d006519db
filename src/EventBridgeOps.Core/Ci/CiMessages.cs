using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Ci;

/// <summary>Messages about CI systems.</summary>
internal static class CiMessages
{
    public static Message SummaryNotWritten(string path, Message fault) => Message.Of($"The job summary {path} could not be written: {fault:clause}.");
}
