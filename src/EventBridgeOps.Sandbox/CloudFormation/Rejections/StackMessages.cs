using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.CloudFormation.Rejections;

/// <summary>What the sandbox says of stacks in its own words.</summary>
internal static class StackMessages
{
    public static Message NotSupported(string what) => Message.Of($"The sandbox does not support {what}.");

    public static Message NotSimulated(string type) => Message.Of($"The sandbox does not simulate {type}.");

    public static Message TooManyResources(int most) => Message.Of($"Number of resources is greater than maximum allowed, {most}");

    public static Message Transform() => Message.Of($"transforms and macros: package the template first, and use the template that the transform made of it");

    public static Message Rules() => Message.Of($"the Rules section of a template");

    public static Message Function(string name) => Message.Of($"the function {name}");

    public static Message Property(string name, string type) => Message.Of($"The sandbox does not support the property {name} of {type}.");

    public static Message Value(string name, string type) => Message.Of($"The sandbox does not support this value of the property {name} of {type}.");
}
