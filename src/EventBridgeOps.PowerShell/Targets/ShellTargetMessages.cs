using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Rules;

namespace EventBridgeOps.PowerShell.Targets;

/// <summary>What is said about objects that should name targets.</summary>
internal static class ShellTargetMessages
{
    public static Message IsAnEventBus(string item, string bus) => Message.Of(
        $"'{item}' is an event bus, but {"target sync":cmd} accepts only rules and targets from the pipeline. To sync all targets on the bus, use {nameof(RuleQueryCmdlet.EventBusName):param} {bus}. To list them first, run {"target list":cmd} {nameof(RuleQueryCmdlet.EventBusName):param} {bus}.");

    public static Message RuleUnknown(string item) => Message.Of(
        $"'{item}' does not name its rule (the objects of Get-EVBTargetsByRule, for example, do not). Set {nameof(RuleQueryCmdlet.RuleName):param}, and {nameof(RuleQueryCmdlet.EventBusName):param} if the rule is not on the default event bus.");

    public static Message OneNameEach(string item) => Message.Of(
        $"For an object from the pipeline, here '{item}', {nameof(RuleQueryCmdlet.EventBusName):param}, {nameof(RuleQueryCmdlet.RuleName):param} and {nameof(SyncEbBatchTargetCommand.TargetId):param} each accept one name without wildcards. To sync all targets that match the names, do not use the pipeline.");
}
