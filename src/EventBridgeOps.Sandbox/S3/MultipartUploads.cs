using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>Objects that are uploaded in parts.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html</remarks>
internal static class MultipartUploads
{
    private const string TableName = "s3Uploads";

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html: each part but the last has 5 MB at least.</summary>
    private const int LeastBytes = 5 * 1024 * 1024;

    private const int MostParts = 10_000;

    public static RawDocument Create(Operation operation)
    {
        StoredObject stored = StoredObject.At(operation);
        RawDocument headers = operation.Input.Object("Headers")!;
        S3Checksum? checksum = S3Checksum.In(headers);
        string id = operation.Account.Random.Id().Replace("-", "");
        bool isComposite = checksum is not null && checksum != S3Checksum.Default && headers.Text(S3Headers.Checksum + "type") != "FULL_OBJECT";
        if (headers.Text(S3Headers.Checksum + "type") == "COMPOSITE" && !isComposite)
            throw new AwsError(400, "InvalidRequest", "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.");
        operation.State[TableName][id] = RawDocument.Empty
            .With("Bucket", operation.Input.Text("Bucket"))
            .With("Key", stored.Key)
            .With("Headers", S3Headers.OfObject(headers))
            .With("Checksum", checksum?.Name)
            .With("IsComposite", isComposite)
            .With("Initiated", operation.Now.ToUnixTimeMilliseconds())
            .With("Parts", RawDocument.Empty);
        RawDocument shown = RawDocument.Empty.With("x-amz-server-side-encryption", "AES256");
        if (checksum is not null)
            shown = shown.With(S3Headers.Checksum + "algorithm", checksum.Name).With(S3Headers.Checksum + "type", isComposite ? "COMPOSITE" : "FULL_OBJECT");
        return S3Output.Of("InitiateMultipartUploadResult", Names(operation, stored.Key) + S3Xml.Element("UploadId", id), shown);
    }

