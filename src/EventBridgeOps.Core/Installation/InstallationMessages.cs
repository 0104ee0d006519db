using EventBridgeOps.Events.Messages;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>Messages about the installation of the automation.</summary>
internal static class InstallationMessages
{
    // Requests.
    public static Message NotAStackName(string name) => Message.Of($"{name} is not a valid name for the stack. Specify at most 64 letters, digits and hyphens that begin with a letter.");

    public static Message UnknownParameter(string name, IEnumerable<string> known) => Message.Of($"The template has no parameter {name}. The parameters are: {known}.");

    public static Message OwnParameter(string name) => Message.Of($"The parameter {name} cannot be specified, because the installation sets it. Use {"PackagePath":param} and {"BucketName":param}.");

    public static Message NotKeepable(string word, IEnumerable<string> known) => Message.Of($"{word} cannot be kept. Valid values: {known}.");

    public static Message NothingToInvoke() => Message.Of($"Specify a handler with {"Command":param}, or an event with {"Event":param}.");

    public static Message EventNotAnObject() => Message.Of($"The event is not a valid JSON object.");

    public static Message SettingsTooLong(string path, int most) => Message.Of($"The configuration {path} has more than {most} characters. Put it into a parameter of Parameter Store, and set SettingsParameter with {"Parameter":param}.");

    // The package.
    public static Message NoRelease() => Message.Of($"This version has no released package yet. Build the function on Linux as docs/automation.md describes, zip it, and specify {"PackagePath":param}.");

    public static Message OtherDigest(string address, string expected, string actual) => Message.Of($"The package {address} was refused: its SHA-256 is {actual}, not {expected}.");

    public static Message PackageTooLarge(string path, long most) => Message.Of($"The package {path} is larger than {most} MB, which AWS Lambda does not accept.");

    public static Message NoProgram(string origin, string program) => Message.Of($"The package {origin} does not contain {program} at its top. Zip {program} alone, without a folder.");

    public static Message OtherArchitecture(string origin, string actual, string wanted) => Message.Of($"The package {origin} was compiled for {actual}, but the parameter Architecture is {wanted}.");

    public static Message NotAZip(string origin) => Message.Of($"The package {origin} is not a ZIP file.");

    // Stacks.
    public static Message Stuck(Stack stack) => Message.Of($"Stack {stack.Name} cannot be updated, because it is {stack.Status}: {stack.StatusReason} Continue or cancel what is pending in the console of CloudFormation, or remove the automation with {"automation uninstall":cmd}.");

    public static Message NotInstalled(string name) => Message.Of($"The automation was not found: there is no stack {name} in this Region. To install it, run {"automation install":cmd}, or specify {"StackName":param}.");

    public static Message NotOurs(string name) => Message.Of($"Stack {name} is not an installation of the automation. Specify another name with {"StackName":param}.");

    public static Message NotOursIs(string status) => Message.Of($"{status}; it is not an installation of the automation");

    public static Message DataMayBeLeft(string stack) =>
        Message.Of($"Stack {stack} no longer exists, so only its bucket is deleted. If an earlier run was interrupted, or kept data, the table, the queues and the log group can still exist: look for names that begin with {stack}-Table-, {stack}-DeadLetterQueue-, {stack}-ParkedQueue- and {stack}-Logs-.");

    public static Message NotInstalledAnyMore(string stack) =>
        Message.Of($"There is no stack {stack} in this Region. If an earlier run was interrupted, or kept data, the table, the queues and the log group can still exist: look for names that begin with {stack}-Table-, {stack}-DeadLetterQueue-, {stack}-ParkedQueue- and {stack}-Logs-. To remove another installation, specify {"StackName":param}.");

    public static Message NoResource(string stack, string resource) => Message.Of($"Stack {stack} does not contain the resource {resource}. To complete the stack, run {"automation install":cmd}.");

    public static Message Emptying(string bucket) => Message.Of($"Emptying bucket {bucket}");

    public static Message Uploading(string bucket) => Message.Of($"Uploading the package to bucket {bucket}");

    public static Message Install(string package, string? failed) => failed is null
        ? Message.Of($"Install the automation (package {package})")
        : Message.Of($"Delete the stack, whose creation failed ({failed}), and install the automation (package {package})");

    public static Message Update(string package) => Message.Of($"Update the automation (package {package})");

    public static Message Uninstall(int count, IEnumerable<string> kept) => kept.Any() ? Message.Of($"Delete {count:resource|resources}, and keep: {kept}") : Message.Of($"Delete {count:resource|resources}");

    public static Message NoOutcome(string function) => Message.Of($"Function {function} sent an unexpected response: the answer has neither task nor batchItemFailures. Check that the function is the automation.");

    public static Message FunctionFailed(string function, string code, string? reason) => Message.Of($"Function {function} failed: {code}: {reason}");

    public static Message NotAnArn(string text) => Message.Of($"CloudFormation returned {text}, which is not an ARN.");

    // What is shown and checked.
    public static Message Missing() => Message.Of($"not found");

    public static Message InstallIt() => Message.Of($"Run {"automation install":cmd}, or specify another stack with {"StackName":param}.");

    public static Message NameAnother() => Message.Of($"Specify another stack with {"StackName":param}.");

    public static Message InstallAgain() => Message.Of($"Check the permissions, and run {"automation install":cmd} again, which repairs what was changed or deleted.");

    public static Message StackIs(string status, string? more) => more is null ? Message.Of($"{status}") : Message.Of($"{status}, {more}");

    public static Message FunctionNamed(string name) => Message.Of($"function {name}");

    public static Message FunctionIs(string? code, string? modified) => Message.Of($"code {code}, last modified {modified}");

