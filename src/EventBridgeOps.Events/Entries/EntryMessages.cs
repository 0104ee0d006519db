using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Entries;

/// <summary>What is said of entries of PutEvents. Faults are sentences about a field.</summary>
internal static class EntryMessages
{
    public static Message TooLarge(int size, int limit) =>
        Message.Of($"The entry is {size} bytes, counted as EventBridge counts them; the maximum is {limit}. Store large data in Amazon S3 and put the URL of the object into Detail.");

    public static Message SourceMissing() => Message.Of($"Source is empty. Specify the sender of the event, for example mycompany.orders.");

    public static Message SourceReserved(string source) => Message.Of($"Source {source} starts with aws., which is reserved for AWS services.");

    public static Message DetailTypeMissing() => Message.Of($"DetailType is empty. Specify what happened, for example Order Placed.");

    public static Message DetailTypeTooLong(int length, int limit) => Message.Of($"DetailType has {length} characters; the maximum is {limit}.");

    public static Message InvalidBus(string bus) => Message.Of($"EventBusName '{bus}' is not a valid event bus name or ARN.");

    public static Message TraceHeaderLength(int length, int limit) => Message.Of($"TraceHeader has {length} characters; it must have 1 to {limit}.");

    public static Message InvalidResource(int limit) => Message.Of($"Resources has an entry that is null or longer than {limit} characters.");

    public static Message DetailNotAnObject() => Message.Of($"Detail is JSON, but not an object. Put the value into an object: {{\"value\": ...}}.");

    // The JSON library's own message quotes the text.
    public static Message DetailNotJson(long? line, long? column) => Message.Of($"Detail is not valid JSON: error at line {line}, byte {column}.");

    public static Message DetailLostQuotes(Message fault) => Message.Of($"Detail is not valid JSON: {fault:clause}.");

    public static Message DetailNotUnicode() => Message.Of($"Detail has text that is not valid Unicode.");

    public static Message NotAnAccount(string account) => Message.Of($"'{account}' is not a valid value for {nameof(EntryDefaults.AccountId):param}. An account ID has 12 digits.");

    public static Message NotARegion(string region) => Message.Of($"'{region}' is not a valid value for {nameof(EntryDefaults.Region):param}. Example: eu-west-1.");

    public static Message NotAnEntry(string origin) =>
        Message.Of($"{origin} is not an entry of PutEvents: an entry has Source, DetailType and Detail. If it is already an event, use it unchanged.");

    public static Message Rejected(string origin, Message fault) => Message.Of($"EventBridge would reject entry {origin}: {fault:clause}.");

    /// <summary>In the words of the service.</summary>
    public static Message FieldRequired(string name) => Message.Of($"Parameter {name} is not valid. Reason: {name} is a required argument");

    /// <summary>In the words of the service.</summary>
    public static Message DetailMalformed(Message fault) => Message.Of($"Detail is malformed. {fault}");

    public static Message ResourcesNotStrings() => Message.Of($"Resources is not a list of strings");

    public static Message InvalidTime() => Message.Of($"Time is neither an ISO 8601 time nor a number of seconds since 1970");
}