    public static RawDocument Put(Operation operation)
    {
        (string id, RawDocument upload) = At(operation);
        if (!int.TryParse(operation.Input.Object("Query")!.Text("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > MostParts)
            throw S3Errors.BadArgument("Part number must be an integer between 1 and 10000, inclusive");
        byte[] body = Convert.FromBase64String(operation.Input.Text("Body")!);
        string name = number.ToString("D5", CultureInfo.InvariantCulture);
        RawDocument parts = upload.Object("Parts")!;
        if (parts.Object(name)?.Text("Data") is { } before)
            StoredObject.ObjectData.Forget(operation, before);
        S3Checksum? checksum = S3Checksum.In(operation.Input.Object("Headers")!) ?? S3Checksum.Named(upload.Text("Checksum"));
        RawDocument part = RawDocument.Empty
            .With("ETag", ObjectOperations.ETag(body))
            .With("Size", body.Length)
            .With("LastModified", operation.Now.ToUnixTimeMilliseconds())
            .With("Checksum", checksum?.Of(body))
            .With("Data", StoredObject.ObjectData.Keep(operation, body));
        operation.State[TableName][id] = upload.With("Parts", parts.With(name, part));
        RawDocument headers = RawDocument.Empty.With("etag", part.Text("ETag")).With("x-amz-server-side-encryption", "AES256");
        return S3Output.Empty(200, checksum is null ? headers : headers.With(checksum.Header, part.Text("Checksum")));
    }

    public static RawDocument Complete(Operation operation)
    {
        (string id, RawDocument upload) = At(operation);
        RawDocument parts = upload.Object("Parts")!;
        List<RawDocument> chosen = [];
        int last = 0;
        foreach (XElement given in S3Xml.Read(operation.Input, "CompleteMultipartUpload").All("Part"))
        {
            if (!int.TryParse(given.One("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                throw S3Errors.Malformed();
            if (number <= last)
                throw new AwsError(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");
            last = number;
            if (parts.Object(number.ToString("D5", CultureInfo.InvariantCulture)) is not { } part || part.Text("ETag")!.Trim('"') != (given.One("ETag") ?? "").Trim('"'))
                throw new AwsError(400, "InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
            chosen.Add(part);
        }

        if (chosen.Count == 0)
            throw S3Errors.Malformed();
        if (chosen.Take(chosen.Count - 1).Any(part => part.Number("Size") < LeastBytes))
            throw new AwsError(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");

        StoredObject stored = StoredObject.At(operation);
        Conditions.OfWrite(stored, operation.Input.Object("Headers")!);
        List<byte[]> bodies = [.. chosen.Select(part => StoredObject.ObjectData.Read(operation, part.Text("Data")))];
        byte[] whole = new byte[bodies.Sum(body => body.Length)];
        int at = 0;
        foreach (byte[] body in bodies)
        {
            body.CopyTo(whole, at);
            at += body.Length;
        }

        string count = "-" + chosen.Count.ToString(CultureInfo.InvariantCulture);
        string etag = $"\"{HexDigest.Of(HashAlgorithmName.MD5, [.. bodies.SelectMany(body => S3Checksum.Hash(HashAlgorithmName.MD5, body))])}{count}\"";
        S3Checksum checksum = S3Checksum.Named(upload.Text("Checksum")) ?? S3Checksum.Default;
        RawDocument kept = ObjectOperations.Whole(checksum, whole);
        if (upload.Flag("IsComposite"))
            kept = kept.With("Value", checksum.Of([.. bodies.SelectMany(body => Convert.FromBase64String(checksum.Of(body)))]) + count).With("Type", "COMPOSITE");
        ObjectVersion version = stored.Store(whole, upload.Object("Headers")!, etag, kept);
        Remove(operation, id);
        return S3Output.Of(
            "CompleteMultipartUploadResult",
            S3Xml.Element("Location", $"http://{operation.Call.Host}/{operation.Input.Text("Bucket")}/{Uri.EscapeDataString(stored.Key)}") + Names(operation, stored.Key)
                + S3Xml.Element("ETag", etag) + S3Xml.Element(checksum.Element, kept.Text("Value")) + S3Xml.Element("ChecksumType", kept.Text("Type")),
            version.Named.With("x-amz-server-side-encryption", "AES256"));
    }

    public static RawDocument Abort(Operation operation)
    {
        Remove(operation, At(operation).Id);
        return S3Output.Empty(204);
    }

    public static RawDocument ListParts(Operation operation)
    {
        (string id, RawDocument upload) = At(operation);
        string parts = string.Concat(upload.Object("Parts")!.Members.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => (Number: int.Parse(part.Key, CultureInfo.InvariantCulture), Part: RawDocument.From(part.Value))).Select(one =>
            $"<Part>{S3Xml.Element("PartNumber", one.Number)}{S3Xml.Element("LastModified", S3Xml.Time(DateTimeOffset.FromUnixTimeMilliseconds(one.Part.Number("LastModified")!.Value)))}"
            + $"{S3Xml.Element("ETag", one.Part.Text("ETag"))}{S3Xml.Element("Size", one.Part.Number("Size")!.Value)}</Part>"));
        return S3Output.Of("ListPartsResult", Names(operation, upload.Text("Key")!) + S3Xml.Element("UploadId", id) + S3Xml.Element("StorageClass", "STANDARD")
            + S3Xml.Element("MaxParts", MostParts) + S3Xml.Element("IsTruncated", false) + parts);
    }

    public static RawDocument List(Operation operation)
    {
        string bucket = Bucket.At(operation).Name, prefix = operation.Input.Object("Query")!.Text("prefix") ?? "";
        string uploads = string.Concat(operation.State[TableName]
            .Where(upload => upload.Value.Text("Bucket") == bucket && upload.Value.Text("Key")!.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(upload => upload.Value.Text("Key"), StringComparer.Ordinal)
            .Select(upload => $"<Upload>{S3Xml.Element("Key", upload.Value.Text("Key"))}{S3Xml.Element("UploadId", upload.Key)}{S3Xml.Element("StorageClass", "STANDARD")}"
                + $"{S3Xml.Element("Initiated", S3Xml.Time(DateTimeOffset.FromUnixTimeMilliseconds(upload.Value.Number("Initiated")!.Value)))}</Upload>"));
        return S3Output.Of("ListMultipartUploadsResult", S3Xml.Element("Bucket", bucket) + S3Xml.Element("MaxUploads", 1000) + S3Xml.Element("IsTruncated", false) + uploads);
    }

    /// <summary>Forgets the uploads of a bucket that is deleted.</summary>
    public static void Forget(Operation operation, string bucket)
    {
        foreach (string id in operation.State[TableName].Where(upload => upload.Value.Text("Bucket") == bucket).Select(upload => upload.Key).ToList())
            Remove(operation, id);
    }

    private static (string Id, RawDocument Upload) At(Operation operation)
    {
        string id = operation.Input.Object("Query")!.Text("uploadId")!;
        string bucket = Bucket.At(operation).Name;
        return operation.State[TableName].Find(id) is { } upload && upload.Text("Bucket") == bucket && upload.Text("Key") == operation.Input.Text("Key")
            ? (id, upload)
            : throw S3Errors.NoUpload(id);
    }

    private static void Remove(Operation operation, string id)
    {
        foreach (KeyValuePair<string, System.Text.Json.JsonElement> part in operation.State[TableName][id].Object("Parts")!.Members)
            StoredObject.ObjectData.Forget(operation, RawDocument.From(part.Value).Text("Data")!);
        operation.State[TableName].Remove(id);
    }

    private static string Names(Operation operation, string key) => S3Xml.Element("Bucket", operation.Input.Text("Bucket")) + S3Xml.Element("Key", key);
}
