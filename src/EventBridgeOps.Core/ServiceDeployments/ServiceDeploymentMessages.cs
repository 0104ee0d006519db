using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Images;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Messages about deployments of Amazon ECS services. Reasons are clauses: they are part of a sentence.</summary>
internal static class ServiceDeploymentMessages
{
    public static Message Reading() => Message.Of($"Reading services");

    public static Message Registering() => Message.Of($"Registering task definitions");

    public static Message Deploying() => Message.Of($"Deploying services");

    public static Message Waiting() => Message.Of($"Waiting for deployments");

    // What was selected.
    public static Message NothingSelected() => Message.Of($"Specify the services with {nameof(ServiceSelection.ServiceName):param}, or an image with {"Image":param}, which selects the services that run its repository.");

    public static Message ImageWithoutTag(string image) => Message.Of($"'{image}' has neither a tag nor a digest. Specify which image to run, for example {image}:v2.");

    public static Message NoServices() => Message.Of($"There are no services in this Region.");

    public static Message NothingFound(IEnumerable<string> services, IEnumerable<string> clusters) => Message.Of($"No services were found. Services looked for: {services}. Clusters: {clusters}.");

    public static Message NotFound(string service, IEnumerable<string> clusters) =>
        Message.Of($"Service {service} was not found in the clusters {clusters}. Check the name, the cluster and the Region. To list the services, run {"service list":cmd}.");

    public static Message NothingToDeploy(string what, string region) => Message.Of($"No service in Region {region} matches {what}. Nothing was deployed.");

    public static Message NoContainer(TaskDefinitionDocument definition, ImageSelection image, IEnumerable<string> images) =>
        Message.Of($"No container of task definition {definition} runs an image of {image.RepositoryName}. Images: {images}.");

    public static Message OtherController(string controller) => Message.Of($"its deployments are controlled by {controller} and not by Amazon ECS");

    public static Message ImagesUnknown(string definition, OpsException error) => Message.Of($"The images of task definition {definition} are unknown: {error}");

    // Images.
    public static Message ImageNotFound(ImageReference image, EcrRepository repository) =>
        Message.Of($"{image} was not found in repository {repository}, so no service was deployed to run it. Check the tag or digest, the account and the Region.");

    public static Message NotAnImage(string image) => Message.Of($"{image} is not a valid image reference");

    public static Message NotPrivateEcr(ImageReference image) => Message.Of($"{image} is not in a private Amazon ECR registry");

    public static Message OtherPartition(ImageReference image) => Message.Of($"{image} is in another AWS partition");

    public static Message NotDescribed(ImageReference image) => Message.Of($"Amazon ECR returned no digest of {image}");

    public static Message CheckSkipped() => Message.Of($"{nameof(ServiceUpdateOptions.SkipImageCheck):param} is set");

    public static Message LookupFailed(OpsException error) => Message.Of($"{error}");

    public static Message NotChecked(Message reason) => Message.Of($"It was not checked whether the image exists: {reason:clause}.");

    public static Message DigestUnknown(ImageReference from, ImageReference image, Message reason) =>
        Message.Of($"{from} is specified by its digest, and the digest of {image} is not known: {reason:clause}. Specify the digest.");

    public static Message NoDeployment() => Message.Of($"it has no deployment");

    public static Message NoTasks() => Message.Of($"no task of its deployment is running");

    public static Message NoDigest(string container) => Message.Of($"Amazon ECS returned no image digest for container {container}");

    public static Message CurrencyUnknown(Message reason) => Message.Of($"It is not known whether the service already ran what the tag points to: {reason:clause}.");

    public static Message Unchanged(string service, IEnumerable<string> images) => Message.Of($"Service {service} is not deployed, because it already runs {images}.");

    // Operations: each starts with its verb, and is not a sentence. Amazon ECS counts revisions, so the number of a new one is not known before.
    public static Message Register(string from, IEnumerable<Message> steps) => Message.Of($"Register a new revision of task definition {from} ({steps})");

    public static Message Step(string step) => Message.Of($"{step}");

    public static Message Deploy(string service, string? definition) => Message.Of($"Start a new deployment of service {service} ({definition})");

