using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>S3 as far as packages and templates need it. A bucket is found in its own Region only.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html</remarks>
internal sealed class S3Service : IService
{
    public string Name => S3Request.Service;

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = Named();

    public AwsError BadToken => S3Errors.BadArgument("The continuation token provided is incorrect");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "InternalError", "We encountered an internal error. Please try again.");

    private static Dictionary<string, Func<Operation, RawDocument>> Named()
    {
        Dictionary<string, Func<Operation, RawDocument>> operations = new()
        {
            ["ListBuckets"] = BucketOperations.List,
            ["CreateBucket"] = BucketOperations.Create,
            ["HeadBucket"] = BucketOperations.Head,
            ["DeleteBucket"] = BucketOperations.Delete,
            ["GetBucketLocation"] = BucketOperations.Location,
            ["ListObjects"] = ObjectListing.List,
            ["ListObjectsV2"] = ObjectListing.ListV2,
            ["ListObjectVersions"] = ObjectListing.Versions,
            ["DeleteObjects"] = ObjectDeletion.DeleteMany,
            ["PutObject"] = ObjectOperations.Put,
            ["GetObject"] = ObjectReads.Get,
            ["HeadObject"] = ObjectReads.Head,
            ["DeleteObject"] = ObjectDeletion.Delete,
            ["CopyObject"] = ObjectOperations.Copy,
            ["CreateMultipartUpload"] = MultipartUploads.Create,
            ["UploadPart"] = MultipartUploads.Put,
            ["ListParts"] = MultipartUploads.ListParts,
            ["CompleteMultipartUpload"] = MultipartUploads.Complete,
            ["AbortMultipartUpload"] = MultipartUploads.Abort,
            ["ListMultipartUploads"] = MultipartUploads.List,
        };
        foreach (BucketSetting setting in BucketSetting.All)
        {
            operations["Get" + setting.Operation] = setting.Get;
            operations["Put" + setting.Operation] = setting.Put;
            if (setting.On("DELETE") is { } deletes)
                operations[deletes] = setting.Delete;
        }

        return operations;
    }
}
