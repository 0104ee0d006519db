using EventBridgeOps.Events.Messages;
using EventBridgeOps.EventSchemas;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Testing;

/// <summary>What the checks of a project say.</summary>
internal static class ProjectTestMessages
{
    public static Message Summary(string name, int schemas, int examples, int rules, int tests, int failed, int warnings) =>
        Message.Of($"Project {name}: {schemas:schema|schemas}, {examples:example|examples}, {rules:rule|rules}, {tests:rule test|rule tests}. {failed:error|errors}, {warnings:warning|warnings}.");

    public static Message SummaryOfSettings(string name, int failed) => Message.Of($"Project {name}: {failed:error|errors} in ebproject.yaml. Nothing else was checked.");

    public static Message Failed(string name, int failed, string first) => failed == 1
        ? Message.Of($"Project {name} has 1 error: {first}")
        : Message.Of($"Project {name} has {failed:error|errors}. The first one: {first}");

    // References.
    public static Message NotAnArn(string text) => Message.Of($"'{text}' is not an ARN. Write an ARN, or refer to a resource by !GetAtt, !Ref or !Sub.");

    public static Message UnknownReference(string id, string folder) => Message.Of($"{id} is neither a resource nor a parameter. Define the resource in a file in {folder}, or the parameter in each environment.");

    public static Message UnknownReferenceMeant(string id, string meant) => Message.Of($"{id} is neither a resource nor a parameter. Did you mean {meant}?");

    public static Message ParameterMissing(string environment, string parameter) => Message.Of($"Environment {environment} has no value for parameter {parameter}, which other environments have.");

    public static Message ParameterWithoutValue(string environment, string parameter) => Message.Of($"Environment {environment} has no value for parameter {parameter}. Add it to the parameters of the environment, or a Default to the parameter.");

    public static Message UnknownAttribute(string id, string type, string attribute, IEnumerable<string> known) => Message.Of($"{id} ({type}) has no attribute {attribute}. Use one of these: {known}.");

    public static Message NotATarget(string id, string type) => Message.Of($"{id} is of type {type}, to which a rule cannot send events.");

    public static Message NotItsArn(string id, string? attribute, string? arn) => (attribute, arn) switch
    {
        (null, _) => Message.Of($"!Ref {id} is not an ARN. Write !GetAtt {id}.{arn}."),
        (_, null) => Message.Of($"!GetAtt {id}.{attribute} is not an ARN. Write !Ref {id}."),
        _ => Message.Of($"!GetAtt {id}.{attribute} is not an ARN. Write !GetAtt {id}.{arn}."),
    };

    public static Message NotAJobQueue(string type) => Message.Of($"batchParameters belong to an AWS Batch job queue, but the target is of type {type}.");

    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html.
    public static Message FifoWithoutGroup() => Message.Of($"The target is a FIFO queue, but has no sqsParameters with a messageGroupId.");

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html.
    public static Message FifoDeadLetters() => Message.Of($"The dead-letter queue is a FIFO queue. EventBridge takes standard queues only.");

    public static Message ReservedResource(string id) => Message.Of($"{id} is the name of a resource that each project has. Choose another name.");

    public static Message SameEvents(string detailType, string source, string other) => Message.Of($"Schema {other} describes the same events: {detailType} from {source}. Make one a version of the other, or give one another detail type.");

    public static Message EmptyName(string keyword) => Message.Of($"{keyword} is empty or not a string. Write a name, or remove it.");

    public static Message UnknownKeyword(string keyword, string meant) => Message.Of($"'{keyword}' is not a keyword of JSON Schema, so it has no effect. Did you mean '{meant}'?");

    public static Message UnknownSchema(string name) => Message.Of($"Schema {name} does not exist.");

    public static Message UnknownSchemaMeant(string name, string meant) => Message.Of($"Schema {name} does not exist. Did you mean {meant}?");

    public static Message OwnAccount(string account) => Message.Of($"{account} is the account of the project itself. A consumer is another account; in the own account, rules are enough.");

    public static Message OtherAccount(string actual, string expected) => Message.Of($"The event bus is in account {actual}, but the account of the consumer is {expected}.");

    // Schemas.
    public static Message ValidSchema(string source, string detailType) => Message.Of($"Valid. Events: {detailType} from {source}.");

    public static Message NoSource() => Message.Of($"The source of the events is not known. Add x-amazon-events-source to the schema, or defaults.source to ebproject.yaml.");

    public static Message NoSchemaAtAll() => Message.Of($"The schema does not say anything about events. Write an object.");

    public static Message Unchanged() => Message.Of($"The schema is as it was published.");

    public static Message Edited(string name, string next) => Message.Of($"Schema {name} was published, and has been edited since. Restore the file, and make the change in a new version: {next}.");

    public static Message Gone(string name) => Message.Of($"Schema {name} was published, but its file does not exist. Restore the file, or add it to schemas.retired in ebproject.yaml.");

