using System.Globalization;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Images;

/// <summary>Messages about images and their update. Reasons, actions and users are clauses: they are part of a sentence.</summary>
internal static class ImageMessages
{
    public static Message LookingUp() => Message.Of($"Looking up images");

    public static Message WaitingForImage() => Message.Of($"Waiting for the image");

    public static Message Deregistering() => Message.Of($"Deregistering old revisions");

    public static Message Updating() => Message.Of($"Updating job definitions");

    // What an image is to be like.
    public static Message TagOrDigest(string repository) =>
        Message.Of($"Specify the image of {repository} with either {nameof(ImageSelection.ImageTag):param} or {nameof(ImageSelection.ImageDigest):param}.");

    public static Message NotARepositoryImage(string text) =>
        Message.Of($"'{text}' is not a valid image of a repository. Specify the repository without its registry, for example team/app. To specify the registry as well, use {"ImageUri":param}.");

    public static Message UriWithoutImage(string uri) => Message.Of($"'{uri}' has no tag and no digest. Add a tag (:v42) or a digest (@sha256:...).");

    public static Message SkipAndPin() =>
        Message.Of($"{nameof(ImageUpdateOptions.SkipImageCheck):param} cannot be combined with {nameof(ImageUpdateOptions.PinDigest):param}, which looks up the digest of the image.");

    public static Message InvalidTag(string tag) => Message.Of(
        $"'{tag}' is not a valid value for {nameof(ImageSelection.ImageTag):param}. A tag has 1 to 128 letters, digits, '_', '-' or '.', and does not start with '-' or '.'.");

    public static Message InvalidDigest(string digest) => Message.Of($"'{digest}' is not a valid value for {nameof(ImageSelection.ImageDigest):param}. A digest is sha256: followed by 64 hexadecimal digits.");

    public static Message SkipAndCheck() =>
        Message.Of($"{nameof(ImageUpdateOptions.SkipImageCheck):param} cannot be combined with {nameof(ImageUpdateOptions.WaitForImage):param} or {nameof(ImageUpdateOptions.MaxSeverity):param}, which look up the image.");

    // What was found of it.
    public static Message NotChecked(ImageReference image, Message reason) => Message.Of($"It was not checked whether {image} exists: {reason:clause}.");

    public static Message DigestUnknown(ImageReference image, Message reason) =>
        Message.Of($"The digest of {image} cannot be looked up: {reason:clause}. Specify the digest, or omit {nameof(ImageUpdateOptions.PinDigest):param}.");

    public static Message PinnedDigestUnknown(ImageReference pinned, ImageReference image) => Message.Of(
        $"{pinned} is specified by its digest, and the digest of {image} was not looked up. Specify the digest, with {nameof(ImageSelection.ImageDigest):param} or in {"ImageUri":param}.");

    public static Message NotRunnable(ImageReference image, Message kind) => Message.Of($"{image} is not a runnable image, but {kind:clause}. No job definition was updated to run it.");

    public static Message PushedNotRunnable(ImageReference image, Message kind) => Message.Of($"{image} is not a runnable image, but {kind:clause}");

    public static Message PartOfIndex(ImageReference image, string tag) => Message.Of($"{image} is a part of the multi-platform image {tag}");

    public static Message KindUnknown(ImageReference image, string? type) => Message.Of($"{image} may not be a runnable image: the type of its configuration, {type}, is not known.");

    public static Message KindNotChecked(ImageReference image, string type, Message reason) => Message.Of($"It was not checked whether {image} is a runnable image, because of its type {type}: {reason:clause}.");

    public static Message NoDigest(ImageReference image) => Message.Of($"Amazon ECR returned no digest for {image}, so it is unknown which image would run.");

    public static Message CheckSkipped() => Message.Of($"{nameof(ImageUpdateOptions.SkipImageCheck):param} is set");

    public static Message NotPrivateEcr(ImageRegistry registry) => Message.Of($"{registry} is not a private Amazon ECR registry");

    public static Message OtherPartition(string? region, string here) => Message.Of($"its Region {region} is in another AWS partition than {here}");

    public static Message NotDescribed(ImageReference image) => Message.Of($"Amazon ECR returned no description of {image}. Try again.");

    public static Message RepositoryNotFound(EcrRepository repository, ImageReference image) =>
        Message.Of($"Repository {repository} was not found, so no job definition was updated to run {image}. Check the name, the account and the Region.");

