using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Making;

/// <summary>What is said while projects are made and changed.</summary>
internal static class MakingMessages
{
    public static Message UnknownSample(string sample, IEnumerable<string> samples) => Message.Of($"'{sample}' is not a sample. Valid values for {nameof(NewProjectRequest.Sample):param}: {samples}.");

    public static Message InvalidName(string name) => Message.Of($"'{name}' is not a valid name. Use at most 48 letters, digits and hyphens, with a letter first.");

    public static Message InvalidSchemaName(string name) => Message.Of($"'{name}' is not a valid name for a schema. Use letters, digits, hyphens and underscores, for example order-placed or order-placed.v2.");

    public static Message InvalidRuleName(string name) => Message.Of($"'{name}' is not a valid name for a rule. Use at most 64 letters, digits, hyphens and underscores.");

    public static Message NotAnAccount(string account) => Message.Of($"'{account}' is not the ID of an account. Specify 12 digits in {nameof(AddToProjectRequest.AccountId):param}.");

    public static Message NotARegion(string region) => Message.Of($"'{region}' is not the code of a Region. Specify one such as eu-west-1.");

    public static Message AccountMissing(string environment) => Message.Of($"Environment {environment} does not exist. To create it, specify its account in {nameof(ConfigureProjectRequest.AccountId):param}.");

    public static Message NameMissing() => Message.Of($"The argument <name> is required.");

    public static Message BusOfOtherAccount(string bus, string account) => Message.Of($"{bus} is not an event bus in account {account}. Specify the account of the event bus in {nameof(AddToProjectRequest.AccountId):param}.");

    public static Message OwnAccount(string account) => Message.Of($"{account} is the account of the project itself. A consumer is in another account; in the own account, add a rule.");

    public static Message Retired(string schema) => Message.Of($"Schema {schema} is retired, so its events are no longer published. Specify another version.");

    public static Message SchemaMissing(IEnumerable<string> known) => Message.Of($"The project has several schemas. Specify the schema whose events the rule takes: {known}.");

    public static Message InvalidValue(Message reason) => Message.Of($"A value is not valid, and nothing was changed. {reason}");

    // Files.
    public static Message Exists(string folder, IEnumerable<string> files) => Message.Of($"Nothing was written, because these files exist in {folder}: {files}.");

    public static Message NotWritten(string path, Message reason) => Message.Of($"{path} cannot be written: {reason:clause}.");

    public static Message NotEditable(string path, Message reason) => Message.Of($"{path} cannot be changed, because it is not valid. {reason}");

    public static Message EditByHand(string path) => Message.Of($"{path} cannot be changed without losing its form. Edit the file.");

    // Schemas, rules and consumers.
    public static Message UnknownSchema(string name, IEnumerable<string> known) => Message.Of($"Schema '{name}' does not exist. Schemas: {known}.");

    public static Message OneSchema() => Message.Of($"A rule is added for one schema. Specify one schema, and add others to the pattern of the rule.");

    public static Message NoSchemas() => Message.Of($"The project has no schema for which a rule could be added. Add a schema first.");

    public static Message NoSource(string schema) => Message.Of($"The source of the events of {schema} is not known. Add x-amazon-events-source to the schema, or defaults.source to ebproject.yaml.");

    public static Message ConsumerExists(string name) => Message.Of($"Consumer {name} exists. Edit ebproject.yaml to change it.");

    public static Message StillWanted(string name, IEnumerable<string> who) => Message.Of($"Schema {name} cannot be retired, because it is still wanted by {who}. Change their patterns or events first.");

    public static Message RulesNotKnown(string file, Message reason) => Message.Of($"What the rules want is not known, because {file} is not valid. {reason}");

    public static Message PatternNotValid() => Message.Of($"Its pattern is not valid.");

    // Questions.
    public static Message AskSample(IEnumerable<string> samples, string proposed) => Message.Of($"Sample ({samples}) [{proposed}]: ");

    public static Message AskName(string proposed) => Message.Of($"Name of the project [{proposed}]: ");

    public static Message AskEnvironment(string proposed) => Message.Of($"Environment [{proposed}]: ");

    public static Message AskAccount(string? proposed) => proposed is null ? Message.Of($"Account: ") : Message.Of($"Account [{proposed}]: ");

    public static Message AskAgain(Message reason, Message question) => Message.Of($"{reason}\n{question}");

    public static Message AskRegion(string proposed) => Message.Of($"Region [{proposed}]: ");

    public static Message AskBus(string proposed) => Message.Of($"Event bus [{proposed}]: ");

    public static Message AskParameter(string name, string proposed) => Message.Of($"{name} [{proposed}]: ");

    public static Message NoValidAnswer(Message question) => Message.Of($"There was no valid answer to the question: {question}");
}
