using System.Security.Cryptography;
using System.Text;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>Images: a manifest by its digest, and the tags that point at it.</summary>
internal static class ImageOperations
{
    public static RawDocument Put(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        string manifest = operation.Input.Text("imageManifest")
            ?? throw RepositoryOperations.Invalid("imageManifest must not be null");
        string digest = operation.Input.Text("imageDigest") ?? Digest(manifest);
        if (digest != Digest(manifest))
            throw new AwsError(400, "ImageDigestDoesNotMatchException", $"The digest {digest} is not the manifest's.");

        string? tag = operation.Input.Text("imageTag");
        Table images = operation.State["images"];
        string key = Key(repository, digest);
        RawDocument? existing = images.Find(key);
        if (existing is not null && (tag is null || Tags(existing).Contains(tag)))
        {
            throw new AwsError(400, "ImageAlreadyExistsException",
                $"Image with digest '{digest}' and tag '{tag}' already exists in the repository with name '{repository}' "
                + $"in registry with id '{operation.Account.Id}'");
        }

        if (tag is not null)
            MoveTag(operation, repository, tag);
        RawDocument parsed = Parse(manifest);
        string? mediaType = operation.Input.Text("imageManifestMediaType") ?? parsed.Text("mediaType");
        RawDocument image = existing ?? RawDocument.Empty
            .With("imageDigest", digest)
            .With("imageManifest", manifest)
            .With("imageManifestMediaType", mediaType)
            .With("artifactMediaType", parsed.Text("artifactType") ?? parsed.Object("config")?.Text("mediaType"))
            .With("imageSizeInBytes", Encoding.UTF8.GetByteCount(manifest));
        images[key] = image
            .With("imagePushedAt", Json.Time(operation.Now))
            .With("imageTags", tag is null ? Tags(image) : Tags(image).Append(tag));
        ImageEvents.Pushed(operation, repository, images[key], tag);
        return RawDocument.Empty.With("image", Answer(operation, repository, images[key], tag));
    }

    public static RawDocument Describe(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        List<RawDocument> wanted = operation.Input.List("imageIds").Select(RawDocument.From).ToList();
        IEnumerable<RawDocument> images = wanted.Count == 0
            ? Of(operation, repository).Select(row => row.Value).Where(image => PassesFilter(operation, image))
            : wanted.Select(id => FindImage(operation, repository, id)
                ?? throw NotFound(operation, repository, id)).Distinct().OrderBy(image => image.Text("imageDigest"), StringComparer.Ordinal);
        Paging.Page<RawDocument> page = operation.Page(
            images, image => image.Text("imageDigest")!, operation.Input.Number("maxResults"), operation.Input.Text("nextToken"), most: 1000);
        return RawDocument.Empty
            .With("imageDetails", page.Items.Select(image =>
            {
                RawDocument detail = RawDocument.Empty.With("registryId", operation.Account.Id).With("repositoryName", repository)
                    .With(image.Without("imageManifest"));
                return Tags(image).Any() ? detail : detail.Without("imageTags");
            }))
            .With("nextToken", page.NextToken);
    }

    public static RawDocument List(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        IOrderedEnumerable<RawDocument> ids = Of(operation, repository).Select(row => row.Value).Where(image => PassesFilter(operation, image)).SelectMany(Ids)
            .OrderBy(IdOrder, StringComparer.Ordinal);
        Paging.Page<RawDocument> page = operation.Page(ids, IdOrder, operation.Input.Number("maxResults"), operation.Input.Text("nextToken"), most: 1000);
        return RawDocument.Empty.With("imageIds", page.Items).With("nextToken", page.NextToken);
    }

    public static RawDocument BatchGet(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        List<RawDocument> images = new();
        List<RawDocument> failures = new();
        foreach (RawDocument? id in operation.Input.List("imageIds").Select(RawDocument.From))
        {
            if (FindImage(operation, repository, id) is { } image)
            {
                images.Add(Answer(operation, repository, image, id.Text("imageTag")));
            }
            else
            {
                failures.Add(RawDocument.Empty
                    .With("imageId", id)
                    .With("failureCode", "ImageNotFound")
                    .With("failureReason", "Requested image not found"));
            }
        }

        return RawDocument.Empty.With("images", images).With("failures", failures);
    }

