using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Checks;

/// <summary>What the command for checks says.</summary>
internal static class CheckCommandMessages
{
    public static Message Passed() => Message.Of($"All checks passed.");

    public static Message Failed(int count) => Message.Of($"{count:check|checks} failed.");

    public static Message TimeoutOutOfRange(int most) => Message.Of($"{"TimeoutSeconds":param} must be greater than 0 and at most {most} (one day).");
}
