using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Messages about publications of projects.</summary>
internal static class PublishMessages
{
    // Requests and runs.
    public static Message NoLog(string folder, Message reason) => Message.Of($"The log cannot be written to {folder}: {reason}");

    public static Message OtherRun(string environment) => Message.Of($"Another run publishes environment {environment} from this folder. Wait until it ends.");

    public static Message StepBegins(PublishStep step) => Message.Of($"{step}: started");

    public static Message StepSkipped(PublishStep step, DateTimeOffset at) => Message.Of($"{step}: done by the run before, at {at}; skipped");

    public static Message OfItem(string item, Message message) => Message.Of($"{item}: {message}");

    public static Message NotOurs(string stack) => Message.Of($"Stack {stack} is not that of this project and environment: its tags project and environment differ. Rename the project, or delete the stack.");

    public static Message ContinueRollback(IReadOnlyList<string> skipped) => skipped.Count == 0 ? Message.Of($"Continue the rollback of the last update") : Message.Of($"Continue the rollback of the last update, and leave these as they are: {skipped}");

    public static Message PutBackOrSkip(string resource) => Message.Of($"Put the resource back to what it was before the update, or create it again with the same name. To leave it as it is, specify {"ResourceToSkip":param} with {resource}: CloudFormation then takes it for rolled back, so make the project and the resource the same before the next deployment.");

    public static Message RollbackFailed(string stack, string? reason) => Message.Of($"The last update of stack {stack} could not be rolled back. {reason} Put these resources back, or leave them as they are with {"ResourceToSkip":param}, and run the command again. To delete the stack and deploy it again, specify {"FreshStart":param}.");

    public static Message ChangeSetsLeft(IEnumerable<string> names) => Message.Of($"Change sets that an interrupted run left, and that are deleted: {names}");

    public static Message DeleteChangeSets(int count) => Message.Of($"Delete {count:change set|change sets}; nothing else changes");

    public static Message Stuck(string stack, string status, string? reason) => Message.Of($"Stack {stack} cannot be updated, because it is {status}: {reason} To delete what is left and deploy again, specify {"FreshStart":param}.");

    public static Message NoBucket(string stack) => Message.Of($"Stack {stack} does not contain its bucket. Delete the stack, or specify a bucket with {"BucketName":param}.");

    public static Message Uploading(string bucket) => Message.Of($"Uploading templates to bucket {bucket}");

    public static Message Deploy(IReadOnlyList<ProjectChange> changes, string? failed)
    {
        int Count(ProjectChangeStatus status) => changes.Count(change => change.Status == status);
        Message counts = Message.Of($"{Count(ProjectChangeStatus.WouldAdd)} to add, {Count(ProjectChangeStatus.WouldChange)} to change, {Count(ProjectChangeStatus.WouldReplace)} to replace, {Count(ProjectChangeStatus.WouldRemove)} to remove");
        return failed is null ? Message.Of($"Deploy the stack: {counts}") : Message.Of($"Delete the stack, whose last deployment failed ({failed}), and deploy it: {counts}");
    }

    public static Message Unchanged(string stack) => Message.Of($"Stack {stack} is as the project says.");

    public static Message Output(string name, string value) => Message.Of($"{name}: {value}");

    // Preflight.
    public static Message PreflightSkipped() => Message.Of($"The preflight was skipped.");

    public static Message PreflightFailed(string environment, IEnumerable<string> checks) => Message.Of($"Environment {environment} is not ready: {checks}. To deploy all the same, specify {"SkipPreflight":param}.");

    public static Message Tools() => Message.Of($"tools");

    public static Message NoOtherTools(string runtime) => Message.Of($"no other tools are needed; EventBridgeOps runs on {runtime}");

    public static Message Disk() => Message.Of($"disk");

    public static Message Free(long megabytes) => Message.Of($"{megabytes} MB are free");

    public static Message FreeSome(long megabytes) => Message.Of($"Free at least {megabytes} MB on the disk of the project.");

    public static Message UnknownBecause(string reason) => Message.Of($"unknown, because {reason}");

    public static Message Credentials() => Message.Of($"credentials");

    public static Message Region(string region) => Message.Of($"EventBridge in {region}");

