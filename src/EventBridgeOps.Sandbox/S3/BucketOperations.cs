using System.Text.RegularExpressions;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>Buckets are created, listed and deleted.</summary>
internal static class BucketOperations
{
    /// <summary>The Region that has no location constraint.</summary>
    private const string First = "us-east-1";

    public static RawDocument Create(Operation operation)
    {
        string name = operation.Input.Text("Bucket")!, region = operation.Call.Region;
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
        if (!Regex.IsMatch(name, @"\A(?!xn--|sthree-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+\z)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z(?<!-s3alias|--ol-s3|--x-s3)", RegexOptions.CultureInvariant))
            throw new AwsError(400, "InvalidBucketName", "The specified bucket is not valid.") { Members = RawDocument.Empty.With("BucketName", name) };
        string constraint = operation.Input.Text("Body") is { Length: > 0 } ? S3Xml.Read(operation.Input, "CreateBucketConfiguration").One("LocationConstraint") ?? "" : "";
        if (constraint.Length == 0 && region != First)
            throw Illegal($"The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.");
        if (constraint.Length > 0 && constraint != region)
            throw Illegal($"The {constraint} location constraint is incompatible for the region specific endpoint this request was sent to.");
        if (Bucket.Named(operation, name) is not null && region != First)
        {
            throw new AwsError(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.")
            {
                Members = RawDocument.Empty.With("BucketName", name),
            };
        }

        if (Bucket.Named(operation, name) is null)
            Bucket.All(operation)[name] = RawDocument.Empty.With("CreationDate", EventTime.Of(operation.Now));
        return S3Output.Empty(200, RawDocument.Empty.With("location", region == First ? "/" + name : $"http://{name}.s3.amazonaws.com/"));

        static AwsError Illegal(string message) => new(400, "IllegalLocationConstraintException", message);
    }

    public static RawDocument Head(Operation operation)
    {
        Bucket.At(operation);
        return S3Output.Empty(200, RawDocument.Empty.With("x-amz-bucket-region", operation.Call.Region));
    }

    public static RawDocument List(Operation operation)
    {
        RawDocument query = operation.Input.Object("Query") ?? RawDocument.Empty;
        string prefix = query.Text("prefix") ?? "";
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            Bucket.All(operation).Where(bucket => bucket.Key.StartsWith(prefix, StringComparison.Ordinal)),
            bucket => bucket.Key, ObjectListing.Number(query, "max-buckets"), query.Text("continuation-token"), most: 10_000);
        string buckets = string.Concat(page.Items.Select(bucket =>
            $"<Bucket>{S3Xml.Element("Name", bucket.Key)}{S3Xml.Element("CreationDate", bucket.Value.Text("CreationDate"))}{S3Xml.Element("BucketRegion", operation.Call.Region)}</Bucket>"));
        return S3Output.Of(
            "ListAllMyBucketsResult",
            $"<Owner>{S3Xml.Element("ID", operation.Account.Id)}</Owner><Buckets>{buckets}</Buckets>{S3Xml.Element("ContinuationToken", page.NextToken)}");
    }

    public static RawDocument Location(Operation operation)
    {
        Bucket.At(operation);
        return S3Output.Of("LocationConstraint", operation.Call.Region == First ? "" : operation.Call.Region);
    }

    public static RawDocument Delete(Operation operation)
    {
        Bucket bucket = Bucket.At(operation);
        if (StoredObject.All(operation, bucket.Name).Any())
        {
            throw new AwsError(409, "BucketNotEmpty", bucket.Versioning is null
                ? "The bucket you tried to delete is not empty"
                : "The bucket you tried to delete is not empty. You must delete all versions in the bucket.") { Members = RawDocument.Empty.With("BucketName", bucket.Name) };
        }

        MultipartUploads.Forget(operation, bucket.Name);
        Bucket.All(operation).Remove(bucket.Name);
        return S3Output.Empty(204);
    }
}
