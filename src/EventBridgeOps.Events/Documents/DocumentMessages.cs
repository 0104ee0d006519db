using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Documents;

/// <summary>Why a text is not a document that can be used. They are the messages of <see cref="System.Text.Json.JsonException"/>.</summary>
internal static class DocumentMessages
{
    public static Message NotAnObject() => Message.Of($"The JSON text is not an object.");

    public static Message NeitherObjectNorArray() => Message.Of($"The JSON text is neither an object nor an array.");

    public static Message KeyTwice() => Message.Of($"An object in the JSON text has the same key twice.");

    public static Message NotUnicode() => Message.Of($"A key or a string in the JSON text is not valid Unicode.");

    public static Message NotWritable(string fault) => Message.Of($"The document cannot be written: {fault}");
}
