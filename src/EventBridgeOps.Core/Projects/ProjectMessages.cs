using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects;

/// <summary>What is said of the files of a project as they are read.</summary>
internal static class ProjectMessages
{
    public static Message NoProject(string folder, string file) => Message.Of($"{folder} is not a project folder, because it has no {file}. Specify the folder of a project, or make one with {"project new":cmd}.");

    // Names and places of files.
    public static Message SchemaName(string file) => Message.Of($"{file} is not the name of a schema. Name it like audio-uploaded.v1.json, with the version at the end. Schemas that others refer to belong into a folder, for example schemas/common.");

    public static Message NotJsonFile() => Message.Of($"The file is not read, because its name does not end with .json.");

    public static Message NotYaml() => Message.Of($"The file is not read, because its name ends neither with .yaml nor with .yml.");

    public static Message NotYamlFile() => Message.Of($"The file is not read, because its name ends with .json. Write it as YAML; JSON is valid YAML, so it is enough to rename the file.");

    public static Message ExamplePlace() => Message.Of($"The file is not read. Examples are in a folder that is named for their schema, for example examples/audio-uploaded.v1.");

    public static Message ExampleSchema(string name) => Message.Of($"The examples are for schema {name}, which does not exist.");

    public static Message ExampleSchemaMeant(string name, string meant) => Message.Of($"The examples are for schema {name}, which does not exist. Did you mean {meant}?");

    public static Message RuleName(string name) => Message.Of($"'{name}' is not a valid name for a rule. Use at most 64 letters, digits, dots, hyphens and underscores.");

    public static Message RuleTwice(string name) => Message.Of($"There is another rule with the name {name}.");

    public static Message TestsOfNoRule(string path) => Message.Of($"{path} has the tests of a rule that does not exist.");

    public static Message NoResources() => Message.Of($"The file has no Resources. Write a CloudFormation template.");

    public static Message ResourceWithoutType(string id) => Message.Of($"Resource {id} has no Type.");

    public static Message ResourceTwice(string id, string file) => Message.Of($"Resource {id} is also in {file}.");

    // The lock.
    public static Message LockVersion(int version) => Message.Of($"The file does not have the format of version {version}. It may have been written by a later version of EventBridgeOps.");

    public static Message LockEntry(string name) => Message.Of($"The entry of {name} has no digest.");

    // Events.
    public static Message NotAnEvent() => Message.Of($"The event has no source, detail-type and detail. Write an event, an entry of PutEvents, or the path of an example.");

    public static Message DetailNotJson(string reason) => Message.Of($"The detail is not valid JSON: {reason}.");

    public static Message DetailNotAnObject() => Message.Of($"The detail is not an object.");

    public static Message OtherDetailType(string type, string schema, string expected) => Message.Of($"The detail type is {type}, but that of schema {schema} is {expected}.");

    public static Message OtherSource(string source, string schema, string expected) => Message.Of($"The source is {source}, but that of schema {schema} is {expected}.");

    public static Message Violates(string schema, Message reason, string pointer, string rule) => Message.Of($"The event does not follow schema {schema}: {reason:clause} (detail: {pointer}, rule: {rule}).");

    public static Message ContractNotUsable(string place, Message reason) => Message.Of($"Events cannot be checked, because the project is not valid. {place}: {reason}");

    public static Message Retired(string schema) => Message.Of($"Schema {schema} is retired, and no other version describes the event.");

    public static Message NotDescribed(string source, string detailType) => Message.Of($"No schema of the project describes {detailType} from {source}, so such events are not checked.");

    public static Message OtherRegion(string environment, string expected, string actual) => Message.Of($"Environment {environment} is in Region {expected}, but the session is in {actual}. Set {"Region":param} to {expected}.");

    public static Message OtherAccount(string environment, string expected, string actual) => Message.Of($"Environment {environment} is in account {expected}, but the credentials are of account {actual}. Use credentials of that account, or correct the account in ebproject.yaml.");
}
