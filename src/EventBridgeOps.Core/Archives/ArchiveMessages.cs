using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Archives;

/// <summary>Messages about archives.</summary>
internal static class ArchiveMessages
{
    public static Message Reading() => Message.Of($"Reading archives");

    public static Message NoArchives() => Message.Of($"There are no archives in this Region.");

    public static Message NothingFound(IEnumerable<string> archives, IEnumerable<string> buses) => Message.Of($"No archives were found. Archives looked for: {archives}. Event buses: {buses}.");
}
