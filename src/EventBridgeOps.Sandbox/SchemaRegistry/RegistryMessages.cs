using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>What the sandbox says of what it does not do as EventBridge Schemas.</summary>
internal static class RegistryMessages
{
    public static Message NotExported(string type) => Message.Of($"The sandbox exports only schemas of the type JSONSchemaDraft4; this one is {type}.");
}
