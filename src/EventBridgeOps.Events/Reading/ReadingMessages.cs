using System.Text.Json;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Reading;

/// <summary>What is said while events are read. Faults are clauses: they stand inside a sentence.</summary>
internal static class ReadingMessages
{
    private const int Listed = 8;

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

    public static Message QuotesLost(string shells, string inShell, string inCmd) => Message.Of(
        $"its quotation marks are missing, so the shell has removed them, as {shells} do. Write \\\" for each quotation mark ({inShell}; in cmd.exe {inCmd}), or use a file or standard input");

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

    public static Message WrappedTooDeep() => Message.Of($"it is wrapped in too many documents");

    public static Message NothingInside() => Message.Of($"it contains no event");

    public static Message TooManyFields(int fields, int columns) => Message.Of($"it has {fields:field|fields}, but the header has {columns:column|columns}. Put quotation marks around a field that contains the separator");

    public static Message NeitherEventNorEntry(IReadOnlyList<string> fields, string? inner) => inner is null
        ? Message.Of($"its fields ({List(fields)}) are neither those of an event nor those of an entry")
        : Message.Of($"its fields ({List(fields)}) are neither those of an event nor those of an entry; the event is in field {inner}, so extract that, for example with jq '.{inner}'");

    public static Message CloudEvent() => Message.Of($"it has specversion, so it is a CloudEvent; an event of EventBridge has detail-type and detail, in which a sender can put a CloudEvent");

    public static Message Misspelt(string name) => Message.Of($"it has the field {name}, which events do not have. The names of fields are case-sensitive: write detail-type, source and detail in an event, and DetailType, Source and Detail in an entry");

    public static Message CloudTrailRecord() => Message.Of($"it is a record of AWS CloudTrail. EventBridge delivers it as the detail of an event with the detail type AWS API Call via CloudTrail");

    public static Message CloudTrailRecords(string path) => Message.Of(
        $"it is the output of lookup-events of AWS CloudTrail. EventBridge delivers such a record as the detail of an event with the detail type AWS API Call via CloudTrail; to extract the records, run jq -c '{path} | fromjson'");

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-logs-schema.html.
    public static Message BusLogRecord(string step, bool hasDetail) => hasDetail
        ? Message.Of($"it is a record of the log of an event bus ({step}), not the one that is read as the event. Use the record of the same event with message_type EVENT_INGEST_SUCCESS")
        : Message.Of($"it is a record of the log of an event bus ({step}), not an event, and it does not contain the detail of the event, which EventBridge logs only in some steps and with IncludeDetail FULL. To get events, use the records with message_type EVENT_INGEST_SUCCESS of such a log, an archive, or a rule whose target is a log group");

    public static Message AnswerOfPutEvents() => Message.Of(
        $"it is the response of PutEvents, which contains the IDs of the events and the errors, but not the events. Use the input of put-events; its entries are in the same order");

    public static Message AnswerOf(string holds, string operation) => Message.Of($"it is a list of {holds}, as aws events {operation} returns it, and contains no events");

    public static Message RecordOf(string service) => Message.Of($"it is a record of {service}, which is not an event of EventBridge");

    public static Message SnsConfirmation(string type) => Message.Of($"it is a message of Amazon SNS of type {type}, which contains no event");

    public static Message LogDataDamaged() => Message.Of($"the data of CloudWatch Logs in it cannot be decompressed");

    public static Message ArrayNotClosed() => Message.Of($"the array that contains it is not closed");

    private static string List(IReadOnlyList<string> fields) => string.Join(", ", fields.Take(Listed)) + (fields.Count > Listed ? ", ..." : "");
}
