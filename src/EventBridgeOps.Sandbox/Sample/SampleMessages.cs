using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Sample;

/// <summary>What is said when the sample account cannot be created.</summary>
internal static class SampleMessages
{
    public static Message CallFailed(string operation, int status, string answer) => Message.Of($"The sample account could not be created: {operation} returned HTTP {status}: {answer}");
}
