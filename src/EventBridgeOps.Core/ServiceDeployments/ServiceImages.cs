using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Compares what services run with what tags point to. Each image is looked up once in a run.</summary>
/// <remarks>
/// A service keeps the digest that a tag pointed to when its deployment started: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html.
/// Only digests decide: a tag that was moved to an older image has an older push time than the deployment that does not run it.
/// </remarks>
internal sealed class ServiceImages(IEcsApi ecs, IEcrApi ecr, string region, ItemRetry retry, bool skipImageCheck, CancellationToken ended)
{
    private const int TasksPerCall = 100;
    private const int RevisionsPerCall = 20;

    private readonly ConcurrentDictionary<string, Lazy<Task<ImageLook>>> _known = new(StringComparer.Ordinal);

    /// <summary>What an image is now.</summary>
    /// <param name="image">The image.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ImageNotFound"/>: the repository does not have it.</exception>
    public Task<ImageLook> LookAsync(ImageReference image) => _known.GetOrAdd(image.Identity, _ => new Lazy<Task<ImageLook>>(() => LookUpAsync(image))).Value;

    /// <summary>Whether the most recent deployment of a service runs what the images of containers are now.</summary>
    /// <param name="service">The service.</param>
    /// <param name="containers">The containers of its task definition that count.</param>
    public async Task<ServiceCurrency> CompareAsync(ServiceDocument service, IReadOnlyList<TaskContainer> containers)
    {
        if (service.Primary is not { } primary)
            return ServiceCurrency.Unknown(ServiceDeploymentMessages.NoDeployment());
        if (primary.RolloutState == "FAILED")
            return ServiceCurrency.Outdated;
        List<(TaskContainer Container, ImageLook Look)> judged = [];
        foreach (TaskContainer container in containers)
        {
            if (container.Reference is not { } reference)
                return ServiceCurrency.Unknown(ServiceDeploymentMessages.NotAnImage(container.Image));
            if (reference.Digest is not null)
                continue; // it never changes
            ImageLook look = await LookAsync(reference);
            if (look.Digest is null)
                return ServiceCurrency.Unknown(look.Unknown!);
            judged.Add((container, look));
        }

        return judged.Count == 0 ? ServiceCurrency.Current : await CompareAsync(service, primary, judged);
    }

    private async Task<ServiceCurrency> CompareAsync(ServiceDocument service, DeploymentDocument primary, List<(TaskContainer Container, ImageLook Look)> judged)
    {
        try
        {
            string[] names = [.. judged.Select(each => each.Container.Name)];
            // What the service says of its revision costs one call; older endpoints, and containers without version consistency, have only tasks.
            IReadOnlyList<RunningImages> running = await RevisionAsync(service) is { } revision && names.All(name => revision.DigestOf(name) is not null) ? [revision] : await TasksAsync(service, primary);
            if (running.Count == 0)
                return ServiceCurrency.Unknown(ServiceDeploymentMessages.NoTasks());
            foreach ((TaskContainer container, ImageLook look) in judged)
            {
                foreach (RunningImages images in running)
                {
                    if (images.DigestOf(container.Name) is not { } digest)
                        return ServiceCurrency.Unknown(ServiceDeploymentMessages.NoDigest(container.Name));
                    if (digest != look.Digest && !(await look.Parts.Value).Contains(digest))
                        return ServiceCurrency.Outdated;
                }
            }

            return ServiceCurrency.Current;
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return ServiceCurrency.Unknown(ServiceDeploymentMessages.LookupFailed(e));
        }
    }

    /// <summary>The images of the revision that is deployed, or is being deployed; null if the service does not say it.</summary>
    private async Task<RunningImages?> RevisionAsync(ServiceDocument service)
    {
        string[] arns = [.. (service.Document["currentServiceRevisions"] as JsonArray ?? []).OfType<JsonObject>().Select(each => each.String("arn")).OfType<string>().Take(RevisionsPerCall)];
        if (arns.Length == 0)
            return null;
        try
        {
            IReadOnlyList<JsonObject> revisions = await retry.RunAsync(() => ecs.DescribeServiceRevisionsAsync(arns, ended), ended);
            JsonObject? latest = revisions.OrderByDescending(revision => EcsText.Time(revision["createdAt"])).FirstOrDefault();
            return latest?.String("taskDefinition") == service.TaskDefinition ? new RunningImages(latest, "containerImages", "containerName") : null;
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return null; // the tasks say it as well
        }
    }

    private async Task<IReadOnlyList<RunningImages>> TasksAsync(ServiceDocument service, DeploymentDocument primary) =>
        [.. (await TasksAsync(service)).Where(task => task.String("startedBy") == primary.Id).Select(task => new RunningImages(task, "containers", "name"))];

