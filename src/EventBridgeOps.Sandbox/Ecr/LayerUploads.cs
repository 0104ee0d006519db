using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>Layers that are uploaded in parts. Only the digest and the size of a complete layer are kept: layers cannot be downloaded here.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html</remarks>
internal static class LayerUploads
{
    private const string Uploads = "layerUploads";
    private const string Parts = "layerParts";
    private const string Layers = "layers";

    /// <summary>As the example of InitiateLayerUpload has it.</summary>
    private const long PartSize = 10 * 1024 * 1024;

    /// <summary>Each part but the last: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CompleteLayerUpload.html.</summary>
    private const long LeastBytes = 5 * 1024 * 1024;

    private const int MostBytes = 20 * 1024 * 1024;
    private const string DigestPattern = "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+";
    private const string UploadPattern = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    private static readonly string[] Positions = ["partFirstByte", "partLastByte"];

    public static RawDocument Initiate(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        string id = operation.Account.Random.Id();
        operation.State[Uploads][id] = RawDocument.Empty.With("repositoryName", repository).With("size", 0L).With("smallest", long.MaxValue);
        return RawDocument.Empty.With("uploadId", id).With("partSize", PartSize);
    }

    public static RawDocument UploadPart(Operation operation)
    {
        RepositoryOperations.Check(constraints =>
        {
            constraints.Text("uploadId", operation.Input["uploadId"], true, pattern: UploadPattern);
            foreach (string position in Positions)
            {
                constraints.Present(position, operation.Input[position]);
                constraints.Number(position, operation.Input[position], 0, long.MaxValue);
            }

            constraints.Text("layerPartBlob", operation.Input["layerPartBlob"], true);
        });
        (string repository, string id, RawDocument upload) = Find(operation);
        if (operation.Input["layerPartBlob"]?.TryGetBytesFromBase64(out byte[]? part) != true || part!.Length > MostBytes)
            throw RepositoryOperations.Invalid($"Invalid parameter at 'layerPartBlob' failed to satisfy constraint: 'Member must have length less than or equal to {MostBytes}'");

        (long first, long last, long size) = (operation.Input["partFirstByte"]!.Value.GetInt64(), operation.Input["partLastByte"]!.Value.GetInt64(), Size(upload));
        if (first != size || last - first + 1 != part.Length || part.Length == 0)
        {
            throw new AwsError(400, "InvalidLayerPartException", "The layer part size is not valid, or the first byte specified is not consecutive to the last byte of a previous layer part upload.")
            {
                Members = Names(operation, repository, id).With("lastValidByteReceived", Math.Max(0, size - 1)),
            };
        }

        operation.State[Parts][PartKey(id, first)] = RawDocument.Empty.With("blob", operation.Input["layerPartBlob"]!.Value);
        // The last part may be small, so a part is judged when another one follows it.
        operation.State[Uploads][id] = upload.With("size", size + part.Length)
            .With("smallest", Math.Min(upload["smallest"]!.Value.GetInt64(), upload["last"]?.GetInt64() ?? long.MaxValue)).With("last", (long)part.Length);
        return Names(operation, repository, id).With("lastByteReceived", last);
    }

    public static RawDocument Complete(Operation operation)
    {
        RepositoryOperations.Check(constraints =>
        {
            constraints.Text("uploadId", operation.Input["uploadId"], true, pattern: UploadPattern);
            int i = 0;
            foreach (JsonElement digest in constraints.List("layerDigests", operation.Input["layerDigests"], 1, 100))
                constraints.Text($"layerDigests.{++i}.member", digest, true, pattern: DigestPattern);
        });
        (string repository, string id, RawDocument upload) = Find(operation);
        if (Size(upload) == 0)
            throw new AwsError(400, "EmptyUploadException", "The specified layer upload does not contain any layer parts.");
        if (upload["smallest"]!.Value.GetInt64() < LeastBytes)
            throw new AwsError(400, "LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size.");

        string digest = Digest(operation, id);
        if (!operation.Input.Texts("layerDigests").Contains(digest, StringComparer.OrdinalIgnoreCase))
            throw new AwsError(400, "InvalidLayerException", "The layer digest calculation performed by Amazon ECR upon receipt of the image layer does not match the digest specified.");
        Forget(operation, id);
        if (operation.State[Layers].ContainsKey(LayerKey(repository, digest)))
            throw new AwsError(400, "LayerAlreadyExistsException", $"Layer with digest '{digest}' already exists in the repository with name '{repository}' in registry with id '{operation.Account.Id}'");

        operation.State[Layers][LayerKey(repository, digest)] = RawDocument.Empty.With("layerDigest", digest).With("layerSize", Size(upload));
        return Names(operation, repository, id).With("layerDigest", digest);
    }

