using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Files;

/// <summary>What is said of the fields of a file.</summary>
internal static class ProjectFieldMessages
{
    public static Message Unknown(string name, IEnumerable<string> known) => Message.Of($"'{name}' is not a known key. Known keys: {known}.");

    public static Message UnknownMeant(string name, string meant) => Message.Of($"'{name}' is not a known key. Did you mean '{meant}'?");

    public static Message InvalidValue(string pointer, string value, string advice) => Message.Of($"{pointer} is {value}. {advice}");

    public static Message InvalidName(string name, string advice) => Message.Of($"The name '{name}' is not valid. {advice}");

    public static Message NameRefused(string name, Message reason) => Message.Of($"The name '{name}' is not valid: {reason:clause}.");
}
