using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Sync;

/// <summary>Messages about the repair of targets.</summary>
internal static class SyncMessages
{
    public static Message WritingTargets() => Message.Of($"Writing targets");

    // Operations: each starts with its verb, and is not a sentence.
    public static Message Update(string target, string rule, Message step) => Message.Of($"Update target {target} of rule {rule} {step}");

    public static Message Restore(string target, string rule, Message step) => Message.Of($"Restore target {target} of rule {rule} {step}");

    public static Message UpdateToNew(string target, string rule, string from) => Message.Of($"Update target {target} of rule {rule} from {from} to the new revision");

    /// <summary>From one job definition reference to another.</summary>
    public static Message Step(string? from, string? to)
    {
        if (!JobDefinitionReference.TryParse(from, out JobDefinitionReference? before, out _) || !JobDefinitionReference.TryParse(to, out JobDefinitionReference? after, out _) || before.Name != after.Name)
            return Message.Of($"from {JobDefinitionText.Short(from ?? "-")} to {JobDefinitionText.Short(to ?? "-")}");
        return (before.Revision, after.Revision) switch
        {
            ({ } old, { } next) => Message.Of($"from revision {old} to {next} of {before.Name}"),
            ({ } old, null) => Message.Of($"from revision {old} of {before.Name} to the reference without a revision"),
            (null, { } next) => Message.Of($"from the reference without a revision to revision {next} of {before.Name}"),
            _ => Message.Of($"from {from} to {to}"), // of another account or Region
        };
    }

    public static Message FloatAndRevision() => Message.Of($"{nameof(SyncOptions.Float):param} cannot be combined with {nameof(SyncOptions.ToRevision):param}: a floating reference has no revision. Use one of them.");

    public static Message ResumeAndPlan() => Message.Of($"{nameof(SyncOptions.ResumeDeadLetter):param} cannot be combined with {nameof(SyncOptions.PlanPath):param}, because no target is repaired. Use one of them.");

    public static Message FailOnDriftAlone() =>
        Message.Of($"{nameof(SyncOptions.FailOnDrift):param} requires {nameof(SyncOptions.WhatIf):param}. Without {nameof(SyncOptions.WhatIf):param}, targets that have drifted are repaired.");

    public static Message ManagedRule(string rule, string bus, string service, int count) =>
        Message.Of($"Rule {rule} on event bus {bus} is managed by {service}, so {count:Batch target was|Batch targets were} not changed.");

    public static Message RuleGone(string rule, string bus) => Message.Of($"Rule {rule} no longer exists on event bus {bus}. Nothing was changed.");

    public static Message TargetGone(string target, string rule, string bus) => Changed(target, rule, bus, Message.Of($"it no longer exists"));

    public static Message OtherKind(string target, string rule, string bus) => Changed(target, rule, bus, Message.Of($"it is no longer a Batch target"));

    public static Message Modified(string target, string rule, string bus) => Changed(target, rule, bus, Message.Of($"it was modified after the plan was made"));

    public static Message OtherDefinition(string target, string rule, string bus, string from, string expected) => Changed(target, rule, bus, Message.Of($"it now names {from} instead of {expected}"));

    public static Message DocumentNotJson(string target, string rule, string bus, Message fault) =>
        Message.Of($"The document given for target {target} of rule {rule} (event bus {bus}) is not valid JSON: {fault:clause}. Pass the output of {"target list":cmd} unchanged, or omit the document.");

    public static Message TargetNotFound(string target, string rule, string bus) =>
        Message.Of($"Rule {rule} on event bus {bus} has no target {target}. To list the targets of the rule, run {"rule list":cmd}.");

    public static Message NotBatchTarget(string target, string rule, string bus) =>
        Message.Of($"Target {target} of rule {rule} (event bus {bus}) is not a Batch target: it has no BatchParameters.JobDefinition.");

