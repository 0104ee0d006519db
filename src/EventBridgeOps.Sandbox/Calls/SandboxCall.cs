using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>One call that reached the sandbox.</summary>
/// <param name="Service">events, batch, ecr or sts.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Region">The region that it was signed for.</param>
/// <param name="Status">The HTTP status of the answer; 0 for a connection that was reset.</param>
/// <param name="ErrorCode">The error's code, if the answer was one.</param>
/// <param name="StartedAt">When it arrived.</param>
/// <param name="Body">The request's body, if bodies are recorded.</param>
public sealed record SandboxCall(
    string Service, string Operation, string Region, int Status, string? ErrorCode, DateTimeOffset StartedAt, string? Body);