    public static Message ImageNotFound(EcrRepository repository, ImageReference image) =>
        Message.Of($"{image} was not found in repository {repository}, so no job definition was updated to run it. Check the tag or digest, or wait for a push in progress with {nameof(ImageUpdateOptions.WaitForImage):param}.");

    public static Message ImageNotPushed(EcrRepository repository, ImageReference image, double seconds) =>
        Message.Of($"{image} was not pushed to repository {repository} within {seconds:second|seconds}. Check whether the push failed, or wait longer with {nameof(ImageUpdateOptions.WaitTimeout):param}.");

    public static Message NeverScanned(ImageReference image) => Message.Of($"{image} has never been scanned, so no findings were checked.");

    public static Message ScanIncomplete(ImageReference image, string? status) => status is null
        ? Message.Of($"The scan of {image} has no status, so no findings were checked.")
        : Message.Of($"The scan of {image} is not complete ({status}), so no findings were checked.");

    public static Message Finding(int count, FindingSeverity severity) => Message.Of($"{count} {severity}");

    public static Message TooSevere(ImageReference image, IEnumerable<Message> findings, FindingSeverity most) =>
        Message.Of($"{image} was rejected: its scan reported {findings}, and {nameof(ImageUpdateOptions.MaxSeverity):param} allows at most {most}. Check the findings in Amazon ECR, and push a fixed image.");

    public static Message PlatformsUnknown(ImageIdentifier image, EcrRepository repository, Message fault) => Message.Of($"The platforms of {image} in repository {repository} are unknown: {fault:clause}.");

    public static Message ManifestNotReadable(Message fault) => Message.Of($"its manifest cannot be read: {fault:clause}");

    public static Message NoManifest() => Message.Of($"its manifest was not found");

    // Job definitions and their containers.
    public static Message DefinitionNotFound(string name, string region) =>
        Message.Of($"No ACTIVE job definition {name} was found in Region {region}. Check the name and the Region. To list the job definitions, run {"image list":cmd}.");

    public static Message NothingToUpdate(Message repository, string region) => Message.Of($"No ACTIVE job definition in Region {region} runs an image of {repository}. Nothing was updated.");

    public static Message NothingToUpdateOf(IEnumerable<string> names, Message repository, string region) =>
        Message.Of($"None of the ACTIVE job definitions {names} in Region {region} runs an image of {repository}. Nothing was updated.");

    public static Message NoContainer(JobDefinitionDocument definition, Message repository, Message images) =>
        Message.Of($"No container of job definition {definition} runs an image of {repository}. Images: {images}.");

    public static Message NoContainerOf(IEnumerable<string> containers, JobDefinitionDocument definition, Message repository, Message images) =>
        Message.Of($"No container {containers} of job definition {definition} runs an image of {repository}. Images: {images}.");

    public static Message NoContainerNamed(IEnumerable<string> containers, Message repository, string region, IEnumerable<string> there) =>
        Message.Of($"No container {containers} of a job definition in Region {region} runs an image of {repository}. Containers that do: {there}.");

    public static Message Images(IEnumerable<string> images) => Message.Of($"{images}");

    public static Message NoImages() => Message.Of($"none");

    public static Message Repository(string name) => Message.Of($"{name}");

    public static Message RepositoryOfHost(string host, string name) => Message.Of($"{host}/{name}");

    public static Message RepositoryByDigest(Message repository) => Message.Of($"{repository} that is specified by its digest");

    public static Message RepositoryOfAccount(string name, string account) => Message.Of($"{name} (registry {account})");

    public static Message RepositoryOfRegistry(string name, string account, string region) => Message.Of($"{name} (registry {account}, {region})");

    public static Message TagMoved(string? tag, string digest, string pushed) => Message.Of($"tag {tag} now points to {digest}, not to {pushed}, the digest of the push");

    public static Message OlderPush(DateTimeOffset time, JobDefinitionDocument definition, DateTimeOffset newer) => Message.Of(
        $"the image was pushed at {Time(time)}, but an image that was pushed later, at {Time(newer)}, was already applied to {definition}; to use the older image, specify it with {nameof(ImageSelection.ImageTag):param} or {nameof(ImageSelection.ImageDigest):param}");

    public static Message NewerPushRegistered(string latest) => Message.Of(
        $"{latest} was registered after the plan was made, with an image that was pushed later. Nothing was registered. To use the older image, specify it with {nameof(ImageSelection.ImageTag):param} or {nameof(ImageSelection.ImageDigest):param}.");

