using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Files;

/// <summary>What is said of the fields of a file.</summary>
internal static class ProjectFieldMessages
{
    public static Message Unknown(string name, IEnumerable<string> known) => Message.Of($"'{name}' is not a known key. Known keys: {known}.");

    public static Message UnknownMeant(string name, string meant) => Message.Of($"'{name}' is not a known key. Did you mean '{meant}'?");

    public static Message InvalidName(string name, Message reason) => Message.Of($"The name '{name}' is not valid: {reason:clause}.");
}
