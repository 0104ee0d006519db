using EventBridgeOps.Events.Records;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The sandbox that is running in this PowerShell session.</summary>
[Record("Sandbox", Layout = RecordLayout.Lines)]
[Column("Endpoint", nameof(Endpoint))]
[Column("Page", nameof(Page))]
[Column("Engine", nameof(Engine))]
[Column("Region", nameof(Region))]
[Column("Account", nameof(AccountId))]
[Column("State file", nameof(StateFile))]
[Column("Sample", nameof(Sample))]
public sealed partial record SandboxInfo
{
    /// <summary>The URL that <c>AWS_ENDPOINT_URL</c> names while it runs.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The URL of its page, which shows what happens in it; null if it has none (moto).</summary>
    public string? Page { get; init; }

    /// <summary><c>built-in</c> or <c>moto</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The Region that <c>AWS_REGION</c> names while it runs.</summary>
    public required string Region { get; init; }

    /// <summary>The account ID of the sandbox.</summary>
    public required string AccountId { get; init; }

    /// <summary>The file that keeps the state between runs; null if the state is not kept.</summary>
    public string? StateFile { get; init; }

    /// <summary>The content of the sample account; null if it was not requested.</summary>
    [Field(Unlisted = true)]
    public SampleSummary? Sample { get; init; }

    /// <summary>The URL.</summary>
    public override string ToString() => Endpoint;
}
