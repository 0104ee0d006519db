using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Sessions;

/// <summary>What is asked and said when a session is opened.</summary>
internal static class SessionCommandMessages
{
    public static Message MfaCode(string device) => Message.Of($"Enter the code of the MFA device {device}: ");
}
