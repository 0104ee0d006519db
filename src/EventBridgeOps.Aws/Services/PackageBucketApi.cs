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
    private static readonly ServiceOperation PutObject = new(AwsService.S3, nameof(PutObject), "s3:PutObject", "/{Bucket}/{Key}") { Method = "PUT", Patience = TimeSpan.FromMinutes(5) };
    private static readonly ServiceOperation DeleteObject = new(AwsService.S3, nameof(DeleteObject), "s3:DeleteObject", "/{Bucket}/{Key}") { Method = "DELETE" };

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
            // One element of a name is a structure, several are a list.
            foreach (JsonObject item in page["Contents"] is JsonArray several ? several.OfType<JsonObject>() : page["Contents"] is JsonObject one ? [one] : [])
                yield return item.String("Key") ?? throw new Answer(ListObjectsV2, ServicesMessages.Bucket(bucket), page).Wrong(ServicesMessages.FieldMissing("Key"));
            token = page.String("IsTruncated") == "true" ? page.String("NextContinuationToken") : null;
        }
        while (token is { Length: > 0 });
    }

    public async Task PutAsync(string bucket, string key, byte[] content, CancellationToken cancellationToken) =>
        await client.InvokeAsync(PutObject, ServicesMessages.Bucket(bucket), () => content, cancellationToken, Address(bucket, key));

    public async Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken) =>
        await client.InvokeAsync(DeleteObject, ServicesMessages.Bucket(bucket), Address(bucket, key), cancellationToken);

    private static JsonObject Address(string bucket, string key) => new() { ["Bucket"] = bucket, ["Key"] = key };
}
