using EventBridgeOps.Changes;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Images;

/// <summary>One job definition of an image update, and what became of it.</summary>
public sealed record BatchImageUpdate
{
    /// <summary>The job definition's name.</summary>
    public required string JobDefinitionName { get; init; }

    /// <summary>The latest revision before; null when it is unknown.</summary>
    public int? PreviousRevision { get; init; }

    /// <summary>The latest revision after: the new one, or the previous one where nothing was registered; null when it is unknown.</summary>
    public int? Revision { get; init; }

    /// <summary>The ARN of <see cref="Revision"/>.</summary>
    public string? JobDefinitionArn { get; init; }

    /// <summary>The image before; several, separated by commas, where containers ran different ones.</summary>
    public string? PreviousImage { get; init; }

    /// <summary>The image after, or the one that was meant.</summary>
    public string? Image { get; init; }

    /// <summary>The image's digest, as the registry told it; null when it was not looked up.</summary>
    public string? Digest { get; init; }

    /// <summary>The containers whose image changes.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Older revisions that were deregistered.</summary>
    public IReadOnlyList<int> Deregistered { get; init; } = [];

    /// <summary>What became of it.</summary>
    public SyncStatus Status { get; init; }

    /// <summary>True when the new revision was read back, and differs from the previous one as it should.</summary>
    public bool Verified { get; init; }

    /// <summary>The change in the journal; null when nothing was written.</summary>
    public string? ChangeId { get; init; }

    /// <summary>Why, where the status alone does not tell.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error id of what failed.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The region worked in.</summary>
    public string? Region { get; init; }

    /// <summary>From which revision to which, for people: <c>12 -> 13</c>.</summary>
    public string RevisionStep() => PreviousRevision is null ? "-" : Revision == PreviousRevision ? $"{Revision}" : $"{PreviousRevision} -> {Revision}";

    /// <summary>Whether targets should follow: the image is in place, now or since before.</summary>
    /// <param name="status">The <see cref="Status"/> of an update, as text; null for what is no update, but names a job definition.</param>
    public static bool IsInPlace(string? status) => status is null or nameof(SyncStatus.Updated) or nameof(SyncStatus.AlreadyCurrent);

    /// <summary>The job definition with its revision.</summary>
    public override string ToString() => (Revision ?? PreviousRevision) is { } revision ? JobDefinitionDocument.Refer(JobDefinitionName, revision) : JobDefinitionName;
}
