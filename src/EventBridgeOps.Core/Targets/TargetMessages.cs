using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Targets;

/// <summary>Messages about the state of targets. Reasons are clauses: they are part of a sentence.</summary>
internal static class TargetMessages
{
    public static Message ReadingTargets() => Message.Of($"Reading targets");

    public static Message Narrowed(string bus, int rules, int all, int queues) =>
        Message.Of($"Event bus {bus}: only the targets of {rules} of {all:rule|rules} are listed, because only these rules have a job queue as a target ({queues:job queue|job queues} checked). To list the targets of all rules, use {nameof(TargetQuery.Thorough):param}.");

    public static Message NotNarrowed(string bus, OpsException error) => Message.Of($"Event bus {bus}: the targets of all rules are listed, because the rules of the job queues could not be looked up: {error}");

    public static Message NotAReference(string jobDefinition, Message? fault) => Message.Of($"'{jobDefinition}' is not a valid job definition reference: {fault}");

    public static Message OtherAccount(string account) => Message.Of($"the job definition belongs to account {account}");

    public static Message OtherRegion(string region) => Message.Of($"the job definition is in Region {region}");

    public static Message LookupFailed(OpsException error) => Message.Of($"{error:clause}");

    public static Message AllDeregistered(string name) => Message.Of($"all revisions of {name} are deregistered");

    public static Message NoDefinition(string name) => Message.Of($"job definition {name} was not found");

    public static Message Deregistered(int revision) => Message.Of($"revision {revision} is deregistered");

    public static Message NotActive(int revision, int latest) => Message.Of($"revision {revision} is not ACTIVE; the latest ACTIVE revision is {latest}");

    public static Message ManagedBy(string service) => Message.Of($"the rule is managed by {service}");

    public static Message RuleDisabled() => Message.Of($"the rule is disabled");

    public static Message NoTargets(IEnumerable<string> buses) => Message.Of($"There are no Batch targets on event bus {buses} in this Region.");

    public static Message NoTargetsAnywhere() => Message.Of($"There are no Batch targets in this Region.");

    public static Message NothingFound(IEnumerable<string> targets, IEnumerable<string> definitions, IEnumerable<string> rules, IEnumerable<string> buses) =>
        Message.Of($"No Batch targets were found. Targets looked for: {targets}. Job definitions: {definitions}. Rules: {rules}. Event buses: {buses}.");

    public static Message InStates(Message nothing, IEnumerable<string> states) => Message.Of($"{nothing} States: {states}.");

    public static Message OtherJobQueue(TargetRevision target, IEnumerable<string> expected) => Message.Of(
        $"Target {target} uses the job queue {target.JobQueueArn}. Expected: {expected} ({nameof(TargetQuery.ExpectedJobQueue):param} or JOB_QUEUE_ARN). The job queue is not changed.");

    public static Message OtherRole(TargetRevision target, IEnumerable<string> expected) => Message.Of(
        $"Target {target} has the role {target.RoleArn}. Expected: {expected} ({nameof(TargetQuery.ExpectedRole):param} or EVENTBRIDGE_ROLE_ARN). The role is not changed.");

    public static Message NotAState(string word, IEnumerable<string> states) => Message.Of($"'{word}' is not a state of a target. Valid values of {nameof(DriftScope.State):param}: {states}.");

    // In reports.
    public static Message DefinitionAndLatest(string definition, int latest) => Message.Of($"{definition}, latest {latest}");

    public static Message Behind(bool isEnabled) =>
        isEnabled ? Message.Of($"Jobs run an old revision.") : Message.Of($"The rule is disabled. If it were enabled, jobs would run an old revision.");

    public static Message Failing(bool isEnabled, string reason) =>
        isEnabled ? Message.Of($"Every delivery fails: {reason:clause}.") : Message.Of($"The rule is disabled. If it were enabled, every delivery would fail: {reason:clause}.");

    public static Message Repair(Message fault) => Message.Of($"{fault} To repair the target, run {"target sync":cmd}.");

    public static Message RepairDisabled(Message fault) => Message.Of($"{fault} To repair the target, run {"target sync":cmd} {nameof(DriftScope.IncludeDisabledRule):param}.");

    public static Message RepairManaged(Message fault, string service) => Message.Of($"{fault} The rule is managed by {service}, so {"target sync":cmd} does not repair it. Correct it where {service} is configured.");

    public static Message Excluded(string exclusion) => Message.Of($"Not counted as drift, because {exclusion:clause}.");

    public static Message RevisionDeregistered() => Message.Of($"the revision is deregistered");

    public static Message RegisterAgain(Message fault) => Message.Of($"{fault} Register the job definition again.");

    public static Message NoneActive() => Message.Of($"no revision is ACTIVE");
}
