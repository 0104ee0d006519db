using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Images;

/// <summary>Job definitions that get a new revision. A revision cannot be removed, so what it modified is reverted in yet another one.</summary>
internal sealed class RegistrationKind(IBatchApi batch, TimeProvider time) : IResourceKind
{
    private const int DescribedPerCall = 100;
    private const string Tags = "tags";

    public ChangeItemKind Kind => ChangeItemKind.Registration;

    /// <summary>RegisterJobDefinition has no client token and no condition, so each call that arrives makes a revision (decision 6).</summary>
    public bool IsRepeatable => false;

    public int GroupsReadBack => DescribedPerCall;

    /// <summary>Plans a new revision.</summary>
    /// <param name="latest">The revision that it is made from.</param>
    /// <param name="edits">The values to set.</param>
    /// <param name="time">The time of the plan.</param>
    public static PlannedItem Plan(JobDefinitionDocument latest, IReadOnlyList<DocumentDifference> edits, DateTimeOffset time)
    {
        JsonObject before = latest.ForRegistration();
        return new PlannedItem
        {
            Resource = ResourceId.JobDefinition(latest.Name),
            Edits = edits,
            Digest = DocumentDigest.Of(before),
            From = latest.Reference,
            Before = DocumentRedactor.Write(before),
            After = DocumentDiff.Apply(before, edits) is { } after ? DocumentRedactor.Write(after) : null,
            Owner = (latest.Document[Tags] as JsonObject)?.String("aws:cloudformation:stack-name") is { } stack ? "CloudFormation stack " + stack : null,
            Time = time,
        };
    }

    public Message Describe(PlannedItem item, bool isUndo)
    {
        if (item.To is { } earlier)
            return ImageMessages.RegisterAgain(item.Resource.Name, earlier);
        Dictionary<string, string> labels = item.Before is null ? [] : JobDefinitionImages.Of(Document.Parse(item.Before)).ToDictionary(container => container.Pointer, container => container.Label, StringComparer.Ordinal);
        return ImageMessages.Register(item.Resource.Name, item.Edits.Where(edit => !IsTag(edit)).Select(edit => ImageMessages.Step(
            labels.TryGetValue(edit.Pointer, out string? label) ? label : edit.Pointer, ImageText.Step(Document.Text(edit.Before), Document.Text(edit.After)))));
    }

    public string GroupOf(ResourceId resource) => resource.Name;

    public async Task<IReadOnlyDictionary<string, ResourceDocument>> ReadAsync(IReadOnlyList<ResourceId> resources, RetryBudget budget, CancellationToken cancellationToken)
    {
        string name = resources[0].Name;
        JobDefinitionDocument latest = await ItemRetry.RunAsync(() => JobDefinitionDocument.LatestAsync(batch, name, cancellationToken), budget, cancellationToken)
            ?? throw new OpsException(ErrorIds.JobDefinitionMissing, JobDefinitionMessages.NoActiveRevision(name));
        return new Dictionary<string, ResourceDocument> { [name] = new(latest.ForRegistration(), latest.Reference) { Arn = latest.Arn } };
    }

    public JsonObject? Edit(PlannedItem item, ResourceDocument now, bool force)
    {
        if (!force && item.Expected.Count == 0 && !item.Edits.All(edit => MayReplace(DocumentDiff.At(now.Document, edit), edit)))
            return null;
        if ((!force && IsOlder(item, now)) || DocumentDiff.Apply(now.Document, item.Edits) is not { } after)
            return null;
        PutPushTimes(after, item, now);
        RevisionStamp.Put(after, time.GetUtcNow(), JobDefinitionReference.Parse(now.Version!).Revision!.Value);
        return after;
    }

    public bool IsSame(JsonObject now, JsonObject after) => DocumentDiff.Between(now, after).All(IsStamp);

    // By the stamp where there was room for it; else by looking as it should, in a revision that is newer than the one we started from.
    public bool IsEffect(ItemWrite write, ResourceDocument now) =>
        write.Before is { Version: { } before } && now.Version is { } version && JobDefinitionReference.Parse(version).Revision > JobDefinitionReference.Parse(before).Revision
        && (RevisionStamp.Of(now.Document) is { } stamp && RevisionStamp.Of(write.After!) is not null
            ? write.Sent.Any(sent => RevisionStamp.Of(sent) == stamp)
            : RevisionStamp.Of(write.After!) is null && IsSame(now.Document, write.After!));

