using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Routes;

/// <summary>The reasons of deliveries. They are clauses: several may stand one after the other.</summary>
internal static class RouteMessages
{
    private const string LogEvent = """{"timestamp":"...","message":"..."}""";

    public static Message NoRule(IEnumerable<string> buses) => Message.Of($"No rules match: no rule with an event pattern was found on the event buses that were looked at ({buses}).");

    public static Message NoValidRule(int skipped) => Message.Of($"No rules match: no rule was looked at, because {skipped:rule was|rules were} skipped.");

    public static Message NoBus() => Message.Of($"No rules match: no rule was found.");

    public static Message NoMatch(int rules) => Message.Of($"No rules match. {rules:rule was|rules were} looked at.");

    public static Message Nearest(int rules, string rule, Message difference) =>
        Message.Of($"No rules match. {rules:rule was|rules were} looked at. The nearest is {rule}: {difference} To see all differences, run {"pattern explain":cmd}.");

    public static Message Differs(string path, IEnumerable<string> found, IEnumerable<string> expected) => Message.Of($"{path} is {found}, but must be one of: {expected}.");

    public static Message Absent(string path, IEnumerable<string> expected) => Message.Of($"{path} is missing, but must be one of: {expected}.");

    public static Message Conflict(string conflict) => Message.Of($"{conflict:clause}.");

    public static Message NotUnicode() => Message.Of($"a key or a string in it is not valid Unicode");

    public static Message TargetsUnknown() => Message.Of($"the rule was specified without its targets; to include them, use the output of {"rule list":cmd}");

    public static Message NoTargets() => Message.Of($"the rule has no targets");

    public static Message RuleDisabled() => Message.Of($"the rule is disabled");

    public static Message MatchUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule matches depends on {symbols}");

    public static Message RuleUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule is created depends on {symbols}");

    public static Message TargetExistenceUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule has the target depends on {symbols}");

    public static Message StateUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule is enabled depends on {symbols}");

    public static Message BusUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule is on the event bus depends on {symbols}");

    public static Message OwnerUnknown(IEnumerable<string> symbols) => Message.Of($"whether the target belongs to the rule depends on {symbols}");

    public static Message TargetUnknown(IEnumerable<string> symbols) => Message.Of($"the target depends on {symbols}");

    public static Message InputUnknown(IEnumerable<string> symbols) => Message.Of($"the input depends on {symbols}");

    public static Message IngestionTime() => Message.Of($"the ingestion time in the input is the time of the event, because when EventBridge received it is not known");

    public static Message JobDefinitionUnknown(IEnumerable<string> symbols) => Message.Of($"the job definition depends on {symbols}");

    public static Message RevisionRegistered() => Message.Of($"the job definition revision is registered together with the rule");

    public static Message NotLookedUp() => Message.Of($"the job definition was not looked up in AWS Batch");

    public static Message NotLookedUpWithoutCredentials() => Message.Of($"the job definition was not looked up in AWS Batch, because there are no AWS credentials or no Region");

    public static Message LookupFailed(OpsException error) => Message.Of($"the job definition was not looked up in AWS Batch: {error:clause}");

    public static Message NotLookedUpElsewhere(string owner, string account) =>
        Message.Of($"the job definition was not looked up in AWS Batch, because it belongs to account {owner} and the credentials are for account {account}");

    public static Message InAccount(Message reason, string account) => Message.Of($"{reason} in account {account}");

    public static Message TargetDoubtful(string rule, string target, string reason) => Message.Of($"Rule {rule}, target {target}: {reason}.");

    public static Message RuleDoubtful(string rule, Message reason) => Message.Of($"Rule {rule}: {reason}.");

    public static Message TooManyTargets(int count, int most) => Message.Of($"it has {count} targets, but at most {most} are allowed unless the quota of the account was increased");

    public static Message SameIds(IEnumerable<string> ids) => Message.Of($"the Id of a target must be unique in its rule, and several targets have {ids}");

    public static Message ReadOnlyOmitted() =>
        Message.Of($"it does not match read-only management events that AWS CloudTrail delivers; only rules in the state {RuleStates.EnabledWithAll} do");

    public static Message ReadOnlyUnknown() =>
        Message.Of($"an enabled rule does not match read-only management events that AWS CloudTrail delivers, and the event does not state whether it is one (managementEvent)");

