using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Images;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>The services to deploy, and the image that they are to run.</summary>
public sealed record ServiceSelection
{
    /// <summary>Cluster names or ARNs, with or without wildcards; empty for all clusters.</summary>
    public IReadOnlyList<string> ClusterName { get; init; } = [];

    /// <summary>Service names or ARNs, with or without wildcards; empty for every service that runs an image of the repository.</summary>
    public IReadOnlyList<string> ServiceName { get; init; } = [];

    /// <summary>The image to run; null to deploy what the task definition names.</summary>
    public ImageSelection? Image { get; init; }

    /// <summary>Creates a selection.</summary>
    /// <param name="clusterName">The clusters; null or empty for all.</param>
    /// <param name="serviceName">The services; null or empty for every one that runs an image of the repository.</param>
    /// <param name="image">The image: repository with tag or digest, with or without its registry. Null to deploy what the task definition names.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the image is not valid or has neither a tag nor a digest, or neither a service nor an image is specified.</exception>
    public static ServiceSelection From(IReadOnlyList<string>? clusterName, IReadOnlyList<string>? serviceName, string? image)
    {
        if (string.IsNullOrEmpty(image) && serviceName is not { Count: > 0 })
            throw new OpsException(ErrorIds.InvalidArgument, ServiceDeploymentMessages.NothingSelected());
        return new ServiceSelection { ClusterName = clusterName ?? [], ServiceName = serviceName ?? [], Image = string.IsNullOrEmpty(image) ? null : Read(image!) };
    }

    private static ImageSelection Read(string text)
    {
        ImageReference image = ImageReference.Parse(text);
        if (image.Tag is null && image.Digest is null)
            throw new OpsException(ErrorIds.InvalidArgument, ServiceDeploymentMessages.ImageWithoutTag(text));
        return image.Registry is null
            ? new ImageSelection { RepositoryName = image.RepositoryName, ImageTag = image.Tag, ImageDigest = image.Digest }
            : new ImageSelection { RepositoryName = image.FullRepositoryName, Registry = image.EffectiveRegistry, ImageTag = image.Tag, ImageDigest = image.Digest };
    }

    /// <summary>The image or the services, for people.</summary>
    public override string ToString() => Image?.ToString() ?? string.Join(", ", ServiceName);
}