    public static Message ChooseRegion() => Message.Of($"Grant events:ListEventBuses, and check that the Region exists and is enabled for the account.");

    public static Message EventBuses(int count) => Message.Of($"{count:event bus|event buses}");

    public static Message Name(string kind, string name) => Message.Of($"name {name} ({kind})");

    public static Message GrantRead(string kind) => Message.Of($"Grant the permission to describe a resource of type {kind}.");

    public static Message Taken() => Message.Of($"exists already, and not in the stack of the project");

    public static Message NotTaken() => Message.Of($"not taken");

    public static Message NameNotChecked() => Message.Of($"unknown, because EventBridgeOps does not check names of this type");

    public static Message Rename(string name) => Message.Of($"Delete {name}, or use another name in the project.");

    public static Message Permissions() => Message.Of($"permissions");

    public static Message NotSimulated(string caller) => Message.Of($"unknown, because IAM does not simulate {caller}");

    public static Message Allowed(int count) => Message.Of($"{count:action is|actions are} allowed");

    public static Message Denied(IReadOnlyList<string> actions) => Message.Of($"not allowed: {actions}");

    public static Message DeniedSchemas(IReadOnlyList<string> actions) => Message.Of($"not allowed: {actions}. What is in the schema registry stays; a schema that is new or changed cannot be deployed");

    public static Message RegistryExists(string name, int schemas) => Message.Of($"Schema registry {name} exists, and not in the stack of the project, which is published without it. {schemas:schema is|schemas are} missing in EventBridge. To publish them too, delete the registry, and run {"project publish":cmd} again.");

    public static Message RegistryDenied(string name, int schemas, IReadOnlyList<string> actions) => Message.Of($"The identity may not perform {actions}, so the project is published without schema registry {name}. {schemas:schema is|schemas are} missing in EventBridge. To publish them too, grant these actions, and run {"project publish":cmd} again.");

    public static Message Registry(string name) => Message.Of($"schema registry {name}");

    public static Message NotInStack() => Message.Of($"in the project, but not in the stack");

    public static Message NotInProject() => Message.Of($"in the stack, but not in the project");

    public static Message GrantPolicy() => Message.Of($"Grant these actions, or use an identity that has them. docs/projects.md describes the policy for deployments.");

    public static Message Role(string rule, string role) => Message.Of($"role {role} of rule {rule}");

    // Quotas.
    public static Message BusQuota() => Message.Of($"quota of event buses");

    public static Message RuleQuota(string bus) => Message.Of($"quota of rules on event bus {bus}");

    public static Message RegistryQuota() => Message.Of($"quota of schema registries");

    public static Message SchemaQuota(string registry) => Message.Of($"quota of schemas in registry {registry}");

    public static Message StackQuota() => Message.Of($"quota of CloudFormation stacks");

    public static Message RoleQuota() => Message.Of($"quota of IAM roles");

    public static Message PolicyQuota() => Message.Of($"quota of IAM policies");

    public static Message IdentityQuota() => Message.Of($"quotas of IAM roles and policies");

    public static Message WithinQuota(double needed, double most) => Message.Of($"{needed} of {most}");

    public static Message BeyondQuota(double needed, double most) => Message.Of($"{needed} with those of the project, but {most} are allowed");

    public static Message QuotaUnknown(double needed, int most) => Message.Of($"There are {needed} with those of the project, and AWS allows {most} by default.");

    public static Message RaiseQuota(string name, string code, string service) =>
        Message.Of($"Delete some, or request an increase of the quota {name} ({code}) in Service Quotas: aws service-quotas request-service-quota-increase --service-code {service} --quota-code {code} --desired-value NUMBER");

    public static Message MoreStacks() => Message.Of($"Delete stacks, or request an increase of the number of stacks for AWS CloudFormation in Service Quotas.");

    public static Message MoreRoles() => Message.Of($"Delete roles, or request an increase of the number of roles for AWS IAM in Service Quotas.");

    public static Message MorePolicies() => Message.Of($"Delete policies, or request an increase of the number of customer managed policies for AWS IAM in Service Quotas.");

