using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Rules;

/// <summary>What is said about objects that should name rules.</summary>
internal static class ShellRuleMessages
{
    public static Message NamesNothing(string item) => Message.Of($"'{item}' does not name a rule or an event bus. An object from the pipeline needs a property EventBusName, RuleName or Name.");
}