    public static Message PushTimeNotRecorded(JobDefinitionDocument definition) => Message.Of(
        $"The new revision of {definition} has no room for the tag with the time of the push. In a later run, an image that was pushed earlier can replace this one.");

    public static Message WillRegister(JobDefinitionDocument definition, string? from, string? to) => Message.Of($"{definition} runs {from}. A revision with {to} will be registered.");

    public static Message Unchanged(JobDefinitionDocument definition, string? image) => Message.Of($"{definition} is not changed, because it already runs {image}.");

    public static Message OtherArchitecture(string container, JobDefinitionDocument definition, string architecture, ImageReference image, IEnumerable<string> platforms) =>
        Message.Of($"Container {container} of {definition} runs on {architecture}, but {image} is only available for {platforms}. Its jobs will not start.");

    // Operations: each starts with its verb, and is not a sentence. AWS Batch counts revisions, so the number of a new one is not known before.
    public static Message Register(string name, IEnumerable<Message> steps) => Message.Of($"Register a new revision of job definition {name} ({steps})");

    public static Message RegisterAgain(string name, string revision) => Message.Of($"Register a new revision of job definition {name} that restores {revision}");

    public static Message Deregister(string revision) => Message.Of($"Deregister job definition revision {revision}");

    public static Message Step(string container, string step) => Message.Of($"{container}: {step}");

    public static Message Filled(IEnumerable<string> places, string revision) => Message.Of($"AWS Batch added values for {places} to {revision}.");

    // Older revisions.
    public static Message NothingDeregistered() => Message.Of($"No revision was deregistered, because it could not be checked which revisions are in use.");

    public static Message KeptInUse(JobDefinitionDocument revision, IEnumerable<Message> users) => Message.Of($"Revision {revision} was kept because it is in use by {users}.");

    public static Message KeptInUseByMore(JobDefinitionDocument revision, IEnumerable<Message> users, int more) => Message.Of($"Revision {revision} was kept because it is in use by {users} and {more} more.");

    public static Message StaysDeregistered(string? revision) =>
        Message.Of($"AWS Batch cannot make the deregistered revision {revision} ACTIVE again; it can still be described for about 180 days");

    public static Message DefinitionChanged(string name, string? latest) => Changed(name, Message.Of($"{latest}"));

    public static Message DefinitionMoved(string name, string? latest, string expected) => Changed(name, Message.Of($"{latest}, not {expected}"));

    public static Message UsedByTarget(string target) => Message.Of($"target {target}");

    public static Message UsedByJob(string? name, string? id, string? status) => Message.Of($"job {name} ({id}, {status})");

    public static Message JobQueues() => Message.Of($"the job queues");

    // What is left to do. The commands have no full stop, so that they can be copied.
    public static Message TargetsBehind(int count, Message command) => count == 1
        ? Message.Of($"1 target is now Behind. To repair it, run: {command}")
        : Message.Of($"{count} targets are now Behind. To repair them, run: {command}");

    public static Message TargetsNotChecked(OpsException error, Message command) => Message.Of($"Which targets are now Behind was not checked: {error:clause}. To repair them, run: {command}");

    public static Message RepairTargets(string definitions) => Message.Of($"{"target sync":cmd} {nameof(RuleQuery.EventBusName):param} '*' {nameof(TargetQuery.JobDefinition):param} {definitions}");

    public static Message RepairAllTargets() => Message.Of($"{"target sync":cmd} {nameof(RuleQuery.EventBusName):param} '*'");

    public static Message InRegion(Message command, string region) => Message.Of($"{command} {"Region":param} {region}");

    // States of listed images.
    public static Message NoImagesHere() => Message.Of($"There are no job definitions that run images in this Region.");

    public static Message NothingFound(IEnumerable<string> definitions, IEnumerable<string> repositories) =>
        Message.Of($"No images were found. Job definitions looked for: {definitions}. Repositories: {repositories}.");

    public static Message NoRepository(EcrRepository repository) => Message.Of($"repository {repository} was not found");

    public static Message LookupFailed(OpsException error) => Message.Of($"{error}");

    public static Message NotAReference() => Message.Of($"it is not a valid image reference");

    public static Message InOtherRegistry() => Message.Of($"it is not in a private Amazon ECR registry");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static Message Changed(string name, Message latest, [CallerMemberName] string member = "") =>
        Message.Of($"Job definition {name} was modified after the change: its latest ACTIVE revision is {latest}. Nothing was registered. Check it with {"image list":cmd}. To revert only what the change modified, use {nameof(ImageUpdateOptions.Force):param}.", member);
}
