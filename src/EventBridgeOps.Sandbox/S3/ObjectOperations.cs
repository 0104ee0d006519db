using System.Security.Cryptography;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>Objects are put and copied.</summary>
internal static class ObjectOperations
{
    public static RawDocument Put(Operation operation)
    {
        RawDocument headers = operation.Input.Object("Headers")!;
        StoredObject stored = StoredObject.At(operation);
        Conditions.OfWrite(stored, headers);
        byte[] body = Convert.FromBase64String(operation.Input.Text("Body")!);
        S3Checksum checksum = S3Checksum.In(headers) ?? S3Checksum.Default;
        ObjectVersion version = stored.Store(body, S3Headers.OfObject(headers), ETag(body), Whole(checksum, body));
        return S3Output.Empty(200, RawDocument.Empty.With("etag", version.ETag).With("x-amz-server-side-encryption", "AES256").With(version.Checked).With(version.Named));
    }

    public static RawDocument Copy(Operation operation)
    {
        RawDocument headers = operation.Input.Object("Headers")!;
        string[] source = headers.Text("x-amz-copy-source")!.Split(["?versionId="], StringSplitOptions.None);
        string path = Uri.UnescapeDataString(source[0]).TrimStart('/');
        int slash = path.IndexOf('/');
        if (slash <= 0 || slash == path.Length - 1)
            throw S3Errors.BadArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        Bucket bucket = Bucket.Named(operation, path.Substring(0, slash)) ?? throw S3Errors.NoBucket(path.Substring(0, slash));
        StoredObject from = StoredObject.In(operation, bucket, path.Substring(slash + 1)), to = StoredObject.At(operation);
        ObjectVersion read = from.Find(source.Length > 1 ? source[1] : null);
        if (headers.Text("x-amz-copy-source-if-match") is { } wanted && wanted.Trim('"') != read.ETag.Trim('"'))
            throw S3Errors.Precondition("x-amz-copy-source-If-Match");
        bool replaces = headers.Text("x-amz-metadata-directive") == "REPLACE";
        if (!replaces && from.Key == to.Key && bucket.Name == operation.Input.Text("Bucket") && source.Length == 1)
        {
            throw new AwsError(400, "InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }

        byte[] body = from.Read(read);
        S3Checksum checksum = S3Checksum.In(headers) ?? S3Checksum.Named(read.Checksum.Text("Name")) ?? S3Checksum.Default;
        ObjectVersion version = to.Store(body, replaces ? S3Headers.OfObject(headers) : read.Document.Object("Headers")!, ETag(body), Whole(checksum, body));
        RawDocument named = version.Named.With("x-amz-server-side-encryption", "AES256");
        return S3Output.Of(
            "CopyObjectResult",
            S3Xml.Element("LastModified", S3Xml.Time(version.LastModified)) + S3Xml.Element("ETag", version.ETag) + S3Xml.Element(checksum.Element, version.Checksum.Text("Value")),
            read.Id == StoredObject.NoVersion ? named : named.With("x-amz-copy-source-version-id", read.Id));
    }

    public static string ETag(byte[] body) => $"\"{HexDigest.Of(HashAlgorithmName.MD5, body)}\"";

    public static RawDocument Whole(S3Checksum checksum, byte[] body) =>
        RawDocument.Empty.With("Name", checksum.Name).With("Value", checksum.Of(body)).With("Type", "FULL_OBJECT");
}
