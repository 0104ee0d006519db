using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>A call that the sandbox received.</summary>
/// <param name="Service">The service: events, batch, ecr or sts.</param>
/// <param name="Operation">The name of the operation.</param>
/// <param name="Region">The Region that the request was signed for.</param>
/// <param name="Status">The HTTP status of the response; 0 if the connection was reset.</param>
/// <param name="ErrorCode">The error code, if the response is an error.</param>
/// <param name="StartedAt">The time at which the request arrived.</param>
/// <param name="Body">The body of the request, if bodies are recorded.</param>
public sealed record SandboxCall(
    string Service, string Operation, string Region, int Status, string? ErrorCode, DateTimeOffset StartedAt, string? Body);
