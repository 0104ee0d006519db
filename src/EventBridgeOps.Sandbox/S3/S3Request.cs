using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>A request to S3: its operation is in the method, the path, the query and a header.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html</remarks>
internal static class S3Request
{
    public const string Service = "s3";

    private const string Localhost = ".localhost";

    private static readonly HashSet<string> Known = ["versionId", "uploadId", "partNumber", "uploads", "versions", "delete", "location", "max-buckets", "max-uploads", "max-parts", "x-id"];

    /// <summary>Who signed a request, with a header or in the query; null if it is not for S3.</summary>
    public static (string AccessKey, string Region)? Signer(HttpRequest request)
    {
        const string Marker = "Credential=";
        string? scope = request.Header("Authorization") is { } header && header.IndexOf(Marker, StringComparison.Ordinal) is >= 0 and int at
            ? header.Substring(at + Marker.Length).Split(',', ' ')[0]
            : request.Query.Contains("X-Amz-Credential=") ? FormText.Pairs(request.Query).First(pair => pair.Key == "X-Amz-Credential").Value : null;
        return scope?.Split('/') is { Length: 5 } parts && parts[3] == Service && parts[0].Length > 0 && parts[2].Length > 0 ? (parts[0], parts[2]) : null;
    }

    /// <summary>Reads the operation and its input: Bucket, Key, Query, Headers (in small letters) and Body (base64).</summary>
    /// <exception cref="AwsError">The sandbox does not have the operation, or the body is damaged.</exception>
    public static (string Operation, RawDocument Input) Read(HttpRequest request)
    {
        (string bucket, string key) = Names(request);
        RawDocument query = FormText.Pairs(WithValues(request.Query)).Aggregate(RawDocument.Empty, (known, pair) => known.With(pair.Key, pair.Value));
        if (query.Members.Select(parameter => parameter.Key).FirstOrDefault(name => !IsKnown(name)) is { } unknown)
            throw S3Errors.NotImplemented(S3Messages.Unsupported(request.Method, unknown));
        string operation = OperationOf(request, bucket.Length > 0, key.Length > 0, query);
        RawDocument headers = request.Headers.Aggregate(RawDocument.Empty, (known, header) => known.With(header.Key.ToLowerInvariant(), header.Value));
        S3Headers.Check(headers);
        (byte[] body, RawDocument trailers) = S3Body.Read(request);
        return (operation, RawDocument.Empty
            .With("Bucket", bucket)
            .With("Key", key)
            .With("Query", query)
            .With("Headers", headers.With(trailers))
            .With("Body", Convert.ToBase64String(body)));
    }

    /// <summary>Whether the sandbox looks at a parameter of the query, or it only signs or names the request.</summary>
    private static bool IsKnown(string parameter) => Known.Contains(parameter) || ObjectListing.Parameters.Contains(parameter) || BucketSetting.All.Any(setting => setting.Parameter == parameter)
        || parameter.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || parameter.StartsWith("response-", StringComparison.Ordinal);

    private static (string Bucket, string Key) Names(HttpRequest request)
    {
        string path = request.Path.TrimStart('/');
        string host = (request.Header("Host") ?? "").Split(':')[0];
        if (host.EndsWith(Localhost, StringComparison.OrdinalIgnoreCase))
        {
            // bucket.localhost, bucket.s3.localhost and bucket.s3.eu-west-1.localhost
            string name = host.Substring(0, host.Length - Localhost.Length);
            int service = name.LastIndexOf(".s3", StringComparison.Ordinal);
            if (service > 0 && (service + 3 == name.Length || name[service + 3] == '.'))
                name = name.Substring(0, service);
            if (name != Service && !name.StartsWith("s3.", StringComparison.Ordinal))
                return (name, Uri.UnescapeDataString(path));
        }

        int slash = path.IndexOf('/');
        return slash < 0 ? (Uri.UnescapeDataString(path), "") : (Uri.UnescapeDataString(path.Substring(0, slash)), Uri.UnescapeDataString(path.Substring(slash + 1)));
    }

    /// <summary>A parameter may stand without a value: ?uploads.</summary>
    private static string WithValues(string query) => string.Join("&", query.Split('&').Where(part => part.Length > 0).Select(part => part.Contains('=') ? part : part + "="));

    private static string OperationOf(HttpRequest request, bool hasBucket, bool hasKey, RawDocument query)
    {
        string method = request.Method;
        string? found = !hasBucket ? method == "GET" ? "ListBuckets" : null : hasKey ? OfObject(request, query) : OfBucket(method, query);
        return found ?? throw S3Errors.NotImplemented(S3Messages.Unsupported(method, string.Join(", ", query.Members.Select(parameter => parameter.Key))));
    }

    private static string? OfBucket(string method, RawDocument query)
    {
        if (BucketSetting.All.FirstOrDefault(setting => query[setting.Parameter] is not null) is { } setting)
            return setting.On(method);
        if (query["location"] is not null)
            return method == "GET" ? "GetBucketLocation" : null;
        if (query["delete"] is not null)
            return method == "POST" ? "DeleteObjects" : null;
        if (query["uploads"] is not null)
            return method == "GET" ? "ListMultipartUploads" : null;
        if (query["versions"] is not null)
            return method == "GET" ? "ListObjectVersions" : null;
        if (query.Members.Any(parameter => parameter.Value.GetString()!.Length == 0 && !ObjectListing.Parameters.Contains(parameter.Key)))
            return null; // ?acl, ?cors and what else the sandbox does not have.
        return method switch
        {
            "PUT" => "CreateBucket",
            "HEAD" => "HeadBucket",
            "DELETE" => "DeleteBucket",
            "GET" => query.Text("list-type") == "2" ? "ListObjectsV2" : "ListObjects",
            _ => null,
        };
    }

    private static string? OfObject(HttpRequest request, RawDocument query)
    {
        if (query["uploads"] is not null)
            return request.Method == "POST" ? "CreateMultipartUpload" : null;
        if (query["uploadId"] is not null)
        {
            return request.Method switch
            {
                "PUT" => request.Header("x-amz-copy-source") is null ? "UploadPart" : null,
                "POST" => "CompleteMultipartUpload",
                "DELETE" => "AbortMultipartUpload",
                "GET" => "ListParts",
                _ => null,
            };
        }

        if (query.Members.Any(parameter => parameter.Value.GetString()!.Length == 0))
            return null; // ?acl, ?tagging, ?attributes
        return request.Method switch
        {
            "PUT" => request.Header("x-amz-copy-source") is null ? "PutObject" : "CopyObject",
            "GET" => "GetObject",
            "HEAD" => "HeadObject",
            "DELETE" => "DeleteObject",
            _ => null,
        };
    }
}
