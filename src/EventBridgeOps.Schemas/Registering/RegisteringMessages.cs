using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Schemas.Registering;

/// <summary>What is said of a schema that becomes draft 4.</summary>
internal static class RegisteringMessages
{
    public static Message NoEqual(string keyword) => Message.Of($"JSON Schema draft 4, which the schema registry takes, has no equal for \"{keyword}\", so it is left out of the registered schema.");

    public static Message NoFormat(string format) => Message.Of($"JSON Schema draft 4, which the schema registry takes, does not define the format {format}, so it may not be checked by those who use the registered schema.");

    public static Message PartlyLeftOut(string keyword) => Message.Of($"JSON Schema draft 4, which the schema registry takes, can say only a part of \"{keyword}\". The registered schema accepts more.");

    public static Message LeftOutBecauseOfPart(string keyword) => Message.Of($"\"{keyword}\" is left out of the registered schema, because a part of it has no equal in JSON Schema draft 4, which the schema registry takes, and without that part it would refuse valid events.");

    public static Message AnyInsteadOfOne() => Message.Of($"The registered schema has \"anyOf\" instead of \"oneOf\", because a part of it has no equal in JSON Schema draft 4, which the schema registry takes. That more than one alternative matches is not refused.");
}