    private async Task<IReadOnlyList<JsonObject>> TasksAsync(ServiceDocument service)
    {
        List<string> arns = await retry.RunAsync(() => ecs.ListTasksAsync(service.ClusterName, service.ServiceName, ended).ToListAsync(ended), ended);
        List<JsonObject> tasks = [];
        for (int first = 0; first < arns.Count; first += TasksPerCall)
            tasks.AddRange(await retry.RunAsync(() => ecs.DescribeTasksAsync(service.ClusterName, arns.GetRange(first, Math.Min(TasksPerCall, arns.Count - first)), ended), ended));
        return tasks;
    }

    private async Task<ImageLook> LookUpAsync(ImageReference image)
    {
        if (skipImageCheck)
            return new ImageLook(image.Digest, ServiceDeploymentMessages.CheckSkipped());
        if (image.Registry is not { Kind: ImageRegistryKind.EcrPrivate } registry)
            return new ImageLook(image.Digest, ServiceDeploymentMessages.NotPrivateEcr(image));
        if (Partitions.Of(registry.Region!) != Partitions.Of(region))
            return new ImageLook(image.Digest, ServiceDeploymentMessages.OtherPartition(image));
        EcrRepository repository = new(registry.RegistryId!, registry.Region!, image.RepositoryName);
        ImageIdentifier identifier = new(image.Digest, image.Digest is null ? image.Tag ?? ImageReference.DefaultTag : null);
        try
        {
            IReadOnlyList<JsonObject> found = await retry.RunAsync(() => ecr.DescribeImagesAsync(repository, [identifier], ended), ended);
            string? digest = found.Count > 0 ? found[0].String("imageDigest") : null;
            return new ImageLook(digest, digest is null ? ServiceDeploymentMessages.NotDescribed(image) : null)
            {
                Parts = new(() => digest is not null && ArtifactTypes.IsIndex(found[0].String("imageManifestMediaType")) ? PartsAsync(repository, new ImageIdentifier(digest, null)) : Task.FromResult<IReadOnlyList<string>>([])),
            };
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            throw new OpsException(ErrorIds.ImageNotFound, ServiceDeploymentMessages.ImageNotFound(image, repository), e);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return new ImageLook(image.Digest, ServiceDeploymentMessages.LookupFailed(e));
        }
    }

    /// <summary>The images of a multi-platform image, one of which a task runs.</summary>
    private async Task<IReadOnlyList<string>> PartsAsync(EcrRepository repository, ImageIdentifier index)
    {
        try
        {
            JsonObject? manifest = await retry.RunAsync(() => ecr.GetImageManifestAsync(repository, index, ended), ended) is { } text ? Document.Parse(text) : null;
            return [.. (manifest?["manifests"] as JsonArray ?? []).OfType<JsonObject>().Select(part => part.String("digest")).OfType<string>()];
        }
        catch (Exception e) when (e is JsonException or OpsException { EndsRun: false })
        {
            return []; // then the service is deployed
        }
    }
}

/// <summary>The images that a revision of a service or a task runs.</summary>
/// <param name="Document">Its document.</param>
/// <param name="List">The field with the containers.</param>
/// <param name="Name">The field with the name of a container.</param>
internal sealed record RunningImages(JsonObject Document, string List, string Name)
{
    /// <summary>The digest of a container; null if it is not said.</summary>
    public string? DigestOf(string container) => (Document[List] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(each => each.String(Name) == container)?.String("imageDigest");
}

/// <summary>What is known of an image.</summary>
/// <param name="Digest">Its digest; null if it is not known.</param>
/// <param name="Unknown">Why it was not looked up, as a clause; null if it was.</param>
internal sealed record ImageLook(string? Digest, Message? Unknown)
{
    /// <summary>The digests of the images that a multi-platform image consists of; empty for others.</summary>
    public Lazy<Task<IReadOnlyList<string>>> Parts { get; init; } = new(() => Task.FromResult<IReadOnlyList<string>>([]));
}

/// <summary>Whether a service runs what its tags point to.</summary>
/// <param name="IsCurrent">Null if it is not known.</param>
/// <param name="Reason">Why it is not known, as a clause.</param>
internal sealed record ServiceCurrency(bool? IsCurrent, Message? Reason)
{
    public static ServiceCurrency Current { get; } = new(true, null);

    public static ServiceCurrency Outdated { get; } = new(false, null);

    public static ServiceCurrency Unknown(Message reason) => new(null, reason);
}