    public static Message Update(string service, string? from, string? to) => Message.Of($"Update service {service} from task definition {from} to {to}");

    public static Message UpdateToNew(string service, string? from) => Message.Of($"Update service {service} from task definition {from} to the new revision");

    public static Message Restore(string service, string? from, string? to) => Message.Of($"Restore task definition {to} of service {service}, which runs {from}");

    public static Message UsesEarlier(string definition, string service) => Message.Of($"Service {service} is updated to {definition}, which is already registered and has the same content.");

    // Writes.
    public static Message DefinitionGone(string definition) => Message.Of($"Task definition {definition} was not found or cannot be used. Nothing was registered. Check it in Amazon ECS.");

    public static Message OtherImage(string definition, IEnumerable<string> places) =>
        Message.Of($"Amazon ECS registered {definition}, but the revision does not have the requested image ({places}). No service was updated to it.");

    public static Message RevisionNotVerified(string definition) => Message.Of($"Amazon ECS registered {definition}, but the revision could not be read back. No service was updated to it. Run the command again.");

    public static Message StaysRegistered(string definition) => Message.Of($"{definition} stays registered: no service is changed by that, and the undo can be undone");

    public static Message Gone(string service) => Message.Of($"Service {service} was not found. It may have been deleted.");

    public static Message Modified(string service, string? now, string? expected) => Message.Of(
        $"Service {service} was modified in the meantime: it runs task definition {now}, not {expected}. Nothing was written. Check it with {"service list":cmd}.");

    public static Message UpdateNotVerified(string service, TimeSpan waited) =>
        Message.Of($"Amazon ECS accepted the update of service {service}, but it was not visible within {waited.TotalSeconds:second|seconds}. Check it with {"service list":cmd}.");

    public static Message SameTaskDefinition() => Message.Of($"only a new deployment was started, and the image that the tag pointed to before is not recorded in a task definition; to run it, specify its digest with {"Image":param}");

    // Deployments.
    public static Message NotConcluded(string deployment) => Message.Of($"Deployment {deployment} was started; its outcome is not known yet.");

    public static Message StillDeploying(string service, string deployment, double seconds) => Message.Of(
        $"Deployment {deployment} of service {service} was not completed within {Math.Round(seconds):second|seconds}. It is still in progress. Check it with {"service list":cmd}, or wait longer with {nameof(ServiceUpdateOptions.TimeoutSeconds):param}.");

    public static Message DeploymentFailed(string service, string deployment, Message why) =>
        Message.Of($"Deployment {deployment} of service {service} failed: {why:clause}. To restore the previous task definition, run {"change undo":cmd}.");

    public static Message RolledBack(string service, string deployment, Message why) =>
        Message.Of($"Deployment {deployment} of service {service} failed, and Amazon ECS rolls the service back to an earlier deployment: {why:clause}. Correct the image, and deploy it again.");

    public static Message Replaced(string service, string deployment, Message why) =>
        Message.Of($"Deployment {deployment} of service {service} was replaced by another one before it was completed: {why:clause}. Check the service with {"service list":cmd}.");

    public static Message NoReason() => Message.Of($"Amazon ECS returned no reason");

    public static Message ServiceGone(string service, string deployment) => Message.Of($"Deployment {deployment} was not completed: service {service} was deleted.");

    public static Message Unknown(string service, string deployment, Message reason) =>
        Message.Of($"The outcome of deployment {deployment} of service {service} is not known: {reason:clause}. Check the service with {"service list":cmd}.");

    public static Message NotListed() => Message.Of($"the service no longer lists it");

    public static Message OtherStatus(string status) => Message.Of($"the service no longer lists it, and its status is {status}");

    public static Message Words(string reason) => Message.Of($"{reason}");

    // Events.
    public static Message EventSkipped(string origin, Message reason) => Message.Of($"{origin} was skipped: {reason:clause}.");

    public static Message EventNotReadable(string origin, Message fault) => Message.Of($"{origin} is not a valid event: {fault:clause}.");

    public static Message EventFieldMissing(string origin, string field) => Message.Of($"{origin} is not a valid deployment event: field {field} is missing or not valid.");

    public static Message OtherField(string field, string? value, string expected) => Message.Of($"its {field} is '{value}', not {expected}");
}
