using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The sandbox that is running in this PowerShell session.</summary>
public sealed record SandboxInfo
{
    /// <summary>The URL that <c>AWS_ENDPOINT_URL</c> names while it runs.</summary>
    public required string Endpoint { get; init; }

    /// <summary><c>built-in</c> or <c>moto</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The Region that <c>AWS_REGION</c> names while it runs.</summary>
    public required string Region { get; init; }

    /// <summary>The account ID of the sandbox.</summary>
    public required string AccountId { get; init; }

    /// <summary>The file that keeps the state between runs; null if the state is not kept.</summary>
    public string? StateFile { get; init; }

    /// <summary>The content of the sample account; null if it was not requested.</summary>
    public SampleSummary? Sample { get; init; }

    /// <summary>The URL.</summary>
    public override string ToString() => Endpoint;
}
