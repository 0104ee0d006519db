using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Patterns;

/// <summary>What the commands for event patterns say.</summary>
internal static class PatternCommandMessages
{
    public static Message SecondsOutOfRange(double seconds, double most) => Message.Of($"{"Seconds":param} must be greater than 0 and at most {most}, but it is {seconds}.");
}
