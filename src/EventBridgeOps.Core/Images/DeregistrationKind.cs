using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Images;

/// <summary>Revisions that are deregistered, which cannot be undone. Those of one job definition are read together; one that is not ACTIVE is an empty document.</summary>
internal sealed class DeregistrationKind(IBatchApi batch) : IResourceKind
{
    public ChangeItemKind Kind => ChangeItemKind.Deregistration;

    /// <summary>To deregister a deregistered revision changes nothing.</summary>
    public bool IsRepeatable => true;

    public int GroupsReadBack => 1;

    /// <summary>Plans to deregister a revision.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="time">The time of the plan.</param>
    public static PlannedItem Plan(JobDefinitionDocument revision, DateTimeOffset time)
    {
        JsonObject before = revision.ForRegistration();
        return new PlannedItem
        {
            Resource = ResourceId.Revision(revision.Reference),
            Edits = [new DocumentDifference(["status"], "ACTIVE", "INACTIVE")],
            Digest = DocumentDigest.Of(before),
            From = revision.Reference,
            Before = DocumentRedactor.Write(before),
            Time = time,
        };
    }

    public Message Describe(PlannedItem item, bool isUndo) => ImageMessages.Deregister(item.Resource.Name);

    public string GroupOf(ResourceId resource) => resource.JobDefinitionName!;

    public async Task<IReadOnlyDictionary<string, ResourceDocument>> ReadAsync(IReadOnlyList<ResourceId> resources, RetryBudget budget, CancellationToken cancellationToken)
    {
        IReadOnlyList<JobDefinitionDocument> active = await ItemRetry.RunAsync(() => JobDefinitionDocument.ActiveAsync(batch, resources[0].JobDefinitionName!, cancellationToken), budget, cancellationToken);
        return resources.ToDictionary(resource => resource.Name, resource => active.FirstOrDefault(revision => revision.Reference == resource.Name) is { } revision
            ? new ResourceDocument(revision.ForRegistration(), revision.Reference) { Arn = revision.Arn }
            : new ResourceDocument([]));
    }

    public JsonObject Edit(PlannedItem item, ResourceDocument now, bool force) => [];

    public bool IsSame(JsonObject now, JsonObject after) => now.Count == after.Count;

    public bool IsEffect(ItemWrite write, ResourceDocument now) => now.Document.Count == 0;

    public async Task WriteAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        foreach (ItemWrite write in writes)
        {
            try
            {
                await batch.DeregisterJobDefinitionAsync(write.Before!.Arn ?? write.Item.Resource.Name, cancellationToken);
                write.Answer(null);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                write.Answer(e);
            }
        }
    }

    public async Task ReadBackAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        IReadOnlyList<JobDefinitionDocument> active = await JobDefinitionDocument.ActiveAsync(batch, writes[0].Item.Resource.JobDefinitionName!, cancellationToken);
        foreach (ItemWrite write in writes.Where(write => active.All(revision => revision.Reference != write.Item.Resource.Name)))
            write.Show();
    }

    public OpsException Refuse(ResourceId resource, Obstacle obstacle, ResourceDocument? now, PlannedItem item) =>
        new(ErrorIds.TargetChanged, ImageMessages.DefinitionChanged(resource.JobDefinitionName!, now?.Version));

    public OpsException NotVerified(ItemWrite write, OpsException? fault, TimeSpan waited) => new(ErrorIds.NotVerified, JobDefinitionMessages.StillActive(write.Item.Resource.Name), fault);

    public UndoStep Undo(IReadOnlyList<ChangeItem> written, DateTimeOffset time) =>
        new(null, written[0].Status == ChangeItemStatus.Written ? ImageMessages.StaysDeregistered(written[0].From) : null);

    public PlannedItem? RollBack(IReadOnlyList<ItemWrite> written, DateTimeOffset time) => null;
}
