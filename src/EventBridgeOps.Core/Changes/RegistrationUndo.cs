using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Documents;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Changes;

/// <summary>Puts job definitions back: a revision cannot be taken back, so what it changed is changed back in a newer one.</summary>
internal sealed class RegistrationUndo(JobDefinitionWriter writer, ChangeRecorder recorder, WriteOptions options, TimeProvider time, ApproveChange approve, IRunObserver observer)
{
    private readonly List<(string From, string To)> _replaced = [];

    /// <summary>Revisions that were put back, and those that were registered in their place.</summary>
    public IReadOnlyList<(string From, string To)> Replaced => _replaced;

    /// <summary>Puts the change's job definitions back, and tells what became of each.</summary>
    public async IAsyncEnumerable<TargetSyncResult> RunAsync(IEnumerable<ChangeItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ChangeItem item in items)
        {
            TargetSyncResult draft = new() { EventBusName = "", RuleName = "", TargetId = "", JobDefinitionName = item.JobDefinitionName, From = item.To ?? item.From, To = item.From };
            if (item.Kind == ChangeItemKind.Deregistration)
            {
                yield return draft with { From = null, Status = SyncStatus.Skipped, Reason = $"AWS Batch cannot make the deregistered revision {item.From} ACTIVE again; it shows its document for about 180 days" };
                continue;
            }

            yield return await RunAsync(item, draft, cancellationToken);
        }
    }

    private async Task<TargetSyncResult> RunAsync(ChangeItem item, TargetSyncResult draft, CancellationToken cancellationToken)
    {
        List<DocumentDifference> back = [.. DocumentDiff.Between(Document.Parse(item.After), Document.Parse(item.Before!))];
        string[] images = [.. back.Select(difference => difference.Pointer).Where(pointer => !pointer.StartsWith("/tags", StringComparison.Ordinal))];
        TargetSyncResult result = await approve(new PlannedChange($"job-definition/{item.JobDefinitionName}", $"register the document of {item.From} again"), cancellationToken) switch
        {
            Approval.WhatIf => draft with { Status = SyncStatus.WouldUpdate },
            Approval.Declined => draft with { Status = SyncStatus.Skipped, Reason = "declined" },
            _ => Conclude(draft, await WriteAsync(item, back, images, cancellationToken)),
        };
        return result;
    }

    private async Task<Registration> WriteAsync(ChangeItem item, IReadOnlyList<DocumentDifference> back, IReadOnlyCollection<string> images, CancellationToken cancellationToken)
    {
        Registration made = await writer.RegisterAsync(item.JobDefinitionName!, Edit, cancellationToken);
        return (await writer.VerifyAsync([made], _ => images, options.VerifyTimeout, cancellationToken))[0];

        JsonObject? Edit(JobDefinitionDocument latest)
        {
            JsonObject now = latest.ForRegistration();
            JsonObject? after = DocumentDiff.Apply(now, back);
            if (after is not null && IsSame(now, after))
                return null;
            bool asLeft = item.To is { } to ? latest.Reference == to : IsSame(DocumentRedactor.Redact(now), Document.Parse(item.After));
            if (after is null || (!asLeft && !options.Force))
                throw new OpsException(ErrorIds.TargetChanged, $"Job definition {item.JobDefinitionName} is no longer as the change left it: {latest} is the latest ACTIVE revision now{(item.To is null ? "" : $", not {item.To}")}. Nothing was registered. Look at it with Get-BatchImage (ebops image list); -Force changes back what the change changed.");
            RevisionStamp.Put(after, time.GetUtcNow(), latest.Revision, (after["tags"] as JsonObject)?.String(RevisionStamp.ImageDigest));
            return after;
        }
    }

    private TargetSyncResult Conclude(TargetSyncResult draft, Registration outcome)
    {
        TargetSyncResult result = draft with
        {
            From = outcome.Previous?.Reference ?? draft.From,
            To = outcome.Made is { } made ? JobDefinitionDocument.Refer(made.JobDefinitionName, made.Revision) : outcome.Previous?.Reference ?? draft.To,
            Status = outcome.Error is not null ? SyncStatus.Failed : outcome.Made is null ? SyncStatus.AlreadyCurrent : SyncStatus.Reverted,
            Verified = outcome.Error is null,
            ChangeId = outcome.Sent is null ? null : recorder.ChangeId,
            Reason = outcome.Error?.Message ?? (outcome.Made is null ? "it was so already" : null),
            ErrorId = outcome.Error?.ErrorId,
        };
        if (outcome.Error is { } error)
            observer.Failed(new ItemFailure(error, result));
        else if (outcome.Made is not null)
            _replaced.Add((result.From!, result.To!));
        return result;
    }

    // Our own tags tell of the registering, not of the definition.
    private static bool IsSame(JsonObject left, JsonObject right) =>
        DocumentDiff.Between(left, right).All(difference => difference.Path[0] == "tags" && (difference.Path.Count == 1 || difference.Path[1].StartsWith("EventBridgeOps:", StringComparison.Ordinal)));
}
