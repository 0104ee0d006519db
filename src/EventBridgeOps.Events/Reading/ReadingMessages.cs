using System.Text.Json;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Reading;

/// <summary>What is said while events are read. Faults are clauses: they stand inside a sentence.</summary>
internal static class ReadingMessages
{
    public static Message ReadingFile(string name) => Message.Of($"Reading {name} (KB)");

    public static Message EventsRead(int count) => Message.Of($"{count:event|events}");

    public static Message NoEvents(string name) => Message.Of($"No events were found in {name}.");

    public static Message StreamNotReadable(string fault) => Message.Of($"The input stream cannot be read: {fault:clause}.");

    public static Message NotAnEvent(string origin, Message fault) =>
        Message.Of($"{origin} is not a valid event: {fault:clause}. An event is a single JSON object with fields such as source, detail-type and detail.");

    public static Message EntryNotEvent(string origin) => Message.Of(
        $"{origin} is an entry of PutEvents (Source, DetailType, Detail), not an event (source, detail-type, detail), which is what rules match. To convert it, run {"event convert":cmd}.");

    public static Message Json(string fault) => Message.Of($"{fault}");

    public static Message JsonAt(string fault, long? line, long? column) => Message.Of($"{fault} (line {line}, byte {column})");

    public static Message NotJson(Message fault) => Message.Of($"it is not valid JSON: {fault}");

    public static Message NotUtf8() => Message.Of($"it is not valid UTF-8");

    public static Message NotUnicode() => Message.Of($"a key or a string in it is not valid Unicode");

    public static Message HalfSurrogate() => Message.Of($"its text has half of a surrogate pair");

    public static Message NotAnObject(JsonTokenType found) => found switch
    {
        JsonTokenType.StartArray => Message.Of($"it is an array, not an object"),
        JsonTokenType.String => Message.Of($"it is a string, not an object"),
        JsonTokenType.Number => Message.Of($"it is a number, not an object"),
        JsonTokenType.Null => Message.Of($"it is null, not an object"),
        _ => Message.Of($"it is true or false, not an object"),
    };

    public static Message NestedArray() => Message.Of($"it is an array inside an array");

    public static Message TooLong(int megabytes) => Message.Of($"it is longer than {megabytes} MB");

    public static Message Incomplete() => Message.Of($"the text ends before the value is complete");

    public static Message ArrayNotClosed() => Message.Of($"the array that contains it is not closed");
}