    public static Message Unresolved(string target, string rule, string bus, string? from, Message? reason) =>
        Message.Of($"Target {target} of rule {rule} (event bus {bus}) was not changed, because its job definition {from} could not be looked up: {reason:clause}.");

    public static Message DefinitionMissing(string target, string rule, string bus, Message? reason) =>
        Message.Of($"Target {target} of rule {rule} (event bus {bus}) cannot be repaired: {reason:clause}. Register the job definition again, and then retry.");

    public static Message RevisionNotActive(string target, string rule, string bus, int revision, string definition, IEnumerable<int> active) =>
        Message.Of($"Target {target} of rule {rule} (event bus {bus}) cannot be pinned to revision {revision} of {definition}, which is not ACTIVE. ACTIVE revisions: {active}.");

    public static Message NotVerified(string target, string rule, string bus, TimeSpan waited) =>
        Message.Of($"EventBridge accepted the update of target {target} of rule {rule} (event bus {bus}), but it could not be verified within {waited.TotalSeconds:second|seconds}. Check the target with {"target list":cmd}. To restore the previous target, run {"change undo":cmd}.");

    public static Message NotReadBack(string target, string rule, string bus, OpsException cause) =>
        Message.Of($"EventBridge accepted the update of target {target} of rule {rule} (event bus {bus}), but it could not be verified: {cause} Check the target with {"target list":cmd}. To restore the previous target, run {"change undo":cmd}.");

    public static Message Refused(string bus, string rule, FailedTargetEntry entry) =>
        Message.Of($"EventBridge rejected target {entry.TargetId} of rule {rule} (event bus {bus}): {entry.ErrorCode}: {entry.ErrorMessage}");

    public static Message RuleDisabled() => Message.Of($"the rule is disabled (use {nameof(SyncOptions.IncludeDisabledRule):param} to include it)");

    public static Message Floats() => Message.Of($"the reference has no revision, so Batch uses the latest ACTIVE one");

    public static Message FloatsAndStays() => Message.Of($"the reference has no revision (use {nameof(SyncOptions.Force):param} to pin it)");

    public static Message WillWrite(string target, string? from, string? to) => Message.Of($"{target} names {from}, which is not the latest revision. It will be updated to {to}.");

    public static Message WillWriteBecause(string target, string? from, string? to, string reason) => Message.Of($"{target} names {from} ({reason}). It will be updated to {to}.");

    public static Message NewTarget() => Message.Of($"the target did not exist before the change; remove it manually if it is not needed");

    public static Message Unchanged(string target, string? from) => Message.Of($"{target} is not changed, because it already names {from}.");

    public static Message UnchangedBecause(string target, string reason) => Message.Of($"{target} is not changed: {reason:clause}.");

    private static Message Changed(string target, string rule, string bus, Message how, [CallerMemberName] string member = "") =>
        Message.Of($"Target {target} of rule {rule} (event bus {bus}) was not updated: {how}. Run {"target list":cmd} again and retry, or use {nameof(SyncOptions.Force):param}.", member);

    public static Message IsAnEventBus(string item, string bus) => Message.Of(
        $"'{item}' is an event bus, but {"target sync":cmd} accepts only rules and targets from the pipeline. To sync all targets on the bus, use {nameof(RuleQuery.EventBusName):param} {bus}. To list them first, run {"target list":cmd} {nameof(RuleQuery.EventBusName):param} {bus}.");

    public static Message RuleUnknown(string item) => Message.Of(
        $"'{item}' does not name its rule (a target as returned by ListTargetsByRule, for example, does not). Set {nameof(RuleQuery.RuleName):param}, and {nameof(RuleQuery.EventBusName):param} if the rule is not on the default event bus.");

    public static Message OneNameEach(string item) => Message.Of(
        $"For an object from the pipeline, here '{item}', {nameof(RuleQuery.EventBusName):param}, {nameof(RuleQuery.RuleName):param} and {nameof(TargetQuery.TargetId):param} each accept one name without wildcards. To sync all targets that match the names, do not use the pipeline.");
}
