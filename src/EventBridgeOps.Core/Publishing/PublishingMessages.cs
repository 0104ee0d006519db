using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Publishing;

/// <summary>What is said while events are sent.</summary>
internal static class PublishingMessages
{
    public static Message SendingEvents() => Message.Of($"Sending events");

    public static Message EventBus(string bus) => Message.Of($"event bus {bus}");

    /// <summary>An operation, not a sentence.</summary>
    public static Message Send(string source, string detailType, string? id, DetailPreview detail) => id is null
        ? Message.Of($"Send event {source}, {detailType} (no ID) with the detail {detail}")
        : Message.Of($"Send event {source}, {detailType} ({id}) with the detail {detail}");

    public static Message NotSent(string? origin, string? id, string source, string detailType, string bus, string? reason) => (origin, id) switch
    {
        (null, null) => Message.Of($"The event ({source}, {detailType}; event bus {bus}) was not sent: {reason}"),
        (null, _) => Message.Of($"Event {id} ({source}, {detailType}; event bus {bus}) was not sent: {reason}"),
        (_, null) => Message.Of($"{origin}: The event ({source}, {detailType}; event bus {bus}) was not sent: {reason}"),
        _ => Message.Of($"{origin}: Event {id} ({source}, {detailType}; event bus {bus}) was not sent: {reason}"),
    };

    public static Message SameFault(string first, int count, IReadOnlyList<string> places, bool more) => more
        ? Message.Of($"The same error as in {first} occurred {count:more time|more times} ({places}, ...).")
        : Message.Of($"The same error as in {first} occurred {count:more time|more times} ({places}).");

    public static Message NoEntries(string name) => Message.Of($"No entries were found in {name}.");

    public static Message Rejected(string? code, string? words) =>
        code is null && words is not { Length: > 0 } ? Message.Of($"EventBridge returned no event ID")
        : code is null ? Message.Of($"EventBridge returned no event ID: {words}")
        : words is not { Length: > 0 } ? Message.Of($"EventBridge returned {code}")
        : Message.Of($"EventBridge returned {code}: {words}");

    public static Message BusMissing(string bus) => Message.Of(
        $"Event bus {bus} does not exist in this account and Region. EventBridge accepts events for it and drops them. To list the event buses, run {"bus list":cmd}.");

    public static Message BusElsewhere(string bus) => Message.Of($"Event bus {bus} belongs to another account or Region, so its existence was not checked.");

    public static Message BusNotLookedUp(string bus, OpsException error) => Message.Of(
        $"The existence of event bus {bus} could not be checked: {error:clause}. Events are sent anyway; if the event bus does not exist, EventBridge drops them without an error. To check it, grant events:DescribeEventBus.");

    public static Message OtherBus(string detailType, IEnumerable<string> buses) => Message.Of(
        $"No event bus is specified, and no rule on the default event bus matches {detailType}. Event buses with a rule that matches: {buses}. {RuleMessages.SpecifyBus()}");

    public static Message OtherBusesNotLookedUp(OpsException error) => Message.Of(
        $"No event bus is specified, so events are sent to the default event bus. Whether a rule there matches them could not be checked: {error:clause}.");

    public static Message Sent() => Message.Of($"sent");

    public static Message WouldBeSent() => Message.Of($"would be sent");

    public static Message Skipped() => Message.Of($"skipped");

    public static Message NotAnEntry(string? origin, Message fault) => origin is null
        ? Message.Of($"The input is not a valid entry of PutEvents: {fault}")
        : Message.Of($"{origin} is not a valid entry of PutEvents: {fault:clause}.");

    public static Message RequestField(string field) => Message.Of(
        $"its field {field} is not supported, so its entries were not sent. Remove the field to send them to the event buses that they name");

    public static Message WithForms(Message fault) => Message.Of(
        $"{fault:clause}. Entries are expected as JSON lines, as a JSON array, as {{\"Entries\": [...]}}, or as CSV with the columns Source and DetailType");

    // The JSON library's own message quotes the text.
    public static Message NotJson(long? line, long? column) => Message.Of($"it is not valid JSON: error at line {line}, byte {column}.");

    public static Message NotUnicode() => Message.Of($"it has text that is not valid Unicode.");

    public static Message NotAnObject(JsonValueKind found) => found switch
    {
        JsonValueKind.Array => Message.Of($"it is an array, not an object."),
        JsonValueKind.String => Message.Of($"it is a string, not an object."),
        JsonValueKind.Number => Message.Of($"it is a number, not an object."),
        JsonValueKind.Null => Message.Of($"it is null, not an object."),
        _ => Message.Of($"it is true or false, not an object."),
    };

    public static Message ResourceNotAString() => Message.Of($"Resources has a value that is not a string.");

    public static Message EventNotEntry(string field) =>
        Message.Of($"it has {field}, so it is an event, as matched by rules. An entry, which is what is sent, has the fields Source, DetailType and Detail.");

    public static Message ResourcesNotAList() => Message.Of($"Resources is not a list.");

    public static Message UnknownField(string field) =>
        Message.Of($"{field} is not a field of an entry. The fields are Source, DetailType, Detail, EventBusName, Time, Resources and TraceHeader.");

    public static Message NotAString(string field) => Message.Of($"{field} is not a string.");

    public static Message DetailNotAnObject() => Message.Of($"Detail is neither an object nor a string.");

    public static Message InvalidTime() => Message.Of($"Time is neither an ISO 8601 time nor a number of seconds since 1970.");

    public static Message FieldMissing(string field) => Message.Of($"{field} is missing.");

    // Faults of events that are sent again; clauses.
    public static Message DetailOfEvent() => Message.Of($"its detail is missing, or is not an object");

    public static Message TextOfEvent(string field) => Message.Of($"its {field} is missing, or is not a string");

    public static Message TimeOfEvent(string time) => Message.Of($"its time {time} is not in ISO 8601 format");

    public static Message ResourcesOfEvent() => Message.Of($"its resources are not a list of strings");
}
