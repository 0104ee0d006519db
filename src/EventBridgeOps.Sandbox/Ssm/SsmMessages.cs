using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>What the sandbox says of what it does not do as Parameter Store.</summary>
internal static class SsmMessages
{
    public static Message NoParameter(string name, string operation) => Message.Of($"The sandbox does not support the parameter {name} of {operation}.");

    public static Message NoLabels(string reference) => Message.Of($"The sandbox does not support labels of parameters: {reference} names one. Name a version by its number instead.");

    public static Message NoDataType(string type) => Message.Of($"The sandbox does not support the data type {type} of parameters, only text.");

    public static Message NoResource(string type) => Message.Of($"The sandbox does not support resources of the type {type}, only Parameter.");

    public static Message NoFilter(string key, string option) => Message.Of($"The sandbox does not support the filter {key} with the option {option}.");
}
