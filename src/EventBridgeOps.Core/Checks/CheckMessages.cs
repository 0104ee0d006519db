using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Checks;

/// <summary>What is said of checks: their names, results and advice.</summary>
internal static class CheckMessages
{
    public static Message Error(OpsException error) => Message.Of($"{error}");

    public static Message Region() => Message.Of($"Region");

    public static Message Identity() => Message.Of($"identity");

    public static Message CheckCredentials() => Message.Of($"Check the credentials.");

    public static Message Bus(string bus) => Message.Of($"event bus {bus}");

    public static Message CheckBus() => Message.Of($"Check its name, the Region and the account. To list the event buses, run {"bus list":cmd}.");

    public static Message GrantDescribeEventBus() => Message.Of($"Grant events:DescribeEventBus. Without it, events for an event bus that does not exist are lost without an error.");

    public static Message Found() => Message.Of($"found");

    public static Message JobStore() => Message.Of($"job store");

    public static Message OtherJobStore() => Message.Of($"Specify another job store with {"TableName":param} or {"StorePath":param}, or omit this check with {"SkipJobStore":param}.");

    public static Message PutEvents() => Message.Of($"events:PutEvents");

    public static Message GrantPutEvents() => Message.Of(
        $"Grant events:PutEvents on the event bus in a policy of the identity, or in the resource policy of the event bus if it belongs to another account. Conditions on events:source and events:detail-type apply too.");

    public static Message Allowed() => Message.Of($"allowed");

    public static Message AllowedAnyDetail() => Message.Of($"allowed; this service even accepts an entry whose detail is not valid JSON");

    public static Message Rejected(string code, string? words) => Message.Of($"rejected: {code}. {words}");

    public static Message RulesFor(string source, string detailType) => Message.Of($"rules for {source}, {detailType}");

    public static Message GrantListRules() => Message.Of($"Grant events:ListRules.");

    public static Message RulesMatch(int count) => Message.Of($"{count:rule matches|rules match}");

    public static Message NoRuleMatches(int all) => Message.Of($"none of {all:rule|rules} matches");

    public static Message OtherBus(IEnumerable<string> buses) =>
        Message.Of($"Event buses with a rule that matches: {buses}. {RuleMessages.SpecifyBus()}");

    public static Message CreateRule() => Message.Of($"Create a rule whose event pattern matches this event, or correct an event pattern.");

    public static Message Rule(string rule) => Message.Of($"rule {rule}");

    public static Message State(string state) => Message.Of($"{state}");

    public static Message NoState() => Message.Of($"without a state");

    public static Message EnableRule(string rule, string bus) => Message.Of($"To enable the rule, run aws events enable-rule --name {rule} --event-bus-name {bus}.");

    public static Message Targets() => Message.Of($"targets");

    public static Message TargetsOf(string rule) => Message.Of($"targets of {rule}");

    public static Message GrantListTargets() => Message.Of($"Grant events:ListTargetsByRule.");

    public static Message TargetCount(int count) => Message.Of($"{count}");

    public static Message NoTargets() => Message.Of($"the rule has no targets");

    public static Message AddTarget() => Message.Of($"Add a target to the rule.");

    public static Message TestEvent() => Message.Of($"test event");

    public static Message Sent(string? eventId) => Message.Of($"sent as {eventId}");

    public static Message NotSent() => Message.Of($"not sent");

    public static Message NotSentBecause(string reason) => Message.Of($"{reason}");

    public static Message SeePutEvents() => Message.Of($"See the result of the check events:PutEvents.");

    public static Message DetailNotAnObject(Message fault) => Message.Of($"The value of {nameof(EventEntry.Detail):param} is not a valid JSON object: {fault:clause}.");

    public static Message ReservedNotSent(string source) => Message.Of(
        $"{source} is not a valid value for {nameof(EventEntry.Source):param} together with {nameof(ConnectionQuery.Send):param}, because sources that start with aws. are reserved for AWS services. Use one of them.");

    public static Message OnlyServicesSend(string source) => Message.Of($"not checked, because only AWS services can send events with the source {source}");

    public static Message BatchJob() => Message.Of($"Batch job");

    public static Message NoBatchTarget() => Message.Of($"no target would start a Batch job");

    public static Message BatchJobFound(string? id, string? name, string? status) => Message.Of($"{id} ({name}) is {status}");

    public static Message WaitingForBatchJob() => Message.Of($"Waiting for a Batch job");

