using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Routes;

/// <summary>What is said about the rules and events of a route.</summary>
internal static class ShellRouteMessages
{
    public static Message RuleWithoutEvent() =>
        Message.Of($"The pipeline contains a rule, but there is no event to route. Use {nameof(GetEbRouteCommand.Event):param} or {nameof(GetEbRouteCommand.EventPath):param}.");

    public static Message NotARule(Message fault) => Message.Of($"The object from the pipeline is not a valid rule: {fault:clause}.");
}
