using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>
/// Services, as far as a deployment is concerned: the task definition, and the deployment that runs it. UpdateService changes what it is given and
/// keeps everything else. An edit of the task definition leads to another deployment by itself; an edit of the deployment alone forces one.
/// </summary>
internal sealed class ServiceKind(IEcsApi ecs, ItemRetry retry) : IResourceKind
{
    private const string TaskDefinition = "taskDefinition";
    private const string Deployment = "deploymentId";

    private readonly ConcurrentDictionary<string, DateTimeOffset?> _created = new(StringComparer.Ordinal);

    public ChangeItemKind Kind => ChangeItemKind.Service;

    /// <summary>Each forced deployment that arrives starts.</summary>
    public bool IsRepeatable => false;

    public int GroupsReadBack => 1;

    /// <summary>When a deployment was created that this run started, or found when it wrote; null if it is not known.</summary>
    public DateTimeOffset? CreatedAt(string deploymentId) => _created.TryGetValue(deploymentId, out DateTimeOffset? time) ? time : null;

    /// <summary>Plans another task definition.</summary>
    /// <param name="service">The service as it was read.</param>
    /// <param name="arn">The task definition's ARN.</param>
    /// <param name="time">The time of the plan.</param>
    public static PlannedItem PlanTaskDefinition(ServiceDocument service, string arn, DateTimeOffset time) =>
        Plan(service, new DocumentDifference([TaskDefinition], service.TaskDefinition, arn), EcsText.TaskDefinition(arn), time);

    /// <summary>Plans a new deployment of the same task definition.</summary>
    /// <param name="service">The service as it was read.</param>
    /// <param name="time">The time of the plan.</param>
    public static PlannedItem PlanDeployment(ServiceDocument service, DateTimeOffset time) =>
        Plan(service, new DocumentDifference([Deployment], service.Primary?.Id, null) { Adds = service.Primary is null, Removes = true }, EcsText.TaskDefinition(service.TaskDefinition), time);

    public Message Describe(PlannedItem item, bool isUndo) => (IsForced(item), isUndo) switch
    {
        (true, _) => ServiceDeploymentMessages.Deploy(item.Resource.Name, item.From),
        (_, true) => ServiceDeploymentMessages.Restore(item.Resource.Name, item.From, item.To),
        _ => ServiceDeploymentMessages.Update(item.Resource.Name, item.From, item.To),
    };

    public string GroupOf(ResourceId resource) => resource.Name;

    public async Task<IReadOnlyDictionary<string, ResourceDocument>> ReadAsync(IReadOnlyList<ResourceId> resources, RetryBudget budget, CancellationToken cancellationToken)
    {
        (string cluster, string service) = (resources[0].ClusterName!, resources[0].ServiceName!);
        IReadOnlyList<JsonObject> found = await ItemRetry.RunAsync(() => ecs.DescribeServicesAsync(cluster, [service], cancellationToken), budget, cancellationToken);
        return ServiceFinder.Read(found, cluster).Take(1).ToDictionary(_ => resources[0].Name, Note, StringComparer.Ordinal);
    }

    public JsonObject? Edit(PlannedItem item, ResourceDocument now, bool force) =>
        // Another deployment that was started since the plan was made runs what the tag points to as well.
        IsForced(item) && !DocumentDiff.Same(now.Document[Deployment], item.Edits[0].Before) ? now.Document.DeepClone().AsObject() : DocumentDiff.Apply(now.Document, item.Edits);

    public bool IsSame(JsonObject now, JsonObject after) => now.ContainsKey(Deployment) == after.ContainsKey(Deployment) && DocumentDiff.Same(now[TaskDefinition], after[TaskDefinition]);

    public bool IsEffect(ItemWrite write, ResourceDocument now) =>
        DocumentDiff.Same(now.Document[TaskDefinition], write.After![TaskDefinition]) && (!IsForced(write.Item) || !DocumentDiff.Same(now.Document[Deployment], write.Before?.Document[Deployment]));

