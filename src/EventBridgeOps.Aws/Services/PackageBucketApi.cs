using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Installation;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon S3 over the wire, by paths: <c>/bucket/key</c>.</summary>
internal sealed class PackageBucketApi(AwsDocumentClient client) : IPackageBucketApi
{
    private static readonly ServiceOperation ListObjectsV2 = new(AwsService.S3, nameof(ListObjectsV2), "s3:ListBucket", "/{Bucket}") { Method = "GET" };
    private static readonly ServiceOperation ListObjectVersions = new(AwsService.S3, nameof(ListObjectVersions), "s3:ListBucketVersions", "/{Bucket}") { Method = "GET" };
    private static readonly ServiceOperation PutObject = new(AwsService.S3, nameof(PutObject), "s3:PutObject", "/{Bucket}/{Key}") { Method = "PUT", Patience = TimeSpan.FromMinutes(5) };
    private static readonly ServiceOperation DeleteObject = new(AwsService.S3, nameof(DeleteObject), "s3:DeleteObjectVersion", "/{Bucket}/{Key}") { Method = "DELETE" };

    public async IAsyncEnumerable<string> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            JsonObject request = new() { ["Bucket"] = bucket, ["list-type"] = "2" };
            if (prefix.Length > 0)
                request["prefix"] = prefix;
            if (token is not null)
                request["continuation-token"] = token;
            JsonObject page = await client.InvokeAsync(ListObjectsV2, ServicesMessages.Bucket(bucket), request, cancellationToken);
            foreach (JsonObject item in Items(page, "Contents"))
                yield return Text(ListObjectsV2, bucket, item, "Key");
            token = page.String("IsTruncated") == "true" ? page.String("NextContinuationToken") : null;
        }
        while (token is { Length: > 0 });
    }

    public async IAsyncEnumerable<StoredVersion> ListVersionsAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string? key, string? version) = (null, null);
        do
        {
            JsonObject request = new() { ["Bucket"] = bucket, ["versions"] = "" };
            if (prefix.Length > 0)
                request["prefix"] = prefix;
            if (key is not null)
                request["key-marker"] = key;
            if (version is not null)
                request["version-id-marker"] = version;
            JsonObject page = await client.InvokeAsync(ListObjectVersions, ServicesMessages.Bucket(bucket), request, cancellationToken);
            foreach (JsonObject item in Items(page, "Version").Concat(Items(page, "DeleteMarker")))
                yield return new StoredVersion(Text(ListObjectVersions, bucket, item, "Key"), Text(ListObjectVersions, bucket, item, "VersionId"));
            (key, version) = page.String("IsTruncated") == "true" ? (page.String("NextKeyMarker"), page.String("NextVersionIdMarker")) : (null, null);
        }
        while (key is { Length: > 0 });
    }

    public async Task PutAsync(string bucket, string key, byte[] content, CancellationToken cancellationToken) =>
        await client.InvokeAsync(PutObject, ServicesMessages.Bucket(bucket), () => content, cancellationToken, Address(bucket, key));

    public async Task DeleteAsync(string bucket, StoredVersion version, CancellationToken cancellationToken)
    {
        JsonObject address = Address(bucket, version.Key);
        address["versionId"] = version.Id;
        await client.InvokeAsync(DeleteObject, ServicesMessages.Bucket(bucket), address, cancellationToken);
    }

    // One element of a name is a structure, several are a list.
    private static IEnumerable<JsonObject> Items(JsonObject page, string name) => page[name] is JsonArray several ? several.OfType<JsonObject>() : page[name] is JsonObject one ? [one] : [];

    private static string Text(ServiceOperation operation, string bucket, JsonObject item, string name) =>
        item.String(name) ?? throw new Answer(operation, ServicesMessages.Bucket(bucket), item).Wrong(ServicesMessages.FieldMissing(name));

    private static JsonObject Address(string bucket, string key) => new() { ["Bucket"] = bucket, ["Key"] = key };
}
