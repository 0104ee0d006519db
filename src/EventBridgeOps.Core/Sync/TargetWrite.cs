using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sync;

/// <summary>A planned write of one target.</summary>
/// <param name="TargetId">The target's id within its rule.</param>
/// <param name="IsExpected">Whether the current document is still the one that the plan was made for.</param>
/// <param name="Edit">Creates the document to write from the one that was read, without modifying it. Null if that is not possible.</param>
/// <param name="WhenGone">The document to write with force if the target no longer exists; null if it cannot be recreated.</param>
internal sealed record TargetWrite(string TargetId, Func<JsonObject, bool> IsExpected, Func<JsonObject, JsonObject?> Edit, JsonObject? WhenGone = null)
{
    /// <summary>Write even if the target is already up to date: an earlier write of another document may still become visible.</summary>
    public bool Anyway { get; init; }
}

/// <summary>One target of a plan: its result, and the write if there is one.</summary>
internal sealed record PlannedTarget(TargetSyncResult Result, TargetWrite? Write = null, OpsException? Error = null);

/// <summary>The plan for one rule.</summary>
internal sealed record RulePlan(string EventBusName, string RuleName, IReadOnlyList<PlannedTarget> Targets);