    public static Message NoBatchJob(TimeSpan waited) => Message.Of($"no Batch job was found within {waited.TotalSeconds:second|seconds}");

    public static Message FindBatchJob() => Message.Of($"Check the dead-letter queues, the FailedInvocations metric of the rules, and whether the roles of the targets allow batch:SubmitJob.");

    public static Message Target(string? id) => Message.Of($"target {id}");

    public static Message DefinitionState(string definition, RevisionState state) => Message.Of($"{definition} is {state}");

    public static Message DefinitionUnresolved(string definition, Message? reason) => Message.Of($"{definition} could not be looked up: {reason}");

    public static Message DefinitionMissing(string definition, Message? reason) => Message.Of($"{definition} is Missing: {reason}");

    public static Message RegisterDefinition() => Message.Of($"Register the job definition again.");

    public static Message DefinitionOutdated(string definition, RevisionState state, int? latest) => Message.Of($"{definition} is {state}; the latest revision is {latest}");

    public static Message RepairTarget(string bus, string rule) =>
        Message.Of($"To repair it, run {"target sync":cmd} {nameof(RuleQuery.EventBusName):param} {bus} {nameof(RuleQuery.RuleName):param} {rule}.");

    public static Message RepairTargetOfDisabledRule(string bus, string rule) =>
        Message.Of($"To repair it, run {"target sync":cmd} {nameof(RuleQuery.EventBusName):param} {bus} {nameof(RuleQuery.RuleName):param} {rule} {nameof(DriftScope.IncludeDisabledRule):param}.");

    public static Message RepairManagedTarget(string service) => Message.Of($"The rule is managed by {service}, so {"target sync":cmd} does not repair it. Correct it where {service} is configured.");

    public static Message JobQueue(string queue) => Message.Of($"job queue {queue}");

    public static Message GrantDescribeJobQueues() => Message.Of($"Grant batch:DescribeJobQueues.");

    public static Message JobQueueNotFound() => Message.Of($"not found");

    public static Message CreateJobQueue() => Message.Of($"Create the job queue, or correct the Arn of the target.");

    public static Message JobQueueState(string state, string status, string? reason) =>
        reason is { Length: > 0 } ? Message.Of($"{state}, {status} ({reason})") : Message.Of($"{state}, {status}");

    public static Message EnableJobQueue(string queue) => Message.Of($"To enable it, run aws batch update-job-queue --job-queue {queue} --state ENABLED.");

    public static Message CheckComputeEnvironments() => Message.Of($"Check its compute environments.");

    public static Message Role(string role) => Message.Of($"role {role}");

    public static Message AnyRole() => Message.Of($"role");

    public static Message NoRole() => Message.Of($"the target has no role, so EventBridge cannot submit jobs");

    public static Message AddRole() => Message.Of($"Add the RoleArn of a role that trusts events.amazonaws.com and allows batch:SubmitJob to the target.");

    public static Message CorrectRole() => Message.Of($"Allow sts:AssumeRole for events.amazonaws.com in the trust policy of the role, and batch:SubmitJob on the job queue and the job definition in its policies.");

    public static Message RoleUnknown(Message reason) => Message.Of($"unknown: {reason}");

    public static Message AnyDeadLetterQueue() => Message.Of($"dead-letter queue");

    public static Message DeadLetterQueue(string queue) => Message.Of($"dead-letter queue {queue}");

    public static Message NoDeadLetterQueue() => Message.Of($"not configured, so events that cannot be delivered are lost");

    public static Message AddDeadLetterQueue() => Message.Of($"Add a DeadLetterConfig with the ARN of an SQS queue to the target.");

    public static Message NotAQueue(string arn) => Message.Of($"{arn} is not the ARN of an SQS queue");

    public static Message CorrectDeadLetterQueue() => Message.Of($"Correct the DeadLetterConfig of the target.");

    public static Message CheckQueue() => Message.Of($"Check that the queue exists, and that sqs:GetQueueUrl and sqs:GetQueueAttributes are allowed.");

    public static Message NoSqs() => Message.Of($"this endpoint does not support Amazon SQS");

    public static Message Empty() => Message.Of($"empty");

    public static Message DeadLetters(long count) => Message.Of($"about {count:message|messages}");

    public static Message ReadDeadLetters() => Message.Of($"Each message is an event that was not delivered. Its attributes ERROR_CODE and ERROR_MESSAGE contain the reason.");

    // In reports.
    public static Message ResultAndAdvice(string result, string advice) => Message.Of($"{result}. {advice}");
}
