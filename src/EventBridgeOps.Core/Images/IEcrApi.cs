using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Images;

/// <summary>The operations of Amazon ECR that the product uses. A registry can be in another Region and account than the session.</summary>
/// <remarks>
/// Every method throws <see cref="ServiceCallException"/> when the service refuses or cannot be reached; <see cref="ErrorIds.ResourceNotFound"/>
/// if the repository, image or scan does not exist; <see cref="FailedCall.Code"/> says which.
/// Shapes: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html.
/// </remarks>
public interface IEcrApi
{
    /// <summary>DescribeImages of some images: one document (<c>imageDigest</c>, <c>imageTags</c>, <c>imagePushedAt</c>, <c>imageManifestMediaType</c>, ...) for each.</summary>
    /// <param name="repository">Where they are.</param>
    /// <param name="images">Which, 1 to 100. If one of them does not exist the whole call fails.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<JsonObject>> DescribeImagesAsync(EcrRepository repository, IReadOnlyList<ImageIdentifier> images, CancellationToken cancellationToken);

    /// <summary>BatchGetImage of one image: its manifest, as JSON text. To ECR this is a pull of the image.</summary>
    /// <param name="repository">Where it is.</param>
    /// <param name="image">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The manifest; null if the image does not exist.</returns>
    Task<string?> GetImageManifestAsync(EcrRepository repository, ImageIdentifier image, CancellationToken cancellationToken);

    /// <summary>DescribeImageScanFindings: the document (<c>imageScanStatus</c>, <c>imageScanFindings</c>) with the count of findings of each severity.</summary>
    /// <param name="repository">Where it is.</param>
    /// <param name="image">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> DescribeImageScanFindingsAsync(EcrRepository repository, ImageIdentifier image, CancellationToken cancellationToken);

    /// <summary>DescribeRepositories: one document (<c>repositoryName</c>, <c>repositoryUri</c>, ...) for each repository of a registry.</summary>
    /// <param name="region">The registry's region.</param>
    /// <param name="registryId">The account that owns it; null for the session's own.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> DescribeRepositoriesAsync(string region, string? registryId, CancellationToken cancellationToken);

    /// <summary>DescribeImages of every image that has a tag: one document, as above, for each.</summary>
    /// <param name="region">The registry's region.</param>
    /// <param name="registryId">The account that owns it; null for the session's own.</param>
    /// <param name="repositoryName">The repository, slashes included.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> DescribeTaggedImagesAsync(string region, string? registryId, string repositoryName, CancellationToken cancellationToken);
}

/// <summary>A repository of a private registry.</summary>
/// <param name="RegistryId">The account that owns it.</param>
/// <param name="Region">Its region.</param>
/// <param name="Name">Its name, slashes included.</param>
public sealed record EcrRepository(string RegistryId, string Region, string Name)
{
    /// <summary>Name, account and region, for people.</summary>
    public override string ToString() => $"{Name} (registry {RegistryId}, {Region})";
}

/// <summary>An image by its digest or its tag.</summary>
/// <param name="Digest">For example <c>sha256:...</c>; null to use the tag.</param>
/// <param name="Tag">The tag; null to use the digest.</param>
public sealed record ImageIdentifier(string? Digest, string? Tag)
{
    /// <summary>The digest, else the tag.</summary>
    public override string ToString() => Digest ?? Tag ?? "";
}
