using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>What is said about events and entries that come from the shell. JSON faults are clauses: they stand inside a sentence.</summary>
internal static class ShellEventMessages
{
    private const int LongestPath = 60;

    public static Message EventMissing() => Message.Of($"No event was given. Use {"Event":param}, use {"EventPath":param} for a file of events, or pipe events to the cmdlet.");

    public static Message NotAnEvent(string origin, Message fault) => Message.Of($"{origin} is not a valid event: {fault:clause}.");

    public static Message NotAnEntry(string item) => Message.Of($"'{item}' is not a PutEvents entry: it has none of the fields Source, DetailType and Detail.");

    public static Message NotReadable(string path, string fault) => Message.Of($"{path} cannot be read: {fault:clause}. Check the path and your permissions.");

    public static Message NotInFileSystem(string path) => Message.Of($"{path} cannot be read, because it is not in the file system. Use the path of a file.");

    public static Message NoFileMatches(string path) => Message.Of($"No files match {path}.");

    public static Message NoJson(string path, string type) => Message.Of($"{path} is of type {type}, which cannot be converted to JSON");

    public static Message ContainsItself(string path) => Message.Of($"{path} refers to an object that contains it");

    public static Message NestedTooDeep(string path, int levels) => Message.Of($"{(path.Length <= LongestPath ? path : path.Substring(0, LongestPath) + "...")} is nested more than {levels} levels deep");

    public static Message SurrogateInKey(string path) => Message.Of($"a key in {path} contains an unpaired surrogate");

    public static Message Surrogate(string path) => Message.Of($"{path} contains an unpaired surrogate");

    public static Message NotANumber(string path, double number) => Message.Of($"{path} is {number}, which JSON cannot represent");

    public static Message KeyNotText(string path) => Message.Of($"a key in {path} cannot be converted to a string");

    public static Message NothingPiped() => Message.Of($"No events were found: the pipeline was empty.");
}
