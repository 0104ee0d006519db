using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Sync;

/// <summary>Targets of rules: those of one rule are read and written together.</summary>
internal sealed class TargetKind(IEventBridgeApi events, RuleReader rules) : IResourceKind
{
    /// <summary>How many targets go into one PutTargets call: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html.</summary>
    private const int TargetsPerCall = 10;

    public ChangeItemKind Kind => ChangeItemKind.Target;

    /// <summary>PutTargets replaces each target as a whole, so a second call changes nothing more.</summary>
    public bool IsRepeatable => true;

    public int GroupsReadBack => 1;

    /// <summary>Plans one target.</summary>
    /// <param name="resource">The target.</param>
    /// <param name="seen">The target as it was read.</param>
    /// <param name="to">The job definition reference to write.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">The time of the plan.</param>
    public static PlannedItem Plan(ResourceId resource, JsonObject seen, string to, string? reason, DateTimeOffset time)
    {
        JsonObject after = TargetDocument.WithJobDefinition(seen, to)!;
        string digest = DocumentDigest.Of(seen);
        return new PlannedItem
        {
            Resource = resource,
            Edits = [.. DocumentDiff.Between(seen, after)],
            Digest = digest,
            Expected = [digest],
            From = TargetDocument.JobDefinition(seen),
            To = to,
            Before = DocumentRedactor.Write(seen),
            After = DocumentRedactor.Write(after),
            Reason = reason,
            Time = time,
        };
    }

    public Message Describe(PlannedItem item, bool isUndo)
    {
        (string target, string rule, Message step) = (item.Resource.TargetId, item.Resource.RuleName, SyncMessages.Step(item.From, item.To));
        return isUndo ? SyncMessages.Restore(target, rule, step) : SyncMessages.Update(target, rule, step);
    }

    public string GroupOf(ResourceId resource) => $"{resource.EventBusName}/{resource.RuleName}";

    public async Task<IReadOnlyDictionary<string, ResourceDocument>> ReadAsync(IReadOnlyList<ResourceId> resources, RetryBudget budget, CancellationToken cancellationToken)
    {
        (string bus, string rule) = (resources[0].EventBusName, resources[0].RuleName);
        IReadOnlyDictionary<string, JsonObject> targets = await rules.TargetsAsync(bus, rule, budget, cancellationToken)
            ?? throw new OpsException(ErrorIds.RuleNotFound, SyncMessages.RuleGone(rule, bus));
        return resources.Where(resource => targets.ContainsKey(resource.TargetId)).ToDictionary(resource => resource.Name, resource => new ResourceDocument(targets[resource.TargetId]) { Reference = TargetDocument.JobDefinition(targets[resource.TargetId]) });
    }

    public JsonObject? Edit(PlannedItem item, ResourceDocument now, bool force) =>
        TargetDocument.JobDefinition(now.Document) is null && item.Edits.All(edit => edit.Path[0] == "BatchParameters") ? null : DocumentDiff.Apply(now.Document, item.Edits);

    public bool IsSame(JsonObject now, JsonObject after) => DocumentDiff.Same(now, after);

    public bool IsEffect(ItemWrite write, ResourceDocument now) => DocumentDiff.Same(now.Document, write.After);

    public async Task WriteAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        for (int first = 0; first < writes.Count; first += TargetsPerCall)
            await PutAsync([.. writes.Skip(first).Take(TargetsPerCall)], cancellationToken);
    }

    public async Task ReadBackAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        ResourceId rule = writes[0].Item.Resource;
        IReadOnlyDictionary<string, JsonObject> targets = await rules.TargetsAsync(rule.EventBusName, rule.RuleName, budget: null, cancellationToken)
            ?? throw new OpsException(ErrorIds.RuleNotFound, SyncMessages.RuleGone(rule.RuleName, rule.EventBusName));
        foreach (ItemWrite write in writes)
        {
            if (targets.TryGetValue(write.Item.Resource.TargetId, out JsonObject? now) && DocumentDiff.Same(now, write.After))
                write.Show();
        }
    }

    public OpsException Refuse(ResourceId resource, Obstacle obstacle, ResourceDocument? now, PlannedItem item)
    {
        (string target, string rule, string bus) = (resource.TargetId, resource.RuleName, resource.EventBusName);
        return new OpsException(ErrorIds.TargetChanged, obstacle switch
        {
            Obstacle.Gone => SyncMessages.TargetGone(target, rule, bus),
            Obstacle.OtherKind => SyncMessages.OtherKind(target, rule, bus),
            _ => SyncMessages.Modified(target, rule, bus),
        });
    }

    public OpsException NotVerified(ItemWrite write, OpsException? fault, TimeSpan waited)
    {
        ResourceId resource = write.Item.Resource;
        (string target, string rule, string bus) = (resource.TargetId, resource.RuleName, resource.EventBusName);
        return new OpsException(ErrorIds.NotVerified, fault is null ? SyncMessages.NotVerified(target, rule, bus, waited) : SyncMessages.NotReadBack(target, rule, bus, fault), fault);
    }

    public UndoStep Undo(IReadOnlyList<ChangeItem> written, DateTimeOffset time)
    {
        ChangeItem item = written[0];
        if (item.Before is null)
            return new UndoStep(null, SyncMessages.NewTarget());
        JsonObject before = Document.Parse(item.Before);
        JsonObject after = Document.Parse(item.After);
        return new UndoStep(new PlannedItem
        {
            Resource = item.Resource,
            Edits = [.. DocumentDiff.Between(after, before)],
            Expected = [DocumentDigest.OfRedactedDocument(after)], // the journal does not know more of it
            From = item.To,
            To = item.From,
            Before = item.After,
            After = item.Before,
            Recreate = !item.Before.Contains(SecretRedactor.Mark), // a redacted document cannot replace one that no longer exists
            Time = time,
        });
    }

    public PlannedItem? RollBack(IReadOnlyList<ItemWrite> written, DateTimeOffset time)
    {
        ItemWrite write = written[0];
        JsonObject before = write.Before!.Document, after = write.After!;
        // A write that could not be verified may have taken effect, or may still do so, and is rolled back as well.
        return new PlannedItem
        {
            Resource = write.Item.Resource,
            Edits = [.. DocumentDiff.Between(after, before)],
            Expected = write.MayComeToShow ? [DocumentDigest.Of(after), DocumentDigest.Of(before)] : [DocumentDigest.Of(after)],
            From = write.Item.To,
            To = write.Item.From,
            Anyway = write.MayComeToShow,
            Time = time,
        };
    }

    private async Task PutAsync(IReadOnlyList<ItemWrite> call, CancellationToken cancellationToken)
    {
        (string bus, string rule) = (call[0].Item.Resource.EventBusName, call[0].Item.Resource.RuleName);
        try
        {
            IReadOnlyList<FailedTargetEntry> failed = await events.PutTargetsAsync(bus, rule, [.. call.Select(write => write.After!)], cancellationToken);
            foreach (ItemWrite write in call)
                write.Answer(failed.FirstOrDefault(entry => entry.TargetId == write.Item.Resource.TargetId) is { } entry ? Refused(bus, rule, entry) : null);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            foreach (ItemWrite write in call)
                write.Answer(e);
        }
    }

    private static ServiceCallException Refused(string bus, string rule, FailedTargetEntry entry) =>
        new(ServiceErrors.EntryErrorId(entry.ErrorCode), SyncMessages.Refused(bus, rule, entry), new FailedCall("events", "PutTargets", entry.ErrorCode, 200, null));
}
