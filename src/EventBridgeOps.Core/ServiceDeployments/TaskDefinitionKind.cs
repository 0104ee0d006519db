using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Revisions of task definitions from which new ones are made. A new revision has the content that was sent, so a later one with the same content is as good.</summary>
internal sealed class TaskDefinitionKind(IEcsApi ecs, ItemRetry retry) : IResourceKind
{
    /// <summary>How many revisions that are newer than the one a plan starts from are compared with what is wanted.</summary>
    private const int MostCompared = 5;

    private readonly ConcurrentDictionary<string, JsonObject> _sent = new(StringComparer.Ordinal);

    public ChangeItemKind Kind => ChangeItemKind.TaskDefinition;

    /// <summary>RegisterTaskDefinition has no client token, so each call that arrives makes a revision.</summary>
    public bool IsRepeatable => false;

    public int GroupsReadBack => 1;

    /// <summary>Plans a new revision.</summary>
    /// <param name="from">The revision that it is made from.</param>
    /// <param name="edits">The images to set.</param>
    /// <param name="time">The time of the plan.</param>
    public static PlannedItem Plan(TaskDefinitionDocument from, IReadOnlyList<DocumentDifference> edits, DateTimeOffset time)
    {
        JsonObject before = from.ForRegistration();
        return new PlannedItem
        {
            Resource = ResourceId.TaskDefinition(from.Reference),
            Edits = edits,
            Digest = DocumentDigest.Of(before),
            From = from.Reference,
            Before = DocumentRedactor.Write(before),
            After = DocumentDiff.Apply(before, edits) is { } after ? DocumentRedactor.Write(after) : null,
            Owner = TaskDefinitionDocument.Tag(from.Tags, "aws:cloudformation:stack-name") is { } stack ? "CloudFormation stack " + stack : null,
            Time = time,
        };
    }

    /// <summary>The newest revision that is newer than another and has this content; null if there is none. It is that of a run that ended before the service was updated, for example.</summary>
    /// <param name="from">Family and revision.</param>
    /// <param name="wanted">The content, as it is registered.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<TaskDefinitionDocument?> FindAsync(string from, JsonObject wanted, CancellationToken cancellationToken)
    {
        List<string> newer = [];
        await foreach (string arn in ecs.ListTaskDefinitionsAsync(TaskDefinitionDocument.FamilyOf(from), cancellationToken))
        {
            if (newer.Count == MostCompared || TaskDefinitionDocument.RevisionOf(EcsText.TaskDefinition(arn)) <= TaskDefinitionDocument.RevisionOf(from))
                break;
            newer.Add(arn);
        }

        foreach (string arn in newer)
        {
            if (TaskDefinitionDocument.From(await ecs.DescribeTaskDefinitionAsync(arn, cancellationToken)) is { } found && DocumentDiff.Same(found.ForRegistration(), wanted))
                return found;
        }

        return null;
    }

    public Message Describe(PlannedItem item, bool isUndo) => ServiceDeploymentMessages.Register(
        item.Resource.Name, item.Edits.Select(edit => ServiceDeploymentMessages.Step(ImageText.Step(Document.Text(edit.Before), Document.Text(edit.After)))).Distinct());

    public string GroupOf(ResourceId resource) => resource.Name;

    public async Task<IReadOnlyDictionary<string, ResourceDocument>> ReadAsync(IReadOnlyList<ResourceId> resources, RetryBudget budget, CancellationToken cancellationToken)
    {
        Dictionary<string, ResourceDocument> found = new(StringComparer.Ordinal);
        foreach (string name in resources.Select(resource => resource.Name))
        {
            // After a write whose outcome is not known, what matters is whether its revision is there.
            TaskDefinitionDocument? document = _sent.TryGetValue(name, out JsonObject? sent)
                ? await ItemRetry.RunAsync(() => FindAsync(name, sent, cancellationToken), budget, cancellationToken) : null;
            document ??= await ItemRetry.RunAsync(async () => TaskDefinitionDocument.From(await ecs.DescribeTaskDefinitionAsync(name, cancellationToken)), budget, cancellationToken);
            if (document is not null)
                found[name] = new ResourceDocument(document.ForRegistration(), document.Reference) { Arn = document.Arn };
        }

        return found;
    }

    public JsonObject? Edit(PlannedItem item, ResourceDocument now, bool force) => DocumentDiff.Apply(now.Document, item.Edits);

    public bool IsSame(JsonObject now, JsonObject after) => DocumentDiff.Same(now, after);

    public bool IsEffect(ItemWrite write, ResourceDocument now) => now.Version != write.Item.Resource.Name && DocumentDiff.Same(now.Document, write.After);

    public async Task WriteAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        foreach (ItemWrite write in writes)
        {
            _sent[write.Item.Resource.Name] = write.After!;
            try
            {
                JsonObject made = await ecs.RegisterTaskDefinitionAsync(write.After!, cancellationToken);
                string arn = made.String("taskDefinitionArn")!;
                write.Answer(null, new ResourceVersion(EcsText.TaskDefinition(arn), arn));
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
            if (TaskDefinitionDocument.From(await retry.RunAsync(() => ecs.DescribeTaskDefinitionAsync(write.Made!.Arn ?? write.Made.Reference, cancellationToken), cancellationToken)) is not { } shown)
                continue;
            List<string> differing = [.. DocumentDiff.Between(write.After!, shown.ForRegistration()).Select(difference => difference.Pointer)];
            List<string> wrong = [.. write.Item.Edits.Select(edit => edit.Pointer).Where(differing.Contains)];
            if (wrong.Count > 0)
                write.End(new OpsException(ErrorIds.NotVerified, ServiceDeploymentMessages.OtherImage(shown.Reference, wrong)));
            else
                write.Show(differing);
        }
    }

    public OpsException Refuse(ResourceId resource, Obstacle obstacle, ResourceDocument? now, PlannedItem item) =>
        new(ErrorIds.TargetChanged, ServiceDeploymentMessages.DefinitionGone(resource.Name));

    public OpsException NotVerified(ItemWrite write, OpsException? fault, TimeSpan waited) => new(ErrorIds.NotVerified, ServiceDeploymentMessages.RevisionNotVerified(write.Made!.Reference), fault);

    /// <summary>A revision that no service runs costs nothing, and an undo of the undo needs it, so it stays.</summary>
    public UndoStep Undo(IReadOnlyList<ChangeItem> written, DateTimeOffset time) =>
        new(null, written[written.Count - 1] is { Status: ChangeItemStatus.Written, To: { } made } ? ServiceDeploymentMessages.StaysRegistered(made) : null);

    public PlannedItem? RollBack(IReadOnlyList<ItemWrite> written, DateTimeOffset time) => null;
}
