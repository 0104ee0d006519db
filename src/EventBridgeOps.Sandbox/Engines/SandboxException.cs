using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>A sandbox could not be started, filled or stopped. The message says why, and what to do.</summary>
/// <param name="message">What failed, why, and what to do.</param>
/// <param name="innerException">What caused it, if anything did.</param>
public sealed class SandboxException(Message message, Exception? innerException = null) : OpsException(ErrorIds.SandboxFailed, message, innerException);
