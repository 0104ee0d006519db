namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>An image that was pushed to the sandbox.</summary>
/// <param name="Repository">The name of the repository.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Digest">The digest of its manifest.</param>
public sealed record SandboxImage(string Repository, string Tag, string Digest)
{
    /// <summary>The ID of the event that reported the push; null if it is not known.</summary>
    public string? EventId { get; init; }

    /// <summary>The number of rules that matched the event.</summary>
    public int MatchingRules { get; init; }
}