    /// <summary>BatchCheckLayerAvailability.</summary>
    public static RawDocument Check(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        RepositoryOperations.Check(constraints =>
        {
            int i = 0;
            foreach (JsonElement digest in constraints.List("layerDigests", operation.Input["layerDigests"], 1, 100))
                constraints.Text($"layerDigests.{++i}.member", digest, true, 0, 1000);
        });
        List<RawDocument> layers = [];
        List<RawDocument> failures = [];
        foreach (string digest in operation.Input.Texts("layerDigests"))
        {
            RawDocument named = RawDocument.Empty.With("layerDigest", digest);
            if (!Regex.IsMatch(digest, $@"\A{DigestPattern}\z"))
                failures.Add(named.With("failureCode", "InvalidLayerDigest").With("failureReason", "Invalid layer digest"));
            else if (operation.State[Layers].Find(LayerKey(repository, digest.ToLowerInvariant())) is { } layer)
                layers.Add(named.With("layerAvailability", "AVAILABLE").With("layerSize", layer["layerSize"]!.Value));
            else
                layers.Add(named.With("layerAvailability", "UNAVAILABLE"));
        }

        return RawDocument.Empty.With("layers", layers).With("failures", failures);
    }

    /// <summary>Removes the layers of a repository, and what was not uploaded completely.</summary>
    public static void ForgetAll(Operation operation, string repository)
    {
        foreach (string key in operation.State[Layers].Keys.Where(key => key.StartsWith(LayerKey(repository, ""), StringComparison.Ordinal)).ToList())
            operation.State[Layers].Remove(key);
        foreach (string id in operation.State[Uploads].Where(upload => upload.Value.Text("repositoryName") == repository).Select(upload => upload.Key).ToList())
            Forget(operation, id);
    }

    private static (string Repository, string Id, RawDocument Upload) Find(Operation operation)
    {
        string repository = RepositoryOperations.FindName(operation);
        string id = operation.Input.Text("uploadId")!.ToLowerInvariant();
        return operation.State[Uploads].Find(id) is { } upload && upload.Text("repositoryName") == repository
            ? (repository, id, upload)
            : throw new AwsError(400, "UploadNotFoundException", "The upload could not be found, or the specified upload ID is not valid for this repository.");
    }

    private static void Forget(Operation operation, string id)
    {
        operation.State[Uploads].Remove(id);
        foreach (string key in PartsOf(operation, id).Select(part => part.Key).ToList())
            operation.State[Parts].Remove(key);
    }

    private static string Digest(Operation operation, string id) => "sha256:" + HexDigest.Of(
        HashAlgorithmName.SHA256, [.. PartsOf(operation, id).SelectMany(part => part.Value["blob"]!.Value.GetBytesFromBase64())]);

    private static IEnumerable<KeyValuePair<string, RawDocument>> PartsOf(Operation operation, string id) =>
        operation.State[Parts].Where(part => part.Key.StartsWith(id + "/", StringComparison.Ordinal));

    private static RawDocument Names(Operation operation, string repository, string id) =>
        RawDocument.Empty.With("registryId", operation.Account.Id).With("repositoryName", repository).With("uploadId", id);

    private static long Size(RawDocument upload) => upload["size"]!.Value.GetInt64();

    private static string PartKey(string id, long first) => $"{id}/{first.ToString("D19", CultureInfo.InvariantCulture)}";

    private static string LayerKey(string repository, string digest) => $"{repository}@{digest}";
}
