using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Testing;

/// <summary>What the checks of a project say.</summary>
internal static class ProjectTestMessages
{
    public static Message Summary(string name, int schemas, int examples, int rules, int tests, int failed, int warnings) =>
        Message.Of($"Project {name}: {schemas:schema|schemas}, {examples:example|examples}, {rules:rule|rules}, {tests:rule test|rule tests}. {failed:error|errors}, {warnings:warning|warnings}.");

    public static Message Failed(string name, int failed) => Message.Of($"Project {name} has {failed:error|errors}.");

    // References.
    public static Message NotAnArn(string text) => Message.Of($"'{text}' is not an ARN. Write an ARN, or refer to a resource by !GetAtt, !Ref or !Sub.");

    public static Message UnknownReference(string id, string folder) => Message.Of($"{id} is neither a resource nor a parameter. Define the resource in a file in {folder}, or the parameter in each environment.");

    public static Message UnknownReferenceMeant(string id, string meant) => Message.Of($"{id} is neither a resource nor a parameter. Did you mean {meant}?");

    public static Message ParameterMissing(string environment, string parameter) => Message.Of($"Environment {environment} has no value for parameter {parameter}, which other environments have.");

    public static Message UnknownSchema(string name) => Message.Of($"Schema {name} does not exist.");

    public static Message UnknownSchemaMeant(string name, string meant) => Message.Of($"Schema {name} does not exist. Did you mean {meant}?");

    public static Message OtherAccount(string actual, string expected) => Message.Of($"The event bus is in account {actual}, but the account of the consumer is {expected}.");

    // Schemas.
    public static Message ValidSchema(string source, string detailType) => Message.Of($"Valid. Events: {detailType} from {source}.");

    public static Message NoSource() => Message.Of($"The source of the events is not known. Add x-amazon-events-source to the schema, or defaults.source to ebproject.yaml.");

    public static Message NoSchemaAtAll() => Message.Of($"The schema does not say anything about events. Write an object.");

    public static Message Unchanged() => Message.Of($"The schema is as it was published.");

    public static Message Edited(string name, string next) => Message.Of($"Schema {name} was published, and has been edited since. Restore the file, and make the change in a new version: {next}.");

    public static Message Gone(string name) => Message.Of($"Schema {name} was published, but its file does not exist. Restore the file, or add it to schemas.retired in ebproject.yaml.");

    public static Message Breaks(string older, bool breaksProducers, Message reason, string? example) => (breaksProducers, example) switch
    {
        (true, null) => Message.Of($"Events of {older} may be refused. {reason}"),
        (false, null) => Message.Of($"Consumers of {older} may refuse new events. {reason}"),
        (true, _) => Message.Of($"Events of {older} are refused, for example {example}. {reason}"),
        (false, _) => Message.Of($"Consumers of {older} refuse new events, for example {example}. {reason}"),
    };

    public static Message Compatible(string older) => Message.Of($"Compatible with {older}.");

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

    public static Message Violation(Message reason, string schema, string pointer) => Message.Of($"{reason:clause} ({schema}#{pointer}).");

    // Patterns.
    public static Message PatternProblem(string reason, string? hint) => hint is null ? Message.Of($"{reason}") : Message.Of($"{Message.Verbatim(reason):clause}. {hint}");

    public static Message PatternTooLong(int length, int most) => Message.Of($"The pattern has {length} characters, but EventBridge allows at most {most}.");

    public static Message ValidPattern() => Message.Of($"Valid. Matches events without a schema in the project.");

    public static Message Wants(IEnumerable<string> schemas) => Message.Of($"Valid. Takes {schemas}.");

    public static Message NeverMatches(IEnumerable<string> schemas) => Message.Of($"The rule never matches, because no event that follows {schemas} matches the pattern.");

    public static Message NoSchemaOf(string detailType, string source) => Message.Of($"No schema describes the event {detailType} from {source}. Check the names, or add a schema.");

    public static Message NoSchemaWanted() => Message.Of($"The pattern matches the source and the detail type of no schema.");

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

    public static Message UnknownExample(string path) => Message.Of($"{path} is not an example that can be read.");

    public static Message UnknownExampleMeant(string path, string meant) => Message.Of($"{path} is not an example that can be read. Did you mean {meant}?");

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

    // Quotas.
    public static Message ManyRules(string bus, int count, int most) => Message.Of($"Event bus {bus} has {count} rules. The default quota is {most}; request an increase in Service Quotas.");

    public static Message PolicyTooLong(string environment, int length, int most) => Message.Of($"The policy of the event bus in environment {environment} has {length} characters, but EventBridge allows at most {most}. Forward events to the event buses of some consumers instead.");

    public static Message ManyParameters(int count, int most) => Message.Of($"There are {count} parameters, but CloudFormation allows at most {most}.");

    public static Message ManyResources(int count, int split, int most) => Message.Of($"The stack has about {count} resources. CloudFormation allows {most} in a template, so above {split} it is split into nested stacks along the files of rules.");

    public static Message Resources(int count, int most) => Message.Of($"About {count} of {most} resources of a stack.");
}