    public static Message ArnMissing() => Message.Of($"the target has no Arn");

    public static Message NotAnArn(string arn) => Message.Of($"EventBridge rejects the Arn of the target: {arn} is not an ARN");

    public static Message NotAnArnBut(string arn, string expression) => Message.Of($"EventBridge rejects the Arn of the target: {arn} is not an ARN; the ARN is {expression}");

    public static Message RoleMissing(string type) => Message.Of($"{type} as a target requires a RoleArn");

    public static Message NotOfType(string type, string resource) => Message.Of($"the target must be {type}, and {resource} is not");

    public static Message NotListed(string arn) =>
        Message.Of($"{arn} is not of a type in the list of targets of the EventBridge User Guide, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html");

    public static Message ParametersMissing(string type, string parameters) => Message.Of($"{type} as a target requires {parameters}");

    public static Message MemberMissing(string parameters, string member) => Message.Of($"{parameters} requires {member}");

    public static Message ParametersOfOtherType(string parameters, string type) => Message.Of($"{parameters} does not apply to {type}");

    public static Message GroupMissing() => Message.Of($"a FIFO queue as a target requires SqsParameters with a MessageGroupId");

    public static Message FifoTopic() => Message.Of($"a FIFO topic requires a message group ID, and a target that is a topic has no parameter for it");

    public static Message DeadLettersNotAQueue(string arn) => Message.Of($"the dead-letter queue must be the ARN of an Amazon SQS queue, and {arn} is not");

    public static Message DeadLettersFifo(string queue) => Message.Of($"the dead-letter queue must be a standard queue, and {queue} is a FIFO queue");

    public static Message DeadLettersElsewhere(string region) => Message.Of($"the dead-letter queue must be in the Region of the rule, and it is in {region}");

    public static Message NetworkMissing() => Message.Of($"EcsParameters requires a NetworkConfiguration for the launch type FARGATE");

    public static Message LaunchTypeAndStrategy() => Message.Of($"EcsParameters must not have both LaunchType and CapacityProviderStrategy");

    public static Message OutOfRange(string field, long value, long least, long most) => Message.Of($"{field} is {value}, but must be from {least} to {most}");

    public static Message NotALogEvent() =>
        Message.Of($"CloudWatch Logs accepts only the event itself, or an InputTransformer whose output has the form {LogEvent}");

    public static Message OtherRegion(string type, string region) => Message.Of($"{type} as a target must be in the Region of the rule, and it is in {region}");

    public static Message OtherAccount(string type, string account) => Message.Of($"{type} as a target must be in the account of the rule, and it is in {account}");

    public static Message BusInput() => Message.Of($"an event bus receives the event itself, and input settings do not apply to it");

    public static Message RulesUnknown(string bus) => Message.Of($"the rules of event bus {bus} are unknown");

    public static Message Loop(string bus) => Message.Of($"a loop: the event was already on event bus {bus}, and EventBridge forwards an event to another event bus only once");

    public static Message SecondHop() => Message.Of($"EventBridge forwards an event to another event bus only once, and this event came from another event bus");

    public static Message PlaceUnknown(string bus) => Message.Of($"whether event bus {bus} is in the same account and Region as the rule is not known");

    public static Message RuleElsewhere(string region, string here) =>
        Message.Of($"the rule is in Region {region} and the event in {here}, and an event bus receives the events of another Region only if a rule there forwards them");

    public static Message Added() => Message.Of($"the event did not reach it before");

    public static Message Removed() => Message.Of($"the event no longer reaches it");

    public static Message OtherTarget(string before, string after) => Message.Of($"the target was {before}, and is {after}");

    public static Message OtherState(DeliveryState before, DeliveryState after, string? reason) => string.IsNullOrEmpty(reason)
        ? Message.Of($"the delivery was {before}, and is {after}")
        : Message.Of($"the delivery was {before}, and is {after}: {reason}");

    public static Message OtherInput(string before, string after) => Message.Of($"the input was {before}, and is {after}");

    public static Message OtherJobDefinition(string before, string after) => Message.Of($"the job definition was {before}, and is {after}");

    public static Message Elsewhere(string account, string region) => Message.Of($"the event bus is in account {account}, Region {region}");
}