    // Losses.
    public static Message WouldLose(string stack, IReadOnlyList<string> losses) => Message.Of($"Stack {stack} was not changed, because data would be lost: {losses}. If that is meant, name each with {"Discard":param}.");

    public static Message NothingToDiscard(string name) => Message.Of($"{name} loses no data.");

    public static Message LosesBus() => Message.Of($"the event bus, with rules and archives that others made on it");

    public static Message LosesArchive(long? count) => count is { } events ? Message.Of($"{events:archived event|archived events}") : Message.Of($"its archived events, whose number is unknown, because EventBridge updates it within 24 hours");

    public static Message LosesOlderEvents(long days) => Message.Of($"its archived events that are older than {days:day|days}");

    public static Message LosesOlderMessages(long seconds) => Message.Of($"its messages that are older than {seconds:second|seconds}");

    public static Message LosesMessages(long? count) => count is { } messages ? Message.Of($"{messages:message|messages}") : Message.Of($"its messages, whose number is unknown");

    public static Message LosesItems() => Message.Of($"its items");

    public static Message LosesObjects() => Message.Of($"its objects, with all their versions");

    public static Message LosesImages() => Message.Of($"its images");

    public static Message LosesRecords() => Message.Of($"its records");

    public static Message LosesDatabase() => Message.Of($"the database");

    public static Message LosesFiles() => Message.Of($"its files");

    public static Message TestSkipped() => Message.Of($"The live test was skipped.");

    // What is deployed.
    public static Message Resource(string kind, string name) => Message.Of($"{name} ({kind})");

    public static Message PublishAgain() => Message.Of($"Run {"project publish":cmd}, or take the change into the project.");

    public static Message AsInProject() => Message.Of($"as in the project");

    public static Message OtherPattern() => Message.Of($"the event pattern differs from the project");

    public static Message OtherState(string? found, string wanted) => Message.Of($"{found}, but {wanted} in the project");

    public static Message NoTarget(string id) => Message.Of($"has no target {id}");

    public static Message OneMoreTarget(string id) => Message.Of($"has target {id}, which is not in the project");

    public static Message OtherTarget(string id, string field) => Message.Of($"{field} of target {id} differs from the project");

    public static Message OtherSchedule(string? found) => found is null ? Message.Of($"it has no schedule, but the project says one") : Message.Of($"the schedule is {found}, which differs from the project");

    public static Message NoSchema(string name) => Message.Of($"schema {name} does not exist");

    public static Message OtherSchema(string name) => Message.Of($"the content of schema {name} differs from the project");

    public static Message NotAsInProject(string stack, IEnumerable<string> differences) => Message.Of($"Stack {stack} was deployed, but differs from the project: {differences}.");

    // Status.
    public static Message Missing() => Message.Of($"not found");

    public static Message PublishIt() => Message.Of($"Run {"project publish":cmd}.");

    public static Message StackIs(string status, string? more) => more is null ? Message.Of($"{status}") : Message.Of($"{status}, {more}");

    public static Message LastRun() => Message.Of($"last run");

    public static Message RunFinished(DateTimeOffset at) => Message.Of($"complete, started at {at}");

    public static Message RunContinues(DateTimeOffset at) => Message.Of($"at work, started at {at}");

    public static Message Happened(string status, DateTimeOffset at, string? reason) => reason is null ? Message.Of($"{status} at {at}") : Message.Of($"{status} at {at}: {reason}");

    public static Message RunNotFinished(DateTimeOffset at) => Message.Of($"not complete, started at {at}");

    public static Message GoOn() => Message.Of($"To go on, run {"project publish":cmd} again.");

    public static Message Step(PublishStep step) => Message.Of($"{step}");

    public static Message StepEnded(DateTimeOffset at, double seconds) => Message.Of($"done at {at}, in {Math.Round(seconds, 1)} s");

    public static Message StepOpen(DateTimeOffset at) => Message.Of($"started at {at}, and not ended");

    public static Message SeeLog(string folder, string environment) => Message.Of($"See the logs in {folder}/{environment}.");

    public static Message Deleted() => Message.Of($"no longer exists");

    public static Message DeletedElsewhere() => Message.Of($"It was deleted outside of CloudFormation. Create it again with the same name, or delete the stack.");

