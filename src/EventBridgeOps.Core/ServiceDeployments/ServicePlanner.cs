using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>What is to be done to one service.</summary>
/// <param name="Service">The service as it was read.</param>
/// <param name="Result">The result so far.</param>
internal sealed record ServicePlan(ServiceDocument Service, ServiceUpdateResult Result)
{
    /// <summary>The revision to be registered first; null if none is.</summary>
    public PlannedItem? Revision { get; init; }

    /// <summary>The task definition that is already registered and that the service is to run; null if there is none.</summary>
    public string? TaskDefinitionArn { get; init; }

    /// <summary>Whether a new deployment of the same task definition is to be started.</summary>
    public bool Deploys { get; init; }

    /// <summary>What the result says if the service is deployed.</summary>
    public Message? Reason { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public OpsException? Error { get; init; }
}

/// <summary>Decides for each service what a selection means for it.</summary>
internal sealed class ServicePlanner(
    IEcsApi ecs, ServiceImages images, TaskDefinitionKind revisions, ServiceUpdateOptions options, string region, ItemRetry retry, TimeProvider time, IRunObserver observer, CancellationToken ended)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TaskDefinitionDocument>>> _definitions = new(StringComparer.Ordinal);

    /// <summary>Plans one service.</summary>
    /// <param name="selection">What is meant.</param>
    /// <param name="service">The service.</param>
    /// <returns>Null if the service is not meant: it was found by a wildcard, and runs no image of the repository.</returns>
    public async Task<ServicePlan?> PlanAsync(ServiceSelection selection, ServiceDocument service)
    {
        ServiceUpdateResult result = new()
        {
            ClusterName = service.ClusterName,
            ServiceName = service.ServiceName,
            PreviousTaskDefinition = EcsText.TaskDefinition(service.TaskDefinition),
            TaskDefinition = EcsText.TaskDefinition(service.TaskDefinition),
            Region = region,
        };
        try
        {
            return await PlanAsync(selection, service, result);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return new ServicePlan(service, result) { Error = e };
        }
    }

    private async Task<ServicePlan?> PlanAsync(ServiceSelection selection, ServiceDocument service, ServiceUpdateResult result)
    {
        bool isNamed = selection.ServiceName.Any(name => !NamePattern.Parse(EcsText.Name(name)).HasWildcard && EcsText.Name(name) == service.ServiceName);
        if (service.Controller != "ECS")
            return isNamed || selection.Image is null ? Skip(service, result, ServiceDeploymentMessages.OtherController(service.Controller)) : null;
        TaskDefinitionDocument definition = await _definitions.GetOrAdd(service.TaskDefinition, arn => new(() => ReadAsync(arn))).Value;
        TaskContainer[] containers = [.. definition.Containers.Where(container => selection.Image is null || (container.Reference is { } image && selection.Image.IsMeant(image)))];
        result = result with { PreviousImage = Join(containers.Select(container => container.Image)), Image = Join(containers.Select(container => container.Image)) };
        if (selection.Image is null)
            return await DeployAsync(service, result, containers);
        if (containers.Length > 0)
            return await PlanAsync(selection.Image, service, result, definition, containers);
        return !isNamed ? null : new ServicePlan(service, result)
        {
            Error = new OpsException(ErrorIds.ContainerNotFound, ServiceDeploymentMessages.NoContainer(definition, selection.Image, definition.Containers.Select(container => container.Image))),
        };
    }

    private async Task<ServicePlan> PlanAsync(ImageSelection wanted, ServiceDocument service, ServiceUpdateResult result, TaskDefinitionDocument definition, IReadOnlyList<TaskContainer> containers)
    {
        List<DocumentDifference> edits = [];
        List<string> after = [];
        Message? unknown = null;
        foreach (TaskContainer container in containers)
        {
            ImageReference from = container.Reference!, meant = from.With(wanted.ImageTag, wanted.ImageDigest);
            ImageLook look = await images.LookAsync(meant);
            ImageReference to = Write(from, meant, look);
            result = result with { Digest = result.Digest ?? look.Digest };
            unknown ??= look.Unknown;
            after.Add((to.IsSame(from) ? from : to).ToString());
            if (!to.IsSame(from))
                edits.Add(TaskDefinitionDocument.Edit(container, to.ToString()));
        }

        result = result with { Image = Join(after) };
        if (edits.Count == 0)
            return await DeployAsync(service, result, containers);
        JsonObject registered = DocumentDiff.Apply(definition.ForRegistration(), edits)!;
        Message? reason = unknown is null ? null : ServiceDeploymentMessages.NotChecked(unknown);
        if (await retry.RunAsync(() => revisions.FindAsync(definition.Reference, registered, ended), ended) is { } ready)
        {
            observer.Verbose(ServiceDeploymentMessages.UsesEarlier(ready.Reference, service.ToString()));
            return new ServicePlan(service, result with { TaskDefinition = ready.Reference }) { TaskDefinitionArn = ready.Arn, Reason = reason };
        }

        return new ServicePlan(service, result with { TaskDefinition = null }) { Revision = TaskDefinitionKind.Plan(definition, edits, time.GetUtcNow()), Reason = reason };
    }

    // What is specified by its digest stays so: it is there so that nothing else runs.
    private static ImageReference Write(ImageReference from, ImageReference meant, ImageLook look) =>
        from.Digest is null || meant.Digest is not null ? meant
        : look.Digest is { } digest ? from.With(from.Tag is null ? null : meant.Tag, digest)
        : throw new OpsException(ErrorIds.ImageUnresolved, ServiceDeploymentMessages.DigestUnknown(from, meant, look.Unknown!));

    private async Task<ServicePlan> DeployAsync(ServiceDocument service, ServiceUpdateResult result, IReadOnlyList<TaskContainer> containers)
    {
        ServicePlan plan = new(service, result) { Deploys = true };
        if (options.ForceNewDeployment)
            return plan;
        ServiceCurrency currency = await images.CompareAsync(service, containers);
        if (currency.IsCurrent != true)
            return plan with { Reason = currency.Reason is { } unknown ? ServiceDeploymentMessages.CurrencyUnknown(unknown) : null };
        observer.Verbose(ServiceDeploymentMessages.Unchanged(service.ToString(), containers.Select(container => container.Image)));
        return plan with { Deploys = false, Result = result with { Status = SyncStatus.AlreadyCurrent, Verified = true } };
    }

    private async Task<TaskDefinitionDocument> ReadAsync(string arn) =>
        TaskDefinitionDocument.From(await retry.RunAsync(() => ecs.DescribeTaskDefinitionAsync(arn, ended), ended))
        ?? throw new OpsException(ErrorIds.ResourceNotFound, ServiceDeploymentMessages.DefinitionGone(EcsText.TaskDefinition(arn)));

    private ServicePlan Skip(ServiceDocument service, ServiceUpdateResult result, Message reason) => new(service, result with { Status = SyncStatus.Skipped, Reason = observer.Text(reason) });

    private static string? Join(IEnumerable<string> images) => images.Distinct().ToArray() is { Length: > 0 } all ? string.Join(", ", all) : null;
}
