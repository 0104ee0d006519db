using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>What the sandbox says of scripts for jobs.</summary>
internal static class BatchMessages
{
    public static Message UnknownScriptMember(string name, IEnumerable<string> known) =>
        Message.Of($"The job script is not valid: it has no member {name}. Its members are {string.Join(", ", known)}.");

    public static Message NodeNotSimulated(string id) =>
        Message.Of($"{id} is a node of a multi-node parallel job, which the sandbox runs as a whole. Describe the job instead.");

    public static Message NotARange(string? range, IEnumerable<string> known) =>
        Message.Of($"The sandbox overrides a node range as a whole: targetNodes {range} is not a node range of the job definition. Its node ranges are {string.Join(", ", known)}.");

    public static Message StayNotRunnable() => Message.Of($"The job script is not valid: a job can stay in RUNNABLE only.");

    public static Message NotANumber(string name) => Message.Of($"The job script is not valid: {name} must be a whole number, 0 or more.");
}
