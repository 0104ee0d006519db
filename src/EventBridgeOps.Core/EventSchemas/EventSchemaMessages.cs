using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Comparing;

namespace EventBridgeOps.EventSchemas;

/// <summary>What is said of schema files, and of events that are checked with them.</summary>
internal static class EventSchemaMessages
{
    public static Message TwoVersions() => Message.Of($"There is nothing to compare. Specify at least two versions of a schema: the older ones, the latest of them first, and then the new one.");

    public static Message OneSchema() => Message.Of($"Events are checked with one schema. Specify one.");

    public static Message DetailAndEvents() => Message.Of($"{"Detail":param} cannot be combined with {"Event":param} or {"EventPath":param}. Check the detail and the events one after the other.");

    public static Message Compatible(string name, int versions) => versions == 1
        ? Message.Of($"{name} is compatible with the version before it.")
        : Message.Of($"{name} is compatible with the {versions} versions before it.");

    public static Message Incompatible(string name, int differences) => Message.Of($"{name} is not compatible: {differences:difference breaks|differences break} what uses the other version. Each example is an event that one version allows and the other refuses.");

    public static Message Undecided(string name) => Message.Of($"It can't be decided whether {name} is compatible. The strict policy takes that for no; under the lenient one, look at the differences that are Unknown.");

    public static Message DetailMissing(string origin) => Message.Of($"{origin} has no detail that is a JSON object.");

    public static Message OrDetailAlone(Message reason) => Message.Of($"{reason} {DetailAlone()}");

    private static Message DetailAlone() => Message.Of($"To check a detail by itself, use {"Detail":param}.");

    public static Message DetailNotJson(string origin, Message reason) => Message.Of($"{origin} is not valid JSON: {reason:clause}.");

    public static Message DetailNotAnObject(string origin) => Message.Of($"{origin} is not a JSON object. Specify the detail of an event.");

    public static Message OtherEvent(EventDetail read, string? source, string? detailType) => Message.Of(
        $"The event is of another type: it is {Type(read.Source, read.DetailType)}, but the schema describes {Type(source, detailType)}.");

    public static Message ValidItem(string item) => Message.Of($"{item}: valid");

    public static Message InvalidItem(string item, string? rule) => rule is null ? Message.Of($"{item}: not valid") : Message.Of($"{item}: not valid ({rule})");

    public static Message NoKeyword(string path) => Message.Of($"{path} has no keyword of JSON Schema, so that every event is valid. Is it an event or a pattern?");

    public static Message Misspelled(string path, UnknownKeyword keyword) => Message.Of($"{path}#{keyword.Pointer}: '{keyword.Keyword}' is not a keyword of JSON Schema, so it has no effect. Did you mean '{keyword.Meant}'?");

    public static Message Change(string effect, bool isProducer, string place, string other) => isProducer
        ? Message.Of($"{effect} for producers of {other}: {place}")
        : Message.Of($"{effect} for consumers of {other}: {place}");

    public static Message Example(string example) => Message.Of($"Example: {ExampleText.Short(example)}");

    public static Message Valid() => Message.Of($"valid");

    public static Message Type(string? source, string? detailType) => (source, detailType) switch
    {
        (null, null) => Message.Of($"an event without a source and a detail type"),
        (null, _) => Message.Of($"{detailType}"),
        (_, null) => Message.Of($"an event from {source}"),
        _ => Message.Of($"{detailType} from {source}"),
    };

    public static Message NoneSelected(IEnumerable<string> types) => Message.Of(
        $"No event was selected, so there is nothing to infer a schema from. Events that were read: {types}.");

    public static Message SeveralTypes(IEnumerable<string> types) => Message.Of(
        $"The events are of several types: {types}. A schema describes one. Select it with {"DetailType":param}, or with {"Source":param} if the sources differ.");
}
