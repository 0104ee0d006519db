using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Images;

/// <summary>The image to run and the job definitions to update: by repository, by URI, or from an Amazon ECR event.</summary>
public sealed record ImageSelection
{
    /// <summary>Job definition names, with or without wildcards; empty for every one that runs an image of the repository.</summary>
    public IReadOnlyList<string> JobDefinition { get; init; } = [];

    /// <summary>Container names, with or without wildcards; empty for all.</summary>
    public IReadOnlyList<string> ContainerName { get; init; } = [];

    /// <summary>The repository, including slashes. Only containers that run an image of it are changed.</summary>
    public required string RepositoryName { get; init; }

    /// <summary>The registry, if only containers with an image of this registry are to be updated; null for any.</summary>
    public ImageRegistry? Registry { get; init; }

    /// <summary>The account of the registry, if restricted to one; null for any.</summary>
    public string? RegistryId { get; init; }

    /// <summary>The Region of the registry, if restricted to one; null for any.</summary>
    public string? RegistryRegion { get; init; }

    /// <summary>The tag to run; null to use the digest.</summary>
    public string? ImageTag { get; init; }

    /// <summary>The digest to run; null to use the tag.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>The digest that the tag must still point to; null for any.</summary>
    public string? PushedDigest { get; init; }

    /// <summary>When the image was pushed, for a push event that says so; it does not replace an image that was pushed later. Null for any other selection.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>Whether it is a push without a tag. Only what is specified by its digest is meant by it.</summary>
    internal bool IsUntaggedPush => PushedDigest is not null && ImageTag is null;

    /// <summary>The repository that <see cref="PushedAt"/> is about, for the tag of a revision.</summary>
    internal string PushedTo => $"{RegistryId}/{RegistryRegion}/{RepositoryName}";

    /// <summary>Creates a selection by repository.</summary>
    /// <param name="repositoryName">The repository.</param>
    /// <param name="imageTag">The tag, or</param>
    /// <param name="imageDigest">the digest.</param>
    /// <param name="registryId">The account of the registry; null for any.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: neither or both of tag and digest, or one that is not valid.</exception>
    public static ImageSelection ForRepository(string repositoryName, string? imageTag, string? imageDigest, string? registryId)
    {
        if (string.IsNullOrEmpty(imageTag) == string.IsNullOrEmpty(imageDigest))
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.TagOrDigest(repositoryName));
        string text = repositoryName + (string.IsNullOrEmpty(imageTag) ? "@" + imageDigest : ":" + imageTag);
        if (!ImageReference.TryParse(text, out ImageReference? image) || image.Registry is not null)
            throw new OpsException(ErrorIds.InvalidArgument, !IsRepository(repositoryName) ? ImageMessages.NotARepositoryImage(text) : imageTag is { Length: > 0 } ? ImageMessages.InvalidTag(imageTag) : ImageMessages.InvalidDigest(imageDigest!));
        return new ImageSelection { RepositoryName = image.RepositoryName, ImageTag = image.Tag, ImageDigest = image.Digest, RegistryId = string.IsNullOrEmpty(registryId) ? null : registryId };
    }

    private static bool IsRepository(string name) => ImageReference.TryParse(name, out ImageReference? image) && image is { Registry: null, Tag: null, Digest: null };

    /// <summary>Creates a selection by URI.</summary>
    /// <param name="imageUri">Registry, repository, and tag or digest or both.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is not a valid image reference, or has neither a tag nor a digest.</exception>
    public static ImageSelection ForUri(string imageUri)
    {
        ImageReference image = ImageReference.Parse(imageUri);
        if (image.Tag is null && image.Digest is null)
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.UriWithoutImage(imageUri));
        return new ImageSelection { RepositoryName = image.FullRepositoryName, Registry = image.EffectiveRegistry, ImageTag = image.Tag, ImageDigest = image.Digest };
    }

    /// <summary>Whether a container's image is of the repository that is meant.</summary>
    internal bool IsMeant(ImageReference image) =>
        image.RepositoryNames.Contains(RepositoryName)
        && (!IsUntaggedPush || image.Digest is not null)
        && (Registry is null || Registry.IsSame(image.EffectiveRegistry))
        && (RegistryId is null || image.Registry?.RegistryId == RegistryId)
        && (RegistryRegion is null || image.Registry?.Region == RegistryRegion);

    /// <summary>The names of <see cref="JobDefinition"/>, whatever form they were given in: a revision or an ARN around them is dropped.</summary>
    internal IEnumerable<string> Names() => JobDefinition.Select(JobDefinitionText.Name);

    /// <summary>The image that is meant, without its registry.</summary>
    public override string ToString() => RepositoryName + (ImageTag is null ? "" : ":" + ImageTag) + (ImageDigest is null ? "" : "@" + ImageDigest);
}
