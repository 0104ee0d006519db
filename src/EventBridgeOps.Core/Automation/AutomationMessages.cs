using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Automation;

/// <summary>What is said of work that runs by itself.</summary>
internal static class AutomationMessages
{
    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static Message Waiting(string work, DateTimeOffset until) => Message.Of($"Another instance is processing {work}. Its lease ends at {Time(until)}. Waiting for it.");

    public static Message InProgress(string work, DateTimeOffset until) => Message.Of($"Another instance is still processing {work}. Its lease ends at {Time(until)}. This delivery fails so that the event is delivered again.");

    public static Message LeaseLost(string work, string table) => Message.Of($"The lease of {work} in table {table} ended before the work was done, so another instance may have repeated it. Increase the timeout of the function.");

    public static Message NotReleased(string work, OpsException error) => Message.Of($"The lease of {work} could not be released, so the next delivery waits until it ends: {error}");

    public static Message UnknownField(string name, string origin, IEnumerable<string> known) => Message.Of($"The configuration in {origin} has an unknown field {name}. The fields are: {known}.");

    public static Message SettingsNotJson(string origin, Message reason) => Message.Of($"The configuration in {origin} is not a valid JSON object: {reason}");

    public static Message InvalidField(string name, string value, Message expected) => Message.Of($"The value {value} of {name} is not valid. {expected}");

    public static Message ExpectsText() => Message.Of($"Specify a text.");

    public static Message ExpectsNames() => Message.Of($"Specify a list of names, with or without wildcards.");

    public static Message ExpectsNumber(int least, int most) => Message.Of($"Specify a whole number from {least} to {most}.");

    public static Message ExpectsNumberFrom(int least) => Message.Of($"Specify a whole number from {least}.");

    public static Message ExpectsFlag() => Message.Of($"Specify true or false.");

    public static Message ExpectsOneOf(IEnumerable<string> words) => Message.Of($"Specify one of: {words}.");

    public static Message ExpectsTopic() => Message.Of($"Specify the ARN of an SNS topic.");

    public static Message ExpectsServices() => Message.Of($"Specify an object with a cluster and a service, or a list of them, for each repository, for example {"{\"team/app\": {\"cluster\": \"web\", \"service\": \"app\"}}"}.");

    public static Message PushNotMeant(string image, IEnumerable<string> repositories, IEnumerable<string> tags) => Message.Of($"The push of {image} is skipped: the configuration follows the repositories ({repositories}) and the tags ({tags}).");

    public static Message NoDefinitionRuns(string repository) => Message.Of($"No job definition runs an image of repository {repository}.");

    public static Message PushFollowed(string image, int registered, int moved) => Message.Of($"After the push of {image}, {registered:new job definition revision was|new job definition revisions were} registered, and {moved:target was|targets were} updated.");

    public static Message NoDrift(int count) => Message.Of($"{count:target was|targets were} checked. None is outdated.");

    public static Message DriftReported(int count, int drift) => Message.Of($"{count:target was|targets were} checked, {drift:target|targets} with drift. To repair them, run {"target sync":cmd}.");

    public static Message DriftRepaired(int count, int drift, int repaired) => Message.Of($"{count:target was|targets were} checked, {drift:target|targets} with drift, {repaired:target was|targets were} repaired.");

    public static Message RuleNotAllowed() => Message.Of($"The policy does not allow repairs of this rule (drift.rules).");

    public static Message NothingToRepairWith() => Message.Of($"It cannot be repaired by another revision.");

    public static Message LimitReached(int most) => Message.Of($"The policy allows {most:repair|repairs} in a run (drift.maxChanges). The next run continues.");

    public static Message OwnedByStack(string stack) => Message.Of($"The rule belongs to CloudFormation stack {stack}, and the policy does not allow repairs of such rules (drift.includeStackOwned).");

    public static Message OwnerUnknown(OpsException error) => Message.Of($"Whether the rule belongs to a CloudFormation stack is unknown, because its tags could not be read: {error}");

    public static Message DeploymentsStarted(string image, IEnumerable<string> services) => Message.Of($"{image} is being deployed to {services}. Amazon ECS reports the result with another event.");

    public static Message AlreadyDeployed(string image, IEnumerable<string> services) => Message.Of($"{image} is already deployed to {services}.");

    public static Message OtherImages(string image, IEnumerable<string> services, IEnumerable<string?> images) =>
        Message.Of($"The task definition of {services} names {images}, so {image} was not deployed by this event. To register a revision with it, set deployment.registerImage to true.");

    public static Message NotDeployed(string image, IEnumerable<string> services) => Message.Of($"{image} was not deployed to {services}.");

    public static Message DeploymentTakenOver(string deployment) => Message.Of($"Deployment {deployment} was already in progress.");

    public static Message DeploymentCompleted(string deployment, string service, string? definition) => Message.Of($"Deployment {deployment} of {service} is completed. The service runs task definition {definition}.");

    public static Message DeploymentFailed(string deployment, string service, string? reason) => Message.Of($"Deployment {deployment} of {service} failed: {reason}");

    public static Message DeploymentRolledBack(string deployment, string service, string? reason, string? definition) => Message.Of($"Deployment {deployment} of {service} failed and was rolled back, so the service runs task definition {definition} again: {reason}");

    public static Message NotStartedHere(string deployment, string service) => Message.Of($"Deployment {deployment} of {service} was not started by the automation.");

    public static Message DeploymentInProgress(string deployment, string service) => Message.Of($"Deployment {deployment} of {service} is in progress.");

    public static Message RollbackTo(string deployment, string service) => Message.Of($"{service} returns to deployment {deployment}, because a later one failed.");

    public static Message NotAnMvpJob(OpsException error) => Message.Of($"The event is skipped: {error}");

    public static Message JobMoved(string job, MvpJobState state, string batchJob, string status) => Message.Of($"Job {job} is now {state}. The event reports the status {status} of Batch job {batchJob}.");

    public static Message JobStays(string job, string batchJob, string status) => Message.Of($"Job {job} was not changed by the status {status} of Batch job {batchJob}.");

    public static Message WithFailures(Message said, int count, OpsException first) => Message.Of($"{said} {count:error|errors}, the first one: {first}");

    public static Message ResultEvent() => Message.Of($"The result event");

    public static Message Notification() => Message.Of($"The notification");

    public static Message NotAnnounced(Message what, OpsException error) => Message.Of($"{what} could not be sent: {error}");

    public static Message Refused(string code, string? reason) => Message.Of($"EventBridge rejected it: {code}: {reason}");

    public static Message AndMore(int count) => Message.Of($"... and {count} more");

    public static Message Undo(string change, string table) => Message.Of($"To undo change {change}, run: {"change undo":cmd} {change} {"JournalTable":param} {table}");

    public static Message UndoInJournal(string change) => Message.Of($"The change is {change} in the journal of the function. It can be undone with {"change undo":cmd} where that journal is.");

    public static Message NoParkedQueue() => Message.Of($"The message stays in its queue, because no queue for parked messages is configured. Set EBOPS_PARKED_QUEUE or deadLetters.parkedQueueUrl.");

    public static Message Parked(int count) => Message.Of($"{count:message was|messages were} moved to the queue for parked messages.");

    public static Message RedrivenAndParked(int redriven, int parked) =>
        Message.Of($"{redriven:event was|events were} delivered to the target, and {parked:message was|messages were} moved to the queue for parked messages.");
}
