using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Images;

/// <summary>Whether an image is there to be run.</summary>
public enum ImageState
{
    /// <summary>It is in its repository.</summary>
    Exists,

    /// <summary>It is not, or its repository is gone: jobs cannot start.</summary>
    Missing,

    /// <summary>It is not in a private registry of Amazon ECR, so it cannot be looked up; or that was not wanted.</summary>
    NotChecked,

    /// <summary>It could not be looked up; the reason says why.</summary>
    Unresolved,
}

/// <summary>A container of the latest ACTIVE revision of a job definition, and the image that it runs.</summary>
public sealed record BatchImage
{
    /// <summary>The job definition's name.</summary>
    public required string JobDefinitionName { get; init; }

    /// <summary>The latest ACTIVE revision.</summary>
    public int Revision { get; init; }

    /// <summary>Its ARN.</summary>
    public string? JobDefinitionArn { get; init; }

    /// <summary>The container's name.</summary>
    public required string ContainerName { get; init; }

    /// <summary>The node range of a multi-node job, such as <c>0:3</c>; null for others.</summary>
    public string? TargetNodes { get; init; }

    /// <summary>The image as written.</summary>
    public required string Image { get; init; }

    /// <summary>The account of the registry; null when it is no private registry of Amazon ECR.</summary>
    public string? RegistryId { get; init; }

    /// <summary>The repository; null when the image cannot be read.</summary>
    public string? RepositoryName { get; init; }

    /// <summary>The tag; null when the image is named without one.</summary>
    public string? ImageTag { get; init; }

    /// <summary>The digest that runs: the one that is written, else the one that the tag points to now. Null when it is unknown.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>When the image was pushed; null when it is unknown.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>Whether the image is there.</summary>
    public ImageState State { get; init; }

    /// <summary>Why, where the state alone does not tell.</summary>
    public string? Reason { get; init; }

    /// <summary>The region worked in.</summary>
    public string? Region { get; init; }

    /// <summary>The job definition with its revision, and the container.</summary>
    public override string ToString() => $"{JobDefinitionDocument.Refer(JobDefinitionName, Revision)}/{ContainerName}";
}