    public static Message OrRetire(Message breaks, string older) => Message.Of($"{breaks} If {older} is no longer published, add it to schemas.retired in ebproject.yaml.");

    public static Message Breaks(string older, bool breaksProducers, Message reason, string? example) => (breaksProducers, example) switch
    {
        (true, null) => Message.Of($"Events of {older} may be refused. {reason}"),
        (false, null) => Message.Of($"Consumers of {older} may refuse new events. {reason}"),
        (true, _) => Message.Of($"Events of {older} are refused, for example {ExampleText.Short(example)}. {reason}"),
        (false, _) => Message.Of($"Consumers of {older} refuse new events, for example {ExampleText.Short(example)}. {reason}"),
    };

    public static Message Compatible(string older) => Message.Of($"Compatible with {older}.");

    public static Message TakersOfRetired(Message takers) => Message.Of($"Retired. {takers}");

    public static Message Takers(IReadOnlyList<string> rules, IReadOnlyList<string> consumers) => (rules.Count, consumers.Count) switch
    {
        (0, 0) => Message.Of($"No rule or consumer takes it."),
        (_, 0) => Message.Of($"Rules: {rules}."),
        (0, _) => Message.Of($"Consumers: {consumers}."),
        _ => Message.Of($"Rules: {rules}. Consumers: {consumers}."),
    };

    public static Message StillWanted(string name, IEnumerable<string> who) => Message.Of($"Schema {name} is retired, but is still wanted by {who}.");

    // Examples.
    public static Message NoExample(string folder) => Message.Of($"The schema has no valid example. Add one to {folder}.");

    public static Message Follows(string schema) => Message.Of($"Follows {schema}.");

    public static Message Refused(Message reason) => Message.Of($"Refused, as expected: {reason}");

    public static Message NotRefused(string schema) => Message.Of($"The example is named as not valid, but schema {schema} accepts it.");

    public static Message Violation(Message reason, string schema, string pointer) => Message.Of($"{reason:clause} ({SchemaViolation.Rule(schema, pointer)}).");

    // Patterns.
    public static Message PatternProblem(string reason, string? hint) => hint is null ? Message.Of($"{reason}") : Message.Of($"{Message.Verbatim(reason):clause}. {hint}");

    public static Message PatternTooLong(int length, int most) => Message.Of($"The pattern has {length} characters, but EventBridge allows at most {most}.");

    public static Message ValidPattern() => Message.Of($"Valid. Matches events without a schema in the project.");

    public static Message Wants(IEnumerable<string> schemas) => Message.Of($"Valid. Takes {schemas}.");

    public static Message NeverMatches(IEnumerable<string> schemas) => Message.Of($"The rule never matches, because no event that follows {schemas} matches the pattern.");

    public static Message NoSchemaOf(string detailType, string source) => Message.Of($"No schema describes the event {detailType} from {source}. Check the names, or add a schema.");

    public static Message NoSchemaWanted() => Message.Of($"The pattern matches the source and the detail type of no schema.");

    public static Message AlternativeNeverMatches(IEnumerable<string> schemas) => Message.Of($"This alternative never matches, because no event that follows {schemas} matches it.");

    public static Message UnknownField(string field, IEnumerable<string> schemas) => Message.Of($"The field {field} is not in {schemas}.");

    // Targets.
    public static Message TooManyTargets(int count, int most) => Message.Of($"The rule has {count:target|targets}, but EventBridge allows at most {most}. Split the rule.");

    public static Message BatchParametersMissing() => Message.Of($"The target is an AWS Batch job queue, but has no batchParameters with a job definition and a job name.");

    public static Message NoDeadLetterQueue() => Message.Of($"The target has no dead-letter queue, so events that cannot be delivered are lost. Add deadLetterQueue to the target, or to the defaults in ebproject.yaml.");

    public static Message InputsMade(int examples, int targets) => Message.Of($"Inputs were made of {examples:example|examples} for {targets:target|targets}.");

    public static Message InputOf(string example, Message reason) => Message.Of($"For {example}: {reason:clause}.");

    // Tests of rules.
    public static Message NoTests(string rule) => Message.Of($"The rule has no tests. Add tests to the file, or write them in {Project.RuleFolder}/{rule}.tests.yaml.");

    public static Message MatchesAsExpected() => Message.Of($"Matches, as expected.");

    public static Message NoMatchAsExpected() => Message.Of($"Does not match, as expected.");

    public static Message MatchesThough() => Message.Of($"The rule matches the event, but must not.");

    public static Message DoesNotMatch(Message why) => Message.Of($"The rule does not match the event. {why}");

    public static Message NoExampleFile(string path, string? meant) => meant is null ? Message.Of($"{path} does not exist.") : Message.Of($"{path} does not exist. Did you mean {meant}?");