    public static RawDocument DescribeScanFindings(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        RawDocument id = operation.Input.Object("imageId") ?? throw RepositoryOperations.Invalid("imageId must not be null");
        RawDocument image = FindImage(operation, repository, id) ?? throw NotFound(operation, repository, id);
        return RawDocument.Empty
            .With("registryId", operation.Account.Id)
            .With("repositoryName", repository)
            .With("imageId", RawDocument.Empty.With("imageDigest", image.Text("imageDigest")).With("imageTag", id.Text("imageTag")))
            .With("imageScanStatus", RawDocument.Empty.With("status", "COMPLETE").With("description", "The scan was completed successfully."))
            .With("imageScanFindings", RawDocument.Empty
                .With("imageScanCompletedAt", image["imagePushedAt"]!.Value)
                .With("findings", Json.Array([]))
                .With("findingSeverityCounts", RawDocument.Empty));
    }

    /// <summary>The images of a repository, by digest.</summary>
    public static IEnumerable<KeyValuePair<string, RawDocument>> Of(Operation operation, string repository)
    {
        string prefix = Key(repository, "");
        return operation.State["images"].Where(image => image.Key.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The image that an ID names; null if there is none.</summary>
    public static RawDocument? FindImage(Operation operation, string repository, RawDocument id)
    {
        (string? digest, string? tag) = (id.Text("imageDigest"), id.Text("imageTag"));
        if (digest is null && tag is null)
            throw RepositoryOperations.Invalid("imageId must have imageTag or imageDigest");
        return Of(operation, repository)
            .Select(row => row.Value)
            .FirstOrDefault(image => (digest is null || image.Text("imageDigest") == digest) && (tag is null || Tags(image).Contains(tag)));
    }

    public static void Keep(Operation operation, string repository, RawDocument image) =>
        operation.State["images"][Key(repository, image.Text("imageDigest")!)] = image;

    public static void Forget(Operation operation, string repository, RawDocument image) =>
        operation.State["images"].Remove(Key(repository, image.Text("imageDigest")!));

    private static string Key(string repository, string digest) => $"{repository}@{digest}";

    private static IEnumerable<string> Tags(RawDocument image) => image.Texts("imageTags");

    private static IEnumerable<RawDocument> Ids(RawDocument image)
    {
        RawDocument id = RawDocument.Empty.With("imageDigest", image.Text("imageDigest"));
        return Tags(image).Any() ? Tags(image).Select(tag => id.With("imageTag", tag)) : [id];
    }

    private static string IdOrder(RawDocument id) => $"{id.Text("imageDigest")} {id.Text("imageTag")}";

    private static bool PassesFilter(Operation operation, RawDocument image) =>
        operation.Input.Object("filter")?.Text("tagStatus") switch
        {
            "TAGGED" => Tags(image).Any(),
            "UNTAGGED" => !Tags(image).Any(),
            _ => true,
        };

    private static void MoveTag(Operation operation, string repository, string tag)
    {
        foreach (KeyValuePair<string, RawDocument> row in Of(operation, repository).Where(row => Tags(row.Value).Contains(tag)).ToList())
        {
            if (operation.State["repositories"][repository].Text("imageTagMutability") == "IMMUTABLE")
            {
                throw new AwsError(400, "ImageTagAlreadyExistsException",
                    $"The image tag '{tag}' already exists in the '{repository}' repository and cannot be overwritten because the tag is immutable.");
            }

            operation.State["images"][row.Key] = row.Value.With("imageTags", Tags(row.Value).Where(other => other != tag));
        }
    }

    private static RawDocument Answer(Operation operation, string repository, RawDocument image, string? tag) => RawDocument.Empty
        .With("registryId", operation.Account.Id)
        .With("repositoryName", repository)
        .With("imageId", RawDocument.Empty.With("imageDigest", image.Text("imageDigest")).With("imageTag", tag))
        .With(image.Only("imageManifest", "imageManifestMediaType"));

    private static string Digest(string manifest) => "sha256:" + HexDigest.Of(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(manifest));

    private static RawDocument Parse(string manifest) =>
        RawDocument.TryParse(Encoding.UTF8.GetBytes(manifest)) ?? throw RepositoryOperations.Invalid("imageManifest is not JSON");

    private static AwsError NotFound(Operation operation, string repository, RawDocument id) => new(400, "ImageNotFoundException",
        $"The image with imageId {{imageDigest:'{id.Text("imageDigest") ?? "null"}', imageTag:'{id.Text("imageTag") ?? "null"}'}} "
        + $"does not exist within the repository with name '{repository}' in the registry with id '{operation.Account.Id}'");
}
