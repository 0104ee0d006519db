using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Undo;

/// <summary>Reverts job definitions: a revision cannot be deleted, so its modifications are reverted in a new one.</summary>
internal sealed class RegistrationUndo(JobDefinitionWriter writer, ChangeRecorder recorder, WriteOptions options, TimeProvider time, ApproveChange approve, IRunObserver observer)
{
    private readonly List<(string From, string To)> _replaced = [];

    /// <summary>The reverted revisions, and the revisions that were registered in their place.</summary>
    public IReadOnlyList<(string From, string To)> Replaced => _replaced;

    /// <summary>Reverts the job definitions of the change, and returns the outcome for each.</summary>
    public async IAsyncEnumerable<TargetSyncResult> RunAsync(IReadOnlyCollection<ChangeItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One change may have registered a job definition more than once; a registration without effect needs no revert.
        foreach (IGrouping<string, ChangeItem> definition in items.Where(item => item.Kind == ChangeItemKind.Registration).GroupBy(item => item.JobDefinitionName!))
        {
            ChangeItem[] made = [.. definition.Where(item => item.To is not null || item.Status == ChangeItemStatus.InFlight)];
            if (made.Length > 0)
                yield return await RunAsync(definition.Key, made, cancellationToken);
        }

        foreach (ChangeItem item in items.Where(item => item.Kind == ChangeItemKind.Deregistration && item.Status == ChangeItemStatus.Written))
            yield return Draft(item.JobDefinitionName!, null, item.From) with { Status = SyncStatus.Skipped, Reason = observer.Text(UndoMessages.StaysDeregistered(item.From)) };
    }

    private async Task<TargetSyncResult> RunAsync(string name, ChangeItem[] made, CancellationToken cancellationToken)
    {
        List<DocumentDifference> back = [.. made.AsEnumerable().Reverse().SelectMany(item => DocumentDiff.Between(Document.Parse(item.After), Document.Parse(item.Before!)))];
        ChangeItem last = made[made.Length - 1];
        TargetSyncResult draft = Draft(name, last.To ?? last.From, made[0].From);
        switch (await approve(new PlannedChange($"job-definition/{name}", UndoMessages.RegisterAgain(made[0].From)), cancellationToken))
        {
            case Approval.WhatIf:
                return draft with { Status = SyncStatus.WouldUpdate };
            case Approval.Declined:
                return draft with { Status = SyncStatus.Skipped, Reason = observer.Text(ChangeMessages.Declined()) };
        }

        TargetSyncResult result = Conclude(draft, await WriteAsync(name, last, back, cancellationToken));
        if (result.Status == SyncStatus.Reverted)
            _replaced.AddRange(made.Select(item => item.To).Append(result.From).OfType<string>().Distinct().Select(revision => (revision, result.To!)));
        return result;
    }

    private async Task<Registration> WriteAsync(string name, ChangeItem last, IReadOnlyList<DocumentDifference> back, CancellationToken cancellationToken)
    {
        string[] images = [.. back.Select(difference => difference.Pointer).Where(pointer => !pointer.StartsWith("/tags", StringComparison.Ordinal))];
        Registration made = await writer.RegisterAsync(name, Edit, cancellationToken);
        return (await writer.VerifyAsync([made], _ => images, options.VerifyTimeout, cancellationToken))[0];

        JsonObject? Edit(JobDefinitionDocument latest)
        {
            JsonObject now = latest.ForRegistration();
            JsonObject? after = DocumentDiff.Apply(now, back);
            if (after is not null && IsSame(now, after))
                return null;
            bool asLeft = last.To is { } to ? latest.Reference == to : IsSame(DocumentRedactor.Redact(now), Document.Parse(last.After));
            if (after is null || (!asLeft && !options.Force))
                throw new OpsException(ErrorIds.TargetChanged, last.To is { } made ? UndoMessages.DefinitionMoved(name, latest.Reference, made) : UndoMessages.DefinitionChanged(name, latest.Reference));
            RevisionStamp.Put(after, time.GetUtcNow(), latest.Revision, (after["tags"] as JsonObject)?.String(RevisionStamp.ImageDigest));
            return after;
        }
    }

    private static TargetSyncResult Draft(string name, string? from, string? to) => new() { EventBusName = "", RuleName = "", TargetId = "", JobDefinitionName = name, From = from, To = to };

    private TargetSyncResult Conclude(TargetSyncResult draft, Registration outcome)
    {
        TargetSyncResult result = draft with
        {
            From = outcome.Previous?.Reference ?? draft.From,
            To = outcome.Made is { } made ? JobDefinitionDocument.Refer(made.JobDefinitionName, made.Revision) : outcome.Previous?.Reference ?? draft.To,
            Status = outcome.Error is not null ? SyncStatus.Failed : outcome.Made is null ? SyncStatus.AlreadyCurrent : SyncStatus.Reverted,
            Verified = outcome.Error is null,
            ChangeId = outcome.Sent is null ? null : recorder.ChangeId,
            Reason = outcome.Error is { } failed ? observer.Text(failed) : outcome.Made is null ? observer.Text(ChangeMessages.AlreadyUpToDate()) : null,
            ErrorId = outcome.Error?.ErrorId,
        };
        if (outcome.Error is { } error)
            observer.Failed(new ItemFailure(error, result));
        return result;
    }

    // Our own tags describe the registration and not the definition.
    private static bool IsSame(JsonObject left, JsonObject right) =>
        DocumentDiff.Between(left, right).All(difference => difference.Path[0] == "tags" && (difference.Path.Count == 1 || difference.Path[1].StartsWith("EventBridgeOps:", StringComparison.Ordinal)));
}
