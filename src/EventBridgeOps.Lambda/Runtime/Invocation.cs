using System.Text.RegularExpressions;

namespace EventBridgeOps.Lambda.Runtime;

/// <summary>One invocation of the function.</summary>
/// <param name="RequestId">The ID of the invocation.</param>
/// <param name="Payload">What the function was invoked with, in UTF-8.</param>
/// <param name="Deadline">When Lambda ends the function.</param>
internal sealed partial record Invocation(string RequestId, byte[] Payload, DateTimeOffset Deadline)
{
    /// <summary>The ARN that was invoked; null if it is not known.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>The X-Ray trace header; null if there is none.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The trace ID as OpenTelemetry has it, 32 hexadecimal digits; null if there is none.</summary>
    /// <remarks>https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids: <c>Root=1-5759e988-bd862e3fe1be46a994272793</c>.</remarks>
    public string? TraceId => TraceHeader is { } header && Root().Match(header) is { Success: true } root ? root.Groups[1].Value + root.Groups[2].Value : null;

    [GeneratedRegex("Root=1-([0-9a-f]{8})-([0-9a-f]{24})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Root();
}
