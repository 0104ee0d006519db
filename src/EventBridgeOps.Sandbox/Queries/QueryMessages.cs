using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Queries;

/// <summary>What the sandbox says of forms that it cannot read.</summary>
internal static class QueryMessages
{
    public static Message NotANumber(string parameter, string value) => Message.Of($"The value '{value}' of the parameter {parameter} is not a number.");

    public static Message NotAFlag(string parameter, string value) => Message.Of($"The value '{value}' of the parameter {parameter} is not true or false.");

    public static Message UnknownParameter(string parameter) => Message.Of($"The sandbox does not know the parameter {parameter} of this operation.");

    public static Message TooDeep() => Message.Of($"The name of a parameter has too many parts.");

    public static Message TooMany() => Message.Of($"The request has too many parameters.");
}
