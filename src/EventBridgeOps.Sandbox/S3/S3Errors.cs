using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>The errors of S3, in the words of the service.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
internal static class S3Errors
{
    public static AwsError NoBucket(string name) => new(404, "NoSuchBucket", "The specified bucket does not exist") { Members = RawDocument.Empty.With("BucketName", name) };

    public static AwsError NoKey(string key) => new(404, "NoSuchKey", "The specified key does not exist.") { Members = RawDocument.Empty.With("Key", key) };

    public static AwsError NoVersion(string key, string version) =>
        new(404, "NoSuchVersion", "The specified version does not exist.") { Members = RawDocument.Empty.With("Key", key).With("VersionId", version) };

    public static AwsError NoUpload(string? id) => new(404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.")
    {
        Members = RawDocument.Empty.With("UploadId", id),
    };

    public static AwsError BadArgument(string message) => new(400, "InvalidArgument", message);

    public static AwsError Malformed() => new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static AwsError Precondition(string condition) => new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
    {
        Members = RawDocument.Empty.With("Condition", condition),
    };

    public static AwsError NotImplemented(Message what) => new(501, "NotImplemented", what.ToString());
}
