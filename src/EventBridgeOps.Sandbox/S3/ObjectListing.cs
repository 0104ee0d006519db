using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>Lists of objects, by prefix, and with what is behind a delimiter as one.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html</remarks>
internal static class ObjectListing
{
    private const int Most = 1000;

    /// <summary>The parameters of lists, which may be empty.</summary>
    public static readonly string[] Parameters = ["prefix", "delimiter", "marker", "start-after", "encoding-type", "key-marker", "version-id-marker", "list-type", "max-keys", "fetch-owner", "continuation-token"];

    public static RawDocument List(Operation operation)
    {
        RawDocument query = operation.Input.Object("Query")!;
        Listed listed = Cut(operation, query, query.Text("marker") ?? "");
        return Shown(operation, query, listed, S3Xml.Element("Marker", Encoded(query, query.Text("marker") ?? ""))
            + (listed.Last is { } last && query["delimiter"] is not null ? S3Xml.Element("NextMarker", Encoded(query, last)) : ""));
    }

    public static RawDocument ListV2(Operation operation)
    {
        RawDocument query = operation.Input.Object("Query")!;
        string? token = query.Text("continuation-token");
        string after = token is null ? query.Text("start-after") ?? "" : Token(token);
        Listed listed = Cut(operation, query, after);
        string more = S3Xml.Element("ContinuationToken", token) + S3Xml.Element("StartAfter", query.Text("start-after") is { } start ? Encoded(query, start) : null)
            + S3Xml.Element("KeyCount", listed.Items.Count)
            + S3Xml.Element("NextContinuationToken", listed.Last is { } last ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(last)) : null);
        return Shown(operation, query, listed, more);
    }

    /// <summary>All versions; the pages are cut between keys.</summary>
    public static RawDocument Versions(Operation operation)
    {
        RawDocument query = operation.Input.Object("Query")!;
        Bucket bucket = Bucket.At(operation);
        if (query.Text("delimiter") is { Length: > 0 } delimiter)
            throw S3Errors.NotImplemented(S3Messages.HeaderValue("delimiter", delimiter));
        string prefix = query.Text("prefix") ?? "", marker = query.Text("key-marker") ?? "";
        List<StoredObject> objects = [.. StoredObject.All(operation, bucket.Name)
            .Where(stored => stored.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(stored.Key, marker) > 0)];
        long most = Number(query, "max-keys") ?? Most;
        List<StoredObject> shown = [];
        long count = 0;
        foreach (StoredObject stored in objects)
        {
            count += stored.Versions.Count;
            if (count > most && shown.Count > 0)
                break;
            shown.Add(stored);
        }

        bool isTruncated = shown.Count < objects.Count;
        string versions = string.Concat(shown.SelectMany(stored => stored.Versions.Select((version, index) => Version(operation, query, stored, version, index == 0))));
        string next = isTruncated ? S3Xml.Element("NextKeyMarker", Encoded(query, shown[shown.Count - 1].Key)) + S3Xml.Element("NextVersionIdMarker", shown[shown.Count - 1].Oldest.Id) : "";
        return S3Output.Of("ListVersionsResult", S3Xml.Element("Name", bucket.Name) + S3Xml.Element("Prefix", Encoded(query, prefix)) + S3Xml.Element("KeyMarker", Encoded(query, marker))
            + S3Xml.Element("MaxKeys", most) + S3Xml.Element("EncodingType", query.Text("encoding-type")) + S3Xml.Element("IsTruncated", isTruncated) + next + versions);
    }

    public static long? Number(RawDocument query, string name) => query.Text(name) is not { Length: > 0 } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw S3Errors.BadArgument($"Provided {name} not an integer or within integer range");

    private static Listed Cut(Operation operation, RawDocument query, string after)
    {
        Bucket bucket = Bucket.At(operation);
        string prefix = query.Text("prefix") ?? "", delimiter = query.Text("delimiter") ?? "";
        long most = Math.Min(Number(query, "max-keys") ?? Most, operation.Account.PageSize ?? Most);
        List<(string Name, StoredObject? Object)> items = [];
        foreach (StoredObject stored in StoredObject.All(operation, bucket.Name))
        {
            if (!stored.Key.StartsWith(prefix, StringComparison.Ordinal) || stored.Newest!.IsDeleteMarker)
                continue;
            int end = delimiter.Length == 0 ? -1 : stored.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            string name = end < 0 ? stored.Key : stored.Key.Substring(0, end + delimiter.Length);
            bool isNew = items.Count == 0 || items[items.Count - 1].Name != name || end < 0;
            if (isNew && string.CompareOrdinal(name, after) > 0)
                items.Add((name, end < 0 ? stored : null));
            if (items.Count > most)
                break;
        }

        bool isTruncated = items.Count > most && most > 0;
        items = [.. items.Take((int)most)];
        return new(items, isTruncated ? items[items.Count - 1].Name : null, most);
    }

    private static RawDocument Shown(Operation operation, RawDocument query, Listed listed, string more)
    {
        string contents = string.Concat(listed.Items.Where(item => item.Object is not null).Select(item => Content(operation, query, item.Object!)));
        string prefixes = string.Concat(listed.Items.Where(item => item.Object is null).Select(item => $"<CommonPrefixes>{S3Xml.Element("Prefix", Encoded(query, item.Name))}</CommonPrefixes>"));
        return S3Output.Of("ListBucketResult", S3Xml.Element("Name", operation.Input.Text("Bucket")) + S3Xml.Element("Prefix", Encoded(query, query.Text("prefix") ?? ""))
            + S3Xml.Element("Delimiter", query.Text("delimiter") is { } delimiter ? Encoded(query, delimiter) : null) + S3Xml.Element("MaxKeys", listed.Most)
            + S3Xml.Element("EncodingType", query.Text("encoding-type")) + S3Xml.Element("IsTruncated", listed.Last is not null) + more + contents + prefixes);
    }

    private static string Content(Operation operation, RawDocument query, StoredObject stored)
    {
        ObjectVersion version = stored.Newest!;
        string owner = query.Text("list-type") != "2" || query.Text("fetch-owner") == "true" ? Owner(operation) : "";
        return $"<Contents>{S3Xml.Element("Key", Encoded(query, stored.Key))}{Described(version)}{owner}</Contents>";
    }

    private static string Version(Operation operation, RawDocument query, StoredObject stored, ObjectVersion version, bool isLatest)
    {
        string names = S3Xml.Element("Key", Encoded(query, stored.Key)) + S3Xml.Element("VersionId", version.Id) + S3Xml.Element("IsLatest", isLatest);
        return version.IsDeleteMarker
            ? $"<DeleteMarker>{names}{S3Xml.Element("LastModified", S3Xml.Time(version.LastModified))}{Owner(operation)}</DeleteMarker>"
            : $"<Version>{names}{Described(version)}{Owner(operation)}</Version>";
    }

    private static string Described(ObjectVersion version) => S3Xml.Element("LastModified", S3Xml.Time(version.LastModified)) + S3Xml.Element("ETag", version.ETag)
        + S3Xml.Element("ChecksumAlgorithm", version.Checksum.Text("Name")) + S3Xml.Element("ChecksumType", version.Checksum.Text("Type"))
        + S3Xml.Element("Size", version.Size) + S3Xml.Element("StorageClass", "STANDARD");

    private static string Owner(Operation operation) => $"<Owner>{S3Xml.Element("ID", operation.Account.Id)}</Owner>";

    private static string Encoded(RawDocument query, string text) => query.Text("encoding-type") == "url" ? Uri.EscapeDataString(text).Replace("%2F", "/") : text;

    private static string Token(string token)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw new InvalidTokenException();
        }
    }

    /// <summary>A page: keys with their objects, and common prefixes without.</summary>
    private sealed record Listed(IReadOnlyList<(string Name, StoredObject? Object)> Items, string? Last, long Most);
}
