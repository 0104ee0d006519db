using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.EventSchemas;

/// <summary>What is said of schema files, and of events that are checked with them.</summary>
internal static class EventSchemaMessages
{
    public static Message TwoVersions() => Message.Of($"There is nothing to compare. Specify at least two versions of a schema: the older ones, the latest of them first, and then the new one.");

    public static Message OneSchema() => Message.Of($"Events are checked with one schema. Specify one.");

    public static Message Compatible(string name, int versions) => Message.Of($"{name} is compatible with {versions:the version|the versions} before it.");

    public static Message Incompatible(string name, int differences) => Message.Of($"{name} is not compatible: {differences:difference breaks|differences break} what uses the other version. Each example is an event that one version allows and the other refuses.");

    public static Message Undecided(string name) => Message.Of($"It can't be decided whether {name} is compatible. The strict policy takes that for no; under the lenient one, look at the differences that are Unknown.");

    public static Message DetailMissing(string origin) => Message.Of($"{origin} has no detail that is a JSON object.");

    public static Message Valid() => Message.Of($"valid");

    public static Message NotEntries() => Message.Of($"No event was read, so that there is nothing to infer a schema from.");

    public static Message SeveralTypes(IEnumerable<string> types) => Message.Of(
        $"The events are of several types: {types}. A schema describes one. Select it with {"DetailType":param}, or with {"Source":param} if the sources differ.");
}
