using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;

namespace EventBridgeOps.Aws.Services;

/// <summary>Messages about calls: the subject of a call, which is part of a sentence, and the faults of a response.</summary>
internal static class ServicesMessages
{
    // What a call works on.
    public static Message EventBuses() => Message.Of($"the event buses");

    public static Message EventBus(string bus) => Message.Of($"event bus {bus}");

    public static Message SeveralBuses(IEnumerable<string> buses) => Message.Of($"event buses {buses}");

    public static Message Rule(string rule, string bus) => Message.Of($"rule {rule} (event bus {bus})");

    public static Message RuleTarget(string target, string bus) => Message.Of($"target {target} (event bus {bus})");

    public static Message Archives() => Message.Of($"the archives");

    public static Message Archive(string archive) => Message.Of($"archive {archive}");

    public static Message Replays() => Message.Of($"the replays");

    public static Message Replay(string replay) => Message.Of($"replay {replay}");

    public static Message EventPattern() => Message.Of($"an event pattern");

    public static Message JobDefinitions() => Message.Of($"the job definitions");

    public static Message JobDefinition(string? name) => Message.Of($"job definition {name}");

    public static Message SeveralJobDefinitions(int count) => Message.Of($"{count:job definition|job definitions}");

    public static Message JobQueues() => Message.Of($"the job queues");

    public static Message JobQueue(string queue) => Message.Of($"job queue {queue}");

    public static Message BatchJob(string job) => Message.Of($"Batch job {job}");

    public static Message SeveralBatchJobs(int count) => Message.Of($"{count:Batch job|Batch jobs}");

    public static Message JobsNamed(string name, string queue) => Message.Of($"the jobs named {name} in job queue {queue}");

    public static Message Repositories() => Message.Of($"the repositories");

    public static Message Repository(EcrRepository repository) => Message.Of($"repository {repository}");

    public static Message RepositoryNamed(string name) => Message.Of($"repository {name}");

    public static Message Queue(string name) => Message.Of($"queue {name}");

    public static Message Stack(string name) => Message.Of($"stack {name}");

    public static Message ChangeSet(string name) => Message.Of($"change set {name}");

    public static Message Bucket(string name) => Message.Of($"bucket {name}");

    public static Message Function(string name) => Message.Of($"function {name}");

    public static Message EventSourceMapping(string id) => Message.Of($"event source mapping {id}");

    public static Message LogGroup(string name) => Message.Of($"log group {name}");

    public static Message Alarms() => Message.Of($"the alarms");

    public static Message DownloadRefused(string address, int status) => Message.Of($"The package {address} could not be downloaded: HTTP status {status}.");

    public static Message NotDownloaded(string address, string reason) => Message.Of($"The package {address} could not be downloaded: {reason}");

    public static Message Schema(string name, string registry) => Message.Of($"schema {name} (registry {registry})");

    public static Message ResourceOf(string kind, string name) => Message.Of($"{name} ({kind})");

    public static Message Metric(string name) => Message.Of($"metric {name}");

    public static Message Topic(string name) => Message.Of($"topic {name}");

    public static Message EventHistory() => Message.Of($"the event history");

    public static Message Role(string name) => Message.Of($"role {name}");

    public static Message User(string name) => Message.Of($"user {name}");

    public static Message Policy(string name) => Message.Of($"policy {name}");

    public static Message Account() => Message.Of($"the account");

    public static Message Stacks() => Message.Of($"the stacks");

    public static Message Registries() => Message.Of($"the schema registries");

    public static Message Registry(string name) => Message.Of($"schema registry {name}");

    public static Message Quota(string code, string service) => Message.Of($"quota {code} of {service}");

    public static Message Parameter(string name) => Message.Of($"parameter {name}");

    public static Message Tags(string arn) => Message.Of($"the tags of {arn}");

    public static Message Clusters() => Message.Of($"the clusters");

    public static Message ServicesOf(string cluster) => Message.Of($"the services of cluster {cluster}");

    public static Message Service(string? service, string? cluster) => Message.Of($"service {service} (cluster {cluster})");

    public static Message SeveralServices(int count, string cluster) => Message.Of($"{count:service|services} of cluster {cluster}");

    public static Message TaskDefinition(string? definition) => Message.Of($"task definition {definition}");

    public static Message ServiceRevision(string revision) => Message.Of($"service revision {revision}");

    public static Message TasksOf(string cluster) => Message.Of($"the tasks of cluster {cluster}");

    public static Message CallerIdentity() => Message.Of($"the caller identity");

    // What is wrong with a response.
    public static Message FieldMissing(string field) => Message.Of($"field {field} is missing.");

    public static Message NotObjects(string field) => Message.Of($"field {field} contains an item that is not an object.");

    public static Message ItemWithout(string field, string member) => Message.Of($"field {field} contains an item without {member}.");

    public static Message EmptyPages(int pages) => Message.Of($"{pages} pages in a row were empty, and each one named a next page.");

    public static Message NotTexts(string field) => Message.Of($"field {field} contains an item that is not a string.");

    public static Message NotText(string field) => Message.Of($"field {field} is not a string.");

    public static Message NotInteger(string field) => Message.Of($"field {field} is not an integer.");

    public static Message NotBoolean(string field) => Message.Of($"field {field} is not a Boolean value.");

    public static Message NotList(string field) => Message.Of($"field {field} is not a list.");

    public static Message FailedEntriesMissing(string field, int count) => Message.Of($"field {field} is {count}, but no failed entries are listed.");

    public static Message OtherCount(string field, int results, int entries) => Message.Of($"field {field} has {results:result|results} for {entries:entry|entries}.");

    public static Message AttributeMissing(string field, string attribute) => Message.Of($"field {field} has no valid {attribute}.");

    public static Message RepeatedPageToken(string operation, Message subject) =>
        Message.Of($"{operation} on {subject} was stopped, because the service returned the same page token twice. Try again. If the error persists, contact the operator of the service.");
}
