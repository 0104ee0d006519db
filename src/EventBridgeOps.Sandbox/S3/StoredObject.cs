using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>An object of a bucket with its versions, the newest first. Their bytes are in a table of their own.</summary>
internal sealed class StoredObject
{
    /// <summary>AWS has 50 TB; here everything is in memory, and in the state file.</summary>
    public const int MostMegabytes = 64;

    /// <summary>The ID of a version that was stored without versioning.</summary>
    public const string NoVersion = "null";

    private const string TableName = "s3Objects";
    private const string DataTable = "s3Data";

    private readonly Operation operation;
    private readonly Bucket bucket;

    private StoredObject(Operation operation, Bucket bucket, string key) => (this.operation, this.bucket, Key) = (operation, bucket, key);

    public string Key { get; }

    public IReadOnlyList<ObjectVersion> Versions => [.. (operation.State[TableName].Find(Row) ?? RawDocument.Empty).List("Versions").Select(version => new ObjectVersion(RawDocument.From(version)))];

    public ObjectVersion? Newest => Versions is { Count: > 0 } versions ? versions[0] : null;

    public ObjectVersion Oldest => Versions[Versions.Count - 1];

    private string Row => $"{bucket.Name}/{Key}";

    /// <summary>The object that a call names, which need not exist.</summary>
    public static StoredObject At(Operation operation) => new(operation, Bucket.At(operation), CheckedKey(operation.Input.Text("Key")!));

    public static StoredObject In(Operation operation, Bucket bucket, string key) => new(operation, bucket, CheckedKey(key));

    /// <summary>The objects of a bucket in the order of their keys.</summary>
    public static IEnumerable<StoredObject> All(Operation operation, string bucketName)
    {
        if (Bucket.Named(operation, bucketName) is not { } bucket)
            return [];
        string prefix = bucketName + "/";
        return operation.State[TableName].Keys.Where(row => row.StartsWith(prefix, StringComparison.Ordinal)).Select(row => new StoredObject(operation, bucket, row.Substring(prefix.Length)));
    }

    /// <summary>The version that a call asks for; by default the newest one.</summary>
    /// <exception cref="AwsError">It does not exist, or is a delete marker.</exception>
    public ObjectVersion Find(string? versionId)
    {
        ObjectVersion? found = versionId is null ? Newest : Versions.FirstOrDefault(version => version.Id == versionId);
        if (found is null)
            throw versionId is null ? S3Errors.NoKey(Key) : S3Errors.NoVersion(Key, versionId);
        if (!found.IsDeleteMarker)
            return found;
        RawDocument members = RawDocument.Empty.With("Key", Key).With("DeleteMarker", "true");
        throw versionId is null
            ? new AwsError(404, "NoSuchKey", "The specified key does not exist.") { Members = members }
            : new AwsError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.") { Members = members };
    }

    /// <summary>Stores bytes as the newest version.</summary>
    public ObjectVersion Store(byte[] body, RawDocument headers, string etag, RawDocument checksum)
    {
        if (body.Length > MostMegabytes * 1024 * 1024)
            throw new AwsError(400, "EntityTooLarge", S3Messages.TooLarge(MostMegabytes).ToString());
        return Add(RawDocument.Empty
            .With("ETag", etag)
            .With("Size", body.Length)
            .With("Headers", headers)
            .With("Checksum", checksum)
            .With("Data", ObjectData.Keep(operation, body)));
    }

    /// <summary>Deletes the object, or hides it behind a delete marker.</summary>
    /// <returns>The delete marker; null if there is none.</returns>
    public ObjectVersion? Delete()
    {
        if (bucket.Versioning is not null)
            return Add(RawDocument.Empty.With("IsDeleteMarker", true));
        Keep([], Versions);
        return null;
    }

    /// <summary>Deletes one version for good.</summary>
    public ObjectVersion? Delete(string versionId)
    {
        ObjectVersion? found = Versions.FirstOrDefault(version => version.Id == versionId);
        if (found is not null)
            Keep(Versions.Where(version => version.Id != versionId), [found]);
        return found;
    }

    public byte[] Read(ObjectVersion version) => ObjectData.Read(operation, version.Document.Text("Data"));

    private ObjectVersion Add(RawDocument document)
    {
        string id = bucket.Versioning == "Enabled" ? operation.Account.Random.Id().Replace("-", "") : NoVersion;
        ObjectVersion added = new(document.With("VersionId", id).With("LastModified", operation.Now.ToUnixTimeMilliseconds()));
        Keep([added, .. Versions.Where(version => version.Id != id)], Versions.Where(version => version.Id == id));
        return added;
    }

    private void Keep(IEnumerable<ObjectVersion> left, IEnumerable<ObjectVersion> gone)
    {
        List<RawDocument> versions = [.. left.Select(version => version.Document)];
        foreach (string data in gone.Select(version => version.Document.Text("Data")).OfType<string>().ToList())
            ObjectData.Forget(operation, data);
        if (versions.Count == 0)
            operation.State[TableName].Remove(Row);
        else
            operation.State[TableName][Row] = RawDocument.Empty.With("Versions", versions);
    }

    private static string CheckedKey(string key) => System.Text.Encoding.UTF8.GetByteCount(key) <= 1024
        ? key
        : throw new AwsError(400, "KeyTooLongError", "Your key is too long") { Members = RawDocument.Empty.With("MaxSizeAllowed", 1024) };

    /// <summary>The bytes of objects and of parts.</summary>
    internal static class ObjectData
    {
        public static string Keep(Operation operation, byte[] body)
        {
            string id = operation.State.NextNumber().ToString("D10", CultureInfo.InvariantCulture);
            operation.State[DataTable][id] = RawDocument.Empty.With("Body", Convert.ToBase64String(body));
            return id;
        }

        public static byte[] Read(Operation operation, string? id) => id is null ? [] : Convert.FromBase64String(operation.State[DataTable].Find(id)?.Text("Body") ?? "");

        public static void Forget(Operation operation, string id) => operation.State[DataTable].Remove(id);
    }
}

/// <summary>A version of an object.</summary>
internal sealed class ObjectVersion(RawDocument document)
{
    public RawDocument Document { get; } = document;

    public string Id => Document.Text("VersionId")!;

    public bool IsDeleteMarker => Document.Flag("IsDeleteMarker");

    public string ETag => Document.Text("ETag") ?? "";

    public long Size => Document.Number("Size") ?? 0;

    public DateTimeOffset LastModified => DateTimeOffset.FromUnixTimeMilliseconds(Document.Number("LastModified") ?? 0);

    /// <summary>The checksum: Name, Value and Type.</summary>
    public RawDocument Checksum => Document.Object("Checksum") ?? RawDocument.Empty;

    /// <summary>The headers that name the version, where the bucket has versions.</summary>
    public RawDocument Named => Id == StoredObject.NoVersion ? RawDocument.Empty : RawDocument.Empty.With("x-amz-version-id", Id);

    /// <summary>The headers of the checksum.</summary>
    public RawDocument Checked => Checksum.Text("Name") is { } name
        ? RawDocument.Empty.With(S3Checksum.Named(name)!.Header, Checksum.Text("Value")).With(S3Headers.Checksum + "type", Checksum.Text("Type"))
        : RawDocument.Empty;
}
