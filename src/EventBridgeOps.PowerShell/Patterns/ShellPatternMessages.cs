using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Patterns;

/// <summary>What is said about patterns that come from the shell.</summary>
internal static class ShellPatternMessages
{
    public static Message NotAPattern(Message fault) => Message.Of($"The object is not a valid event pattern: {fault:clause}.");

    public static Message HasNoPattern(string rule) => Message.Of($"Rule {rule} has no event pattern, so no event matches it.");

    public static Message CaseFileAlone() => Message.Of(
        $"{nameof(TestEbPatternCommand.CaseFile):param} provides its own patterns and events, so it cannot be combined with other patterns or events, {nameof(TestEbPatternCommand.Lint):param} or {nameof(TestEbPatternCommand.Explain):param}.");

    public static Message LintAlone() => Message.Of(
        $"{nameof(TestEbPatternCommand.Lint):param} checks patterns only, so it cannot be combined with events or {nameof(TestEbPatternCommand.Explain):param}.");
}
