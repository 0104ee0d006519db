using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>What the sandbox says of what it does not do as ECS, and of scripts for services.</summary>
internal static class EcsMessages
{
    public static Message NoParameter(string name, string operation) => Message.Of($"The sandbox does not support the parameter {name} of {operation}.");

    public static Message NotSupported(string what) => Message.Of($"The sandbox does not support {what} of ECS.");

    public static Message UnknownScriptMember(string name, IEnumerable<string> known) =>
        Message.Of($"The service script is not valid: it has no member {name}. Its members are {string.Join(", ", known)}.");

    public static Message NotANumber(string name) => Message.Of($"The service script is not valid: {name} must be a whole number, 0 or more.");

    public static Message NotAText(string name) => Message.Of($"The service script is not valid: {name} must be a text.");

    public static Message NotAnImage(string image) => Message.Of($"The service script is not valid: {image} is not an image.");
}