    public async Task WriteAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        foreach (ItemWrite write in writes)
        {
            try
            {
                RegisteredJobDefinition made = await batch.RegisterJobDefinitionAsync(write.After!, cancellationToken);
                write.Answer(null, new ResourceVersion(JobDefinitionDocument.Refer(made.JobDefinitionName, made.Revision), made.JobDefinitionArn));
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                write.Answer(e);
            }
        }
    }

    public async Task ReadBackAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        for (int first = 0; first < writes.Count; first += DescribedPerCall)
        {
            Dictionary<string, ItemWrite> wanted = writes.Skip(first).Take(DescribedPerCall).ToDictionary(write => write.Made!.Arn ?? write.Made.Reference, StringComparer.Ordinal);
            await foreach (JsonObject document in batch.DescribeJobDefinitionRevisionsAsync([.. wanted.Keys], cancellationToken))
            {
                if (document.String("status") == "ACTIVE" && JobDefinitionDocument.From(document) is { } shown
                    && (wanted.TryGetValue(shown.Arn ?? "", out ItemWrite? write) || wanted.TryGetValue(shown.Reference, out write)) && write.IsAccepted)
                    Compare(write, shown);
            }
        }
    }

    public OpsException Refuse(ResourceId resource, Obstacle obstacle, ResourceDocument? now, PlannedItem item) => now is not null && IsOlder(item, now) ? new NewerPushException(now.Version!) : new OpsException(ErrorIds.TargetChanged,
        item.Expected.Select(state => state.StartsWith(PlannedItem.VersionPrefix, StringComparison.Ordinal) ? state.Substring(PlannedItem.VersionPrefix.Length) : null).FirstOrDefault() is { } expected
            ? ImageMessages.DefinitionMoved(resource.Name, now?.Version, expected)
            : ImageMessages.DefinitionChanged(resource.Name, now?.Version));

    public OpsException NotVerified(ItemWrite write, OpsException? fault, TimeSpan waited) => new(ErrorIds.NotVerified, JobDefinitionMessages.NotVerified(write.Made!.Reference), fault);

    public UndoStep Undo(IReadOnlyList<ChangeItem> written, DateTimeOffset time)
    {
        // One change may have registered a job definition more than once; a registration without effect needs no revert.
        ChangeItem[] made = [.. written.Where(item => item.To is not null || item.Status == ChangeItemStatus.InFlight)];
        if (made.Length == 0)
            return new UndoStep(null);
        ChangeItem last = made[made.Length - 1];
        return new UndoStep(new PlannedItem
        {
            Resource = last.Resource,
            Edits = [.. made.AsEnumerable().Reverse().SelectMany(item => DocumentDiff.Between(Document.Parse(item.After), Document.Parse(item.Before!)))],
            // Where the run was interrupted, the new revision is not known, and may not exist.
            Expected = [last.To is { } to ? PlannedItem.VersionPrefix + to : DocumentDigest.OfRedactedDocument(Document.Parse(last.After))],
            From = last.To ?? last.From,
            To = made[0].From,
            Before = last.After,
            After = made[0].Before,
            Time = time,
        });
    }

    public PlannedItem? RollBack(IReadOnlyList<ItemWrite> written, DateTimeOffset time)
    {
        ItemWrite last = written[written.Count - 1];
        if (last.Made is null)
            return null; // whether there is a new revision is not known
        return new PlannedItem
        {
            Resource = last.Item.Resource,
            Edits = [.. written.Reverse().SelectMany(write => DocumentDiff.Between(write.After!, write.Before!.Document)).Where(edit => !IsStamp(edit) || (edit.Path.Count > 1 && edit.Path[1] is RevisionStamp.ImageDigest or RevisionStamp.ImagePushedAt))],
            Expected = [PlannedItem.VersionPrefix + last.Made.Reference, .. last.MayComeToShow ? new[] { PlannedItem.VersionPrefix + last.Before!.Version } : []],
            From = last.Made.Reference,
            To = written[0].Before!.Version,
            Anyway = last.MayComeToShow,
            Time = time,
        };
    }

    private static void Compare(ItemWrite write, JobDefinitionDocument shown)
    {
        List<string> differing = [.. DocumentDiff.Between(write.After!, shown.ForRegistration()).Select(difference => difference.Pointer)];
        List<string> wrong = [.. write.Item.Edits.Where(edit => !IsTag(edit)).Select(edit => edit.Pointer).Where(differing.Contains)];
        if (wrong.Count > 0)
            write.End(new OpsException(ErrorIds.NotVerified, JobDefinitionMessages.OtherImage(shown.Reference, wrong)));
        else
            write.Show([.. differing.Where(pointer => !pointer.StartsWith("/" + Tags, StringComparison.Ordinal))]); // hardly anything: Batch had filled it into the previous revision too
    }

    /// <summary>Whether an image that was pushed later has been put in place since the plan was made.</summary>
    private static bool IsOlder(PlannedItem item, ResourceDocument now) =>
        item.Expected.Count == 0 && PushEdit(item) is { } edit && PushTimes.Parse(Document.Text(edit.After)).IsOlder(PushTimes.Parse(Document.Text(edit.Before)), PushTimes.Of(now.Document));

    // Pushes of other repositories may have been noted since.
    private static void PutPushTimes(JsonObject after, PlannedItem item, ResourceDocument now)
    {
        if (item.Expected.Count == 0 && PushEdit(item) is { Removes: false } edit && after[Tags] is JsonObject tags)
            tags[RevisionStamp.ImagePushedAt] = PushTimes.Of(now.Document).With(PushTimes.Parse(Document.Text(edit.After))).ToString();
    }

    private static DocumentDifference? PushEdit(PlannedItem item) => item.Edits.FirstOrDefault(edit => IsTag(edit) && edit.Path.Count == 2 && edit.Path[1] == RevisionStamp.ImagePushedAt);

    /// <summary>Whether a value may be set although the revision is not the one that the plan was made for.</summary>
    private static bool MayReplace(JsonNode? now, DocumentDifference edit) =>
        IsTag(edit) || DocumentDiff.Same(now, edit.Before) || DocumentDiff.Same(now, edit.After)
        || (ImageReference.TryParse(Document.Text(now), out ImageReference? there) && ImageReference.TryParse(Document.Text(edit.After), out ImageReference? wanted) && there.IsOfSameRepository(wanted));

    internal static bool IsTag(DocumentDifference edit) => edit.Path[0] == Tags;

    // Our own tags describe the registration and not the definition.
    private static bool IsStamp(DocumentDifference edit) => IsTag(edit) && (edit.Path.Count == 1 || edit.Path[1].StartsWith("EventBridgeOps:", StringComparison.Ordinal));
}

/// <summary>The image of a job definition was pushed after the one that was to replace it.</summary>
/// <param name="latest">The latest revision.</param>
internal sealed class NewerPushException(string latest) : OpsException(ErrorIds.TargetChanged, ImageMessages.NewerPushRegistered(latest));
