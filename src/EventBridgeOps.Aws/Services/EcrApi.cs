using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon ECR over the wire. A repository is asked for in its own region.</summary>
/// <param name="client">The client of a region.</param>
internal sealed class EcrApi(Func<string, AwsDocumentClient> client) : IEcrApi
{
    // Registries hold multi-platform images under the index's media type, which the service converts away unless it is asked for.
    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private const int PageSize = 1000;

    private static readonly ServiceOperation DescribeRepositories = Operation(nameof(DescribeRepositories));
    private static readonly ServiceOperation DescribeImages = Operation(nameof(DescribeImages));
    private static readonly ServiceOperation BatchGetImage = Operation(nameof(BatchGetImage));
    private static readonly ServiceOperation DescribeImageScanFindings = Operation(nameof(DescribeImageScanFindings));

    public async Task<IReadOnlyList<JsonObject>> DescribeImagesAsync(EcrRepository repository, IReadOnlyList<ImageIdentifier> images, CancellationToken cancellationToken)
    {
        JsonObject request = Request(repository);
        request["imageIds"] = Ids(images);
        Answer answer = await InvokeAsync(DescribeImages, repository, request, cancellationToken);
        return answer.Documents("imageDetails");
    }

    public async Task<string?> GetImageManifestAsync(EcrRepository repository, ImageIdentifier image, CancellationToken cancellationToken)
    {
        JsonObject request = Request(repository);
        request["imageIds"] = Ids([image]);
        request["acceptedMediaTypes"] = new JsonArray([.. ManifestTypes.Select(type => JsonValue.Create(type))]);
        Answer answer = await InvokeAsync(BatchGetImage, repository, request, cancellationToken);
        IReadOnlyList<JsonObject> images = answer.Documents("images");
        return images.Count > 0 ? new Answer(BatchGetImage, ServicesMessages.Repository(repository), images[0]).Text("imageManifest") : null;
    }

    public async Task<JsonObject> DescribeImageScanFindingsAsync(EcrRepository repository, ImageIdentifier image, CancellationToken cancellationToken)
    {
        // The counts by severity are on every page, and nothing else is wanted.
        JsonObject request = Request(repository);
        request["imageId"] = Id(image);
        request["maxResults"] = 1;
        return (await InvokeAsync(DescribeImageScanFindings, repository, request, cancellationToken)).Document;
    }

    public IAsyncEnumerable<JsonObject> DescribeRepositoriesAsync(string region, string? registryId, CancellationToken cancellationToken) =>
        ListAsync(DescribeRepositories, ServicesMessages.Repositories(), "repositories", region, registryId, new JsonObject(), cancellationToken);

    public IAsyncEnumerable<JsonObject> DescribeTaggedImagesAsync(string region, string? registryId, string repositoryName, CancellationToken cancellationToken) =>
        ListAsync(
            DescribeImages, ServicesMessages.RepositoryNamed(repositoryName), "imageDetails", region, registryId,
            new JsonObject { ["repositoryName"] = repositoryName, ["filter"] = new JsonObject { ["tagStatus"] = "TAGGED" } }, cancellationToken);

    private async IAsyncEnumerable<JsonObject> ListAsync(
        ServiceOperation operation, Message subject, string field, string region, string? registryId, JsonObject request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request["maxResults"] = PageSize;
        if (registryId is not null)
            request["registryId"] = registryId;
        await foreach (Answer page in Listing.PagesAsync(client(region), operation, subject, request, "nextToken", cancellationToken))
        {
            foreach (JsonObject document in page.Documents(field))
                yield return document;
        }
    }

    private async Task<Answer> InvokeAsync(ServiceOperation operation, EcrRepository repository, JsonObject request, CancellationToken cancellationToken) =>
        new(operation, ServicesMessages.Repository(repository), await client(repository.Region).InvokeAsync(operation, ServicesMessages.Repository(repository), request, cancellationToken));

    private static JsonObject Request(EcrRepository repository) => new() { ["registryId"] = repository.RegistryId, ["repositoryName"] = repository.Name };

    private static JsonArray Ids(IEnumerable<ImageIdentifier> images) => new([.. images.Select(Id)]);

    private static JsonObject Id(ImageIdentifier image) => image.Digest is { } digest ? new() { ["imageDigest"] = digest } : new() { ["imageTag"] = image.Tag };

    private static ServiceOperation Operation(string name) => new(AwsService.Ecr, name, "ecr:" + name);
}
