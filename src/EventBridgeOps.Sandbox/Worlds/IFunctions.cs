using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Runs the functions of Lambda.</summary>
internal interface IFunctions
{
    /// <summary>Begins an invocation; it waits outside the lock of the world, and for as long as the function may run.</summary>
    /// <exception cref="OperationCanceledException">The sandbox ends.</exception>
    Task<InvocationResult> InvokeAsync(Invocation invocation);
}

/// <summary>An invocation of a function as it was when it began.</summary>
/// <param name="RequestId">The ID of the request.</param>
/// <param name="Region">The Region of the function.</param>
/// <param name="Arn">The ARN of the function.</param>
/// <param name="Function">The configuration of the function.</param>
/// <param name="Code">Its code: a zip in base64.</param>
/// <param name="Payload">What the function receives.</param>
internal sealed record Invocation(string RequestId, string Region, string Arn, RawDocument Function, RawDocument Code, byte[] Payload)
{
    /// <summary>The trace header of X-Ray that came with it; null for none.</summary>
    public string? TraceHeader { get; init; }
}

/// <summary>How an invocation ended.</summary>
/// <param name="Payload">What the function returned, or its error.</param>
/// <param name="Error">The kind of error; null if there was none.</param>
/// <param name="Log">The last 4 KB of its log.</param>
internal sealed record InvocationResult(byte[] Payload, string? Error, byte[] Log)
{
    /// <summary>The lines of its log.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The process that ran it, which has a log stream of its own.</summary>
    public string Process { get; init; } = "";
}