    public static Message FunctionState(string? state, string? reason) => Message.Of($"{state}: {reason}");

    public static Message OtherTable(string? table) => Message.Of($"its table is {table}, which is not that of the stack");

    public static Message RuleNamed(string name) => Message.Of($"rule {name}");

    public static Message RuleIs(string? name, string? state) => Message.Of($"{name}: {state}");

    public static Message EnableRule() => Message.Of($"Enable the rule, or switch it off with a parameter of {"automation install":cmd}.");

    public static Message Alarms() => Message.Of($"alarms");

    public static Message AlarmsAre(int active, int all) => Message.Of($"{active} of {all} in alarm");

    public static Message AlarmNamed(string name) => Message.Of($"alarm {name}");

    public static Message GrantDescribeAlarms() => Message.Of($"Grant cloudwatch:DescribeAlarms.");

    public static Message ReadLog() => Message.Of($"Read the log with {"automation logs":cmd}.");

    public static Message QueueNamed(string name) => Message.Of($"queue {name}");

    public static Message Empty() => Message.Of($"empty");

    public static Message Waiting(long count) => Message.Of($"{(int)Math.Min(count, int.MaxValue):message waits|messages wait}");

    public static Message ReadDeadLetters(string queue) => Message.Of($"Run {"dlq list":cmd} {queue}");

    public static Message LastRuns() => Message.Of($"last runs");

    public static Message NoRuns(double hours) => Message.Of($"none in the last {hours} hours");

    public static Message Runs(int count, double hours, IEnumerable<string> last) => Message.Of($"{count:run|runs} in the last {hours} hours: {last}");

    public static Message TemplateItself() => Message.Of($"template");

    public static Message OfThisVersion(string version) => Message.Of($"the one of version {version}");

    public static Message OfOtherVersion() => Message.Of($"not the one of this version");

    public static Message Permissions() => Message.Of($"permissions");

    public static Message PolicyRead() => Message.Of($"read");

    public static Message Permission() => Message.Of($"permission");

    public static Message MayInvoke() => Message.Of($"the rule may invoke the function");

    public static Message MayNotInvoke() => Message.Of($"the resource policy of the function does not contain the rule");

    public static Message Target() => Message.Of($"target");

    public static Message TargetIs() => Message.Of($"the function, with a dead-letter queue");

    public static Message NoTarget() => Message.Of($"the function is not a target of the rule");

    public static Message NoDeadLetterQueue() => Message.Of($"the target has no dead-letter queue");

    public static Message Mapping() => Message.Of($"dead-letter queue to function");

    public static Message MappingIs(string? state) => Message.Of($"{state}");

    public static Message EnableMapping() => Message.Of($"Enable the event source mapping of the function.");

    public static Message NoBatchFailures() => Message.Of($"ReportBatchItemFailures is off, so a failure would delete or repeat whole batches");

    public static Message JobDefinitions() => Message.Of($"job definitions");

    public static Message PushesOff() => Message.Of($"ImagePush is false, so pushes are not followed");

    public static Message NoJobQueue() => Message.Of($"The Region has no job queue, and the target of the test needs one. Nothing is submitted to it. Create a job queue, and run the test again.");

    public static Message DefinitionsRun(int count) => Message.Of($"{count:job definition runs|job definitions run} images that are followed");

    public static Message NoDefinitionRuns(string repositories, string definitions) => Message.Of($"no ACTIVE job definition ({definitions}) runs an image of the repositories ({repositories})");

    public static Message GrantDescribeDefinitions() => Message.Of($"Grant batch:DescribeJobDefinitions.");

    public static Message CheckScope() => Message.Of($"Check the parameters Repositories and JobDefinitions of {"automation install":cmd}.");

    public static Message Invoke(string? command) => command is null ? Message.Of($"Invoke with an event") : Message.Of($"Invoke with the handler {command}");

    // The test.
    public static Message TestWith(string repository, string definition, string rule) => Message.Of($"Create repository {repository}, job definition {definition} and rule {rule}, push an image, and remove them again");

    public static Message RepositoryNamed(string name) => Message.Of($"repository {name}");

    public static Message DefinitionNamed(string name) => Message.Of($"job definition {name}");

    public static Message Created() => Message.Of($"created");

    public static Message Push(string repository, string tag) => Message.Of($"push of {repository}:{tag}");

    public static Message Pushed() => Message.Of($"done; Amazon ECR reports it to the rule");

    public static Message RevisionRuns(int revision, string tag) => Message.Of($"revision {revision} runs the image {tag}");

    public static Message TargetNames(string reference) => Message.Of($"names {reference}");

    public static Message TargetRejected(string code, string? reason) => Message.Of($"EventBridge rejected the target: {code}: {reason}");

    public static Message WaitingForRevision(string definition) => Message.Of($"Waiting for a new revision of {definition}");

    public static Message WaitingForTarget(string rule) => Message.Of($"Waiting for the target of rule {rule}");

    public static Message NothingHappened(int seconds) => Message.Of($"nothing happened within {seconds} seconds");

    public static Message SeeCheck() => Message.Of($"Run {"automation check":cmd} and {"automation logs":cmd}.");

    public static Message SeePermissions() => Message.Of($"Check the permissions of your identity.");

    public static Message NotRemoved(Message what, OpsException error) => Message.Of($"The test could not remove {what}: {error}");

    public static Message TestNamesOf(string parameter) => Message.Of($"parameter {parameter}");

    public static Message NoTestName(string parameter, string? value) => Message.Of($"{value} names one resource, so the test cannot use one of its own. {parameter} needs a wildcard for the test.");
}
