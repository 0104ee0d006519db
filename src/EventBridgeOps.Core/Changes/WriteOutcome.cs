using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>The outcome of a write.</summary>
/// <param name="TargetId">The target's id within its rule.</param>
/// <param name="Before">The document before the write; null when none was there.</param>
/// <param name="After">The document that was written; null when nothing was.</param>
/// <param name="Error">Why it failed; null if it succeeded.</param>
internal sealed record WriteOutcome(string TargetId, JsonObject? Before, JsonObject? After, OpsException? Error)
{
    public bool Written => After is not null && Error is null;

    public bool Failed => Error is not null;
}
