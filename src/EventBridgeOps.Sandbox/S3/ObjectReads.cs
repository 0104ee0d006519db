using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>Objects are read, whole or in part.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</remarks>
internal static class ObjectReads
{
    /// <summary>The parameters of the query that change headers of the answer.</summary>
    private static readonly string[] Overrides = ["cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires"];

    public static RawDocument Get(Operation operation) => Answer(operation);

    /// <summary>The same; its protocol leaves the body away.</summary>
    public static RawDocument Head(Operation operation) => Answer(operation);

    /// <summary>The bytes of an object, for another service of the account.</summary>
    /// <exception cref="AwsError">The bucket, the object or the version does not exist.</exception>
    public static byte[] Read(Operation operation, string bucket, string key, string? versionId)
    {
        StoredObject stored = StoredObject.In(operation, Bucket.Named(operation, bucket) ?? throw S3Errors.NoBucket(bucket), key);
        return stored.Read(stored.Find(versionId));
    }

    private static RawDocument Answer(Operation operation)
    {
        RawDocument query = operation.Input.Object("Query")!, headers = operation.Input.Object("Headers")!;
        if (query["partNumber"] is not null)
            throw S3Errors.NotImplemented(S3Messages.Unsupported("GET", "partNumber"));
        StoredObject stored = StoredObject.At(operation);
        ObjectVersion version = stored.Find(query.Text("versionId"));
        Conditions.OfRead(version, headers);

        RawDocument shown = (version.Document.Object("Headers") ?? RawDocument.Empty)
            .With("etag", version.ETag)
            .With("last-modified", version.LastModified.UtcDateTime.ToString("r", CultureInfo.InvariantCulture))
            .With("accept-ranges", "bytes")
            .With("x-amz-server-side-encryption", "AES256")
            .With(version.Named);
        foreach (string name in Overrides)
            shown = shown.With(name, query.Text("response-" + name));

        byte[] body = stored.Read(version);
        if (Range(headers.Text("range"), body.Length) is not { } range)
            return S3Output.Empty(200, headers.Text("x-amz-checksum-mode") == "ENABLED" ? shown.With(version.Checked) : shown).With(S3Output.Body, Convert.ToBase64String(body));
        byte[] part = new byte[range.End - range.Begin];
        Array.Copy(body, range.Begin, part, 0, part.Length);
        return S3Output.Empty(206, shown.With("content-range", FormattableString.Invariant($"bytes {range.Begin}-{range.End - 1}/{body.Length}"))).With(S3Output.Body, Convert.ToBase64String(part));
    }

    /// <summary>The part that is asked for; null for the whole, also where the header is not one range of bytes.</summary>
    private static (int Begin, int End)? Range(string? header, int length)
    {
        Match match = Regex.Match(header ?? "", @"\Abytes=(\d*)-(\d*)\z", RegexOptions.CultureInvariant);
        if (!match.Success || match.Length == "bytes=-".Length)
            return null;
        bool isSuffix = match.Groups[1].Length == 0;
        long first = isSuffix ? 0 : Number(match.Groups[1].Value), last = match.Groups[2].Length == 0 ? length - 1 : Number(match.Groups[2].Value);
        if (isSuffix)
            (first, last) = (Math.Max(0, length - last), last == 0 ? -1 : length - 1);
        if (first >= length || last < 0)
        {
            throw new AwsError(416, "InvalidRange", "The requested range is not satisfiable")
            {
                Members = RawDocument.Empty.With("RangeRequested", header).With("ActualObjectSize", length),
            };
        }

        return last < first ? null : ((int)first, (int)Math.Min(last + 1, length));
    }

    private static long Number(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : long.MaxValue - 1;
}
