using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>A state as it was before a write, and how often each read operation still sees it.</summary>
internal sealed class HeldEffect(string region, string service, Region before, int reads)
{
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    /// <summary>The state before the write, if this read is one of those that still see it.</summary>
    public Region? For(AwsCall call)
    {
        if (call.Region != region || call.Service != service || !call.IsRead)
            return null;

        int count = seen.TryGetValue(call.Operation, out int already) ? already : 0;
        seen[call.Operation] = count + 1;
        return count < reads ? before : null;
    }
}
