using EventBridgeOps.Changes;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Automation;

/// <summary>Repairs targets without asking, and says what became of each.</summary>
internal static class TargetFollower
{
    /// <summary>A program that runs by itself was approved when it was configured.</summary>
    public static readonly ApproveChange Always = (_, _) => Task.FromResult(Approval.Write);

    /// <summary>Repairs targets.</summary>
    public static async Task<IReadOnlyList<TargetSyncResult>> SyncAsync(TargetSync sync, IAsyncEnumerable<TargetSelection> selections, IRunObserver observer, CancellationToken cancellationToken) =>
        await sync.RunAsync(selections, new SyncOptions(), Always, observer, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>A repaired target as an item of an outcome.</summary>
    public static AutomationItem Item(TargetSyncResult result) => new("target", result.ToString(), result.From, result.To, result.Status.ToString(), result.Reason);

    /// <summary>A checked target as an item of an outcome.</summary>
    public static AutomationItem Item(TargetRevision target) =>
        new("target", target.ToString(), target.JobDefinition, target.LatestRevision is { } latest ? $"{target.JobDefinitionName}:{latest}" : null, target.State.ToString(), target.Exclusion ?? target.Reason);

    /// <summary>The changes of results, without repetitions.</summary>
    public static IReadOnlyList<string> Changes(params IEnumerable<string?>[] ids) => [.. ids.SelectMany(each => each).OfType<string>().Distinct(StringComparer.Ordinal)];
}
