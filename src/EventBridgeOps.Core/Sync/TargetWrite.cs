using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sync;

/// <summary>A write that is meant for one target.</summary>
/// <param name="TargetId">The target's id within its rule.</param>
/// <param name="IsExpected">Whether a document that was read just now is still what the plan saw.</param>
/// <param name="Edit">Makes the document to write out of the one that was read; it must not touch its argument. Null where that has no place for it.</param>
/// <param name="WhenGone">The document to write, under force, when the target is gone; null when it cannot be made anew.</param>
internal sealed record TargetWrite(string TargetId, Func<JsonObject, bool> IsExpected, Func<JsonObject, JsonObject?> Edit, JsonObject? WhenGone = null)
{
    /// <summary>Write even where it looks done already: an earlier write of another document may still come to show.</summary>
    public bool Anyway { get; init; }
}

/// <summary>One target of a plan: what will be said of it, and the write, if there is one to do.</summary>
internal sealed record PlannedTarget(TargetSyncResult Result, TargetWrite? Write = null, OpsException? Error = null);

/// <summary>What is planned for one rule.</summary>
internal sealed record RulePlan(string EventBusName, string RuleName, IReadOnlyList<PlannedTarget> Targets);
