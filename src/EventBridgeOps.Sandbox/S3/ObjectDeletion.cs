using System.Xml.Linq;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>Objects are deleted, one or up to 1,000 at a time. An object that does not exist is as good as deleted.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html</remarks>
internal static class ObjectDeletion
{
    private const int Most = 1000;

    public static RawDocument Delete(Operation operation)
    {
        StoredObject stored = StoredObject.At(operation);
        if (operation.Input.Object("Headers")!.Text("if-match") is not null)
            Conditions.OfWrite(stored, operation.Input.Object("Headers")!.Only("if-match"));
        (string? version, bool isMarker) = Delete(stored, operation.Input.Object("Query")!.Text("versionId"));
        RawDocument headers = RawDocument.Empty.With("x-amz-version-id", version);
        return S3Output.Empty(204, isMarker ? headers.With("x-amz-delete-marker", "true") : headers);
    }

    public static RawDocument DeleteMany(Operation operation)
    {
        Bucket bucket = Bucket.At(operation);
        RawDocument headers = operation.Input.Object("Headers")!;
        if (headers["content-md5"] is null && S3Checksum.In(headers.Without("x-amz-checksum-algorithm")) is null)
            throw new AwsError(400, "InvalidRequest", "Missing required header for this request: Content-MD5");
        XElement request = S3Xml.Read(operation.Input, "Delete");
        List<XElement> objects = [.. request.All("Object")];
        if (objects.Count is 0 or > Most)
            throw S3Errors.Malformed();
        string deleted = "";
        foreach (XElement one in objects)
        {
            string key = one.One("Key") ?? throw S3Errors.Malformed();
            string? asked = one.One("VersionId");
            (string? version, bool isMarker) = Delete(StoredObject.In(operation, bucket, key), asked);
            string marker = isMarker ? S3Xml.Element("DeleteMarker", true) + S3Xml.Element("DeleteMarkerVersionId", version) : "";
            deleted += $"<Deleted>{S3Xml.Element("Key", key)}{S3Xml.Element("VersionId", asked)}{marker}</Deleted>";
        }

        return S3Output.Of("DeleteResult", request.One("Quiet") == "true" ? "" : deleted);
    }

    private static (string? Version, bool IsMarker) Delete(StoredObject stored, string? versionId)
    {
        if (versionId is null)
            return stored.Delete() is { } marker ? (marker.Id, true) : (null, false);
        return (versionId, stored.Delete(versionId)?.IsDeleteMarker == true);
    }
}
