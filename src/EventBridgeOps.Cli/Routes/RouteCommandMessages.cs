using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Routes;

/// <summary>What the command for routes says.</summary>
internal static class RouteCommandMessages
{
    public static Message NoMatch() => Message.Of($"No rules match.");
}
