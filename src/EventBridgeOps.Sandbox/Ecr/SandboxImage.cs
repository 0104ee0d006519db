using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>An image that was pushed to the sandbox.</summary>
/// <param name="Repository">The name of the repository.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Digest">The digest of its manifest.</param>
[Record("Pushed images", Only = FrontEnd.Shell)]
[Column("Repository", nameof(Repository), Room = 20)]
[Column("Tag", nameof(Tag), Width = 12)]
[Column("Digest", nameof(Digest), Width = 18, Room = 10, Tail = 6)]
[Column("Rules", nameof(MatchingRules), Width = 5, Right = true)]
public sealed partial record SandboxImage([property: Field(Key = true)] string Repository, [property: Field(Key = true)] string Tag, string Digest)
{
    /// <summary>The ID of the event that reported the push; null if it is not known.</summary>
    public string? EventId { get; init; }

    /// <summary>The number of rules that matched the event.</summary>
    public int MatchingRules { get; init; }

    /// <summary>The repository and the tag.</summary>
    public override string ToString() => $"{Repository}:{Tag}";
}