    public static Message LastHour(string rule) => Message.Of($"deliveries of {rule} in the last hour");

    public static Message GrantMetrics() => Message.Of($"Grant cloudwatch:GetMetricStatistics.");

    public static Message Deliveries(long invoked, long failed, long dead, long lost) => Message.Of($"{invoked} delivered, {failed} failed, {dead} sent to a dead-letter queue, {lost} lost");

    public static Message SeeDeadLetters() => Message.Of($"See why with {"dlq list":cmd}.");

    public static Message Waiting(long count) => Message.Of($"{count:message waits|messages wait}");

    public static Message NotATime(string option, string text) => Message.Of($"'{text}' is not a valid value for {option:param}. Specify a time in ISO 8601 format, for example 2026-11-21T09:30:00Z, or how long ago, for example 2h.");

    public static Message NotYet(string option, DateTimeOffset time) => Message.Of($"{option:param} is {time}, which is not in the past.");

    public static Message NoLogs(string stack) => Message.Of($"Stack {stack} has no log group. Add logging to ebproject.yaml.");

    // Removal.
    public static Message NotPublished(string stack) => Message.Of($"There is no stack {stack} in this Region: the environment is not published.");

    public static Message Unpublish(int count) => Message.Of($"Delete {count:resource|resources}");

    public static Message Proved(int count) => Message.Of($"Nothing that was to be deleted is left: the services were asked for {count:resource|resources}.");

    public static Message ProvedBut(int count, IEnumerable<string> kinds) => Message.Of($"Nothing that was to be deleted is left: the services were asked for {count:resource|resources}, and CloudFormation alone for those of the types {kinds}.");

    public static Message ProvedLeft(int count) => Message.Of($"{count:resource is|resources are} left.");

    public static Message StillThere(string status) => Message.Of($"still exists; CloudFormation says {status}");

    public static Message DeletedUnchecked() => Message.Of($"CloudFormation says that it is deleted; resources of this type are not checked");

    public static Message DeletionNotChecked(OpsException reason) => Message.Of($"CloudFormation says that it is deleted; that could not be checked: {reason:clause}");

    public static Message NotDeleted(Message causes) => Message.Of($"Not everything could be deleted. {causes:clause}. Correct it, and run the command again, which goes on with what is left.");

    public static Message LeftOutside(string resource, string kind, string? name, Message reason) => Message.Of($"{resource} ({kind}) is no longer in the stack, but {name} could not be deleted, and is left. {reason}");

    public static Message Means(Message meaning, string reason) => Message.Of($"{meaning} CloudFormation says: {reason}");

    public static Message Says(string reason) => Message.Of($"CloudFormation says: {reason}");

    public static Message BucketNotEmpty() => Message.Of($"The bucket is not empty: something was written to it while the stack was deleted. Stop what writes to it, and name it with {"Discard":param}.");

    public static Message RoleHasPolicies() => Message.Of($"Policies are attached to the role that do not belong to the stack. Detach or delete them.");

    public static Message RoleInProfile() => Message.Of($"The role is in an instance profile that does not belong to the stack. Remove it from the instance profile.");

    public static Message PolicyAttached() => Message.Of($"The policy is attached to users, groups or roles that do not belong to the stack. Detach it.");

    public static Message BusHasRules() => Message.Of($"The event bus has rules that do not belong to the stack. Delete them, or move them to another event bus. A rule Events-Archive-NAME belongs to archive NAME, and is deleted with it.");

    public static Message RuleHasTargets() => Message.Of($"The rule has targets that do not belong to the stack. Remove them.");

    public static Message RegistryHasSchemas() => Message.Of($"The registry has schemas that do not belong to the stack. Delete them.");

    public static Message RepositoryHasImages() => Message.Of($"The repository has images. Delete them.");

    public static Message ProtectedFromDeletion() => Message.Of($"It is protected against deletion. Disable its deletion protection.");

    public static Message OtherOperation() => Message.Of($"Something else was changing it at that moment. Wait until that has ended.");

    public static Message DeletionDenied() => Message.Of($"The identity that deletes the stack is not allowed to delete it. Grant the permission.");
}