    public static Message FieldDiffers(string path, IEnumerable<string> found, IEnumerable<string> expected, int more, string? note)
    {
        string values = string.Join(", ", found), wanted = string.Join(" or ", expected);
        Message said = (values.Length, more) switch
        {
            (0, 0) => Message.Of($"{path} is missing, but must be {wanted}"),
            (0, _) => Message.Of($"{path} is missing, but must be {wanted} or one of {more} more"),
            (_, 0) => Message.Of($"{path} is {values}, but must be {wanted}"),
            _ => Message.Of($"{path} is {values}, but must be {wanted} or one of {more} more"),
        };
        return note is null ? Message.Of($"{said}.") : Message.Of($"{said} ({note}).");
    }

    public static Message Conflict(string conflict) => Message.Of($"{conflict}.");

    public static Message UnknownExample(string path) => Message.Of($"{path} is not an example that can be read.");

    public static Message ExampleWithoutSource(string path) => Message.Of($"The event of {path} is not known, because its schema has no source.");

    public static Message UnknownTarget(string id, IEnumerable<string> targets) => Message.Of($"The rule has no target {id}. Targets: {targets}.");

    public static Message NoInput(string id) => Message.Of($"Target {id} receives nothing, because the rule must not match the event.");

    public static Message NoInputBecause(Message reason) => Message.Of($"The target receives no input: {reason:clause}.");

    public static Message OtherInput(string actual, string expected) => Message.Of($"The target receives {actual}, but must receive {expected}.");

    // Loops.
    public static Message Loop(string kind, IReadOnlyList<string> rules) => rules.Count == 1
        ? Message.Of($"The target sends {kind} to its own rule again, so each event is delivered endlessly. Send it to another event bus, or exclude it in the pattern.")
        : Message.Of($"The target sends {kind} round in a circle: rules {rules}. Exclude it in the pattern of one of them.");

    public static Message MayLoop(string kind, IReadOnlyList<string> rules) => rules.Count == 1
        ? Message.Of($"The target can send {kind} to its own rule again. Exclude what it sends in the pattern.")
        : Message.Of($"The target can send {kind} round in a circle: rules {rules}. Exclude what they send in the pattern of one of them.");

    public static Message Waiting(string time) => Message.Of($"--- {time} --- Watching for changes. Press Ctrl+C to end.");

    // The request.
    public static Message LiveAndWatch() => Message.Of($"{nameof(ProjectTestRequest.Live):param} and {nameof(ProjectTestRequest.Watch):param} cannot be used together.");

    public static Message OnlyLive() => Message.Of($"An environment, and rules whose targets are invoked, can only be specified with {nameof(ProjectTestRequest.Live):param}.");

    // Quotas.
    public static Message ManyRules(string bus, int count, int most) => Message.Of($"Event bus {bus} has {count} rules. The default quota is {most}; request an increase in Service Quotas.");

    public static Message PolicyTooLong(string environment, int length, int most) => Message.Of($"The policy of the event bus in environment {environment} has {length} characters, but EventBridge allows at most {most}. Forward events to the event buses of some consumers instead.");

    public static Message ManyParameters(int count, int most) => Message.Of($"There are {count} parameters, but CloudFormation allows at most {most}.");

    // Pairs of projects.
    public static Message NoPair(string name, string other) => Message.Of($"Neither {name} nor {other} forwards events to the other.");

    public static Message NotAccepted(string receiver, string bus) => Message.Of($"Project {receiver} does not let {bus} send events. Add it to the producers of {receiver}.");

    public static Message SourcesNotAccepted(string receiver, string bus, IEnumerable<string> sources) => Message.Of($"Project {receiver} does not let {bus} send events of {sources}. Add them to the sources of the producer.");

    public static Message NotDescribedByReceiver(string schema, string receiver) => Message.Of($"Project {receiver} has no schema for the events of {schema}.");

    public static Message NotReadable(string schema, string receiver, Message reason, string? example) => example is null
        ? Message.Of($"Project {receiver} cannot read the events of {schema}. {reason}")
        : Message.Of($"Project {receiver} cannot read the events of {schema}. {reason} For example: {ExampleText.Short(example)}");

    public static Message Pair(int count) => Message.Of($"{count:event type is|event types are} received and can be read.");

    public static Message UnknownRetained(string name) => Message.Of($"{name} is neither archive, deadLetterQueues, logs, schemas, nor a resource.");

    public static Message UnknownRetainedMeant(string name, string meant) => Message.Of($"{name} is neither archive, deadLetterQueues, logs, schemas, nor a resource. Did you mean {meant}?");

    public static Message TemplateTooLarge(int count, int length, int most, int longest) => Message.Of($"A template has {count} resources and {length} bytes. CloudFormation allows {most} resources and {longest} bytes.");

    public static Message NameOfTwo(string kind, string name, string other) => Message.Of($"The {kind} {name} of this environment is also that of the environment '{other}', in the same account and Region. Use ${{EnvironmentName}} in its name.");

    public static Message Resources(int count, int most) => Message.Of($"About {count} of {most} resources of a stack.");
}
