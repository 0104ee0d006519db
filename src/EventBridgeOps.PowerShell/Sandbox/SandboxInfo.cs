using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The sandbox that runs in this process.</summary>
public sealed record SandboxInfo
{
    /// <summary>The URL that <c>AWS_ENDPOINT_URL</c> names while it runs.</summary>
    public required string Endpoint { get; init; }

    /// <summary><c>built-in</c> or <c>moto</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The region that <c>AWS_REGION</c> names while it runs.</summary>
    public required string Region { get; init; }

    /// <summary>The account that it plays.</summary>
    public required string AccountId { get; init; }

    /// <summary>Where its state is kept between runs; null when it is kept nowhere.</summary>
    public string? StateFile { get; init; }

    /// <summary>What the sample account holds; null when it was not asked for.</summary>
    public SampleSummary? Sample { get; init; }

    /// <summary>The URL.</summary>
    public override string ToString() => Endpoint;
}