    public async Task WriteAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        foreach (ItemWrite write in writes)
        {
            try
            {
                JsonObject answer = await ecs.UpdateServiceAsync(Request(write), cancellationToken);
                ResourceDocument now = Note(ServiceDocument.From(answer, write.Item.Resource.ClusterName!)!);
                write.Answer(null, new ResourceVersion(now.Version!, now.Arn));
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                write.Answer(e);
            }
        }
    }

    public async Task ReadBackAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        foreach (ItemWrite write in writes)
        {
            ResourceId resource = write.Item.Resource;
            IReadOnlyList<ServiceDocument> found = await ServiceFinder.DescribeAsync(ecs, retry, resource.ClusterName!, [resource.ServiceName!], cancellationToken);
            // The deployment may already be replaced or rolled back: that it was there is what counts.
            if (found.Any(service => service.Deployments.Any(deployment => deployment.Id == write.Made!.Arn) || EcsText.TaskDefinition(service.TaskDefinition) == write.Made!.Reference)
                || await WasThereAsync(write, cancellationToken))
                write.Show();
        }
    }

    private async Task<bool> WasThereAsync(ItemWrite write, CancellationToken cancellationToken)
    {
        if (CreatedAt(write.Made!.Arn!) is not { } created)
            return false;
        try
        {
            return await DeploymentRecall.FindAsync(ecs, retry, write.Item.Resource.ClusterName!, write.Item.Resource.ServiceName!, created, cancellationToken) is not null;
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return false; // without the permission for the second list, the first one is read again
        }
    }

    public OpsException Refuse(ResourceId resource, Obstacle obstacle, ResourceDocument? now, PlannedItem item) => now is null
        ? new(ErrorIds.ResourceNotFound, ServiceDeploymentMessages.Gone(resource.Name))
        : new(ErrorIds.TargetChanged, ServiceDeploymentMessages.Modified(resource.Name, now.Version, item.From));

    public OpsException NotVerified(ItemWrite write, OpsException? fault, TimeSpan waited) => new(ErrorIds.NotVerified, ServiceDeploymentMessages.UpdateNotVerified(write.Item.Resource.Name, waited), fault);

    public UndoStep Undo(IReadOnlyList<ChangeItem> written, DateTimeOffset time)
    {
        (ChangeItem first, ChangeItem last) = (written[0], written[written.Count - 1]);
        DocumentDifference[] edits = first.Before is null ? [] : [.. DocumentDiff.Between(Document.Parse(last.After), Document.Parse(first.Before)).Where(edit => edit.Path[0] == TaskDefinition)];
        if (edits.Length == 0)
            return new UndoStep(null, ServiceDeploymentMessages.SameTaskDefinition());
        return new UndoStep(new PlannedItem
        {
            Resource = last.Resource,
            Edits = edits,
            Expected = [PlannedItem.VersionPrefix + (last.To ?? EcsText.TaskDefinition(Document.Text(edits[0].Before)!))],
            From = last.To,
            To = first.From,
            Before = last.After,
            After = first.Before,
            Time = time,
        });
    }

    public PlannedItem? RollBack(IReadOnlyList<ItemWrite> written, DateTimeOffset time)
    {
        ItemWrite write = written[written.Count - 1];
        if (IsForced(write.Item))
            return null; // the image that the tag pointed to before is not known to the task definition
        return new PlannedItem
        {
            Resource = write.Item.Resource,
            Edits = [new DocumentDifference([TaskDefinition], write.After![TaskDefinition]?.DeepClone(), write.Before!.Document[TaskDefinition]?.DeepClone())],
            Expected = [PlannedItem.VersionPrefix + write.Item.To, .. write.MayComeToShow ? new[] { PlannedItem.VersionPrefix + write.Before.Version } : []],
            From = write.Item.To,
            To = write.Before.Version,
            Anyway = write.MayComeToShow,
            Time = time,
        };
    }

    private static PlannedItem Plan(ServiceDocument service, DocumentDifference edit, string to, DateTimeOffset time)
    {
        JsonObject before = Read(service).Document;
        string from = EcsText.TaskDefinition(service.TaskDefinition);
        return new PlannedItem
        {
            Resource = ResourceId.Service(service.ClusterName, service.ServiceName),
            Edits = [edit],
            Digest = DocumentDigest.Of(before),
            Expected = [PlannedItem.VersionPrefix + from],
            From = from,
            To = to,
            Before = Document.Write(before),
            After = Document.Write(DocumentDiff.Apply(before, [edit])),
            Owner = service.Owner,
            Time = time,
        };
    }

    private static bool IsForced(PlannedItem item) => item.Edits.All(edit => edit.Path[0] == Deployment);

    private static JsonObject Request(ItemWrite write)
    {
        JsonObject request = new() { ["cluster"] = write.Item.Resource.ClusterName, ["service"] = write.Item.Resource.ServiceName };
        if (IsForced(write.Item))
            request["forceNewDeployment"] = true;
        else
            request[TaskDefinition] = write.After![TaskDefinition]?.DeepClone();
        return request;
    }

    private ResourceDocument Note(ServiceDocument service)
    {
        if (service.Primary is { } primary)
            _created[primary.Id] = primary.CreatedAt;
        return Read(service);
    }

    private static ResourceDocument Read(ServiceDocument service)
    {
        JsonObject document = new() { ["cluster"] = service.ClusterName, ["service"] = service.ServiceName, [TaskDefinition] = service.TaskDefinition };
        if (service.Primary is { } primary)
            document[Deployment] = primary.Id;
        return new ResourceDocument(document, EcsText.TaskDefinition(service.TaskDefinition)) { Arn = service.Primary?.Id };
    }
}
