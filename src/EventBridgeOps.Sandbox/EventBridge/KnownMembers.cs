using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>Refuses what a request has besides the members that the sandbox knows, for it would be ignored.</summary>
internal static class KnownMembers
{
    public static void Check(Operation operation, params string[] known) => Check(operation.Input, operation.Call.Operation, known);

    public static void Check(RawDocument document, string place, params string[] known)
    {
        if (document.Without(known).Members is { Count: > 0 } unknown)
            throw AwsError.Validation(EventBridgeMessages.UnknownMember(unknown[0].Key, place).ToString());
    }
}
