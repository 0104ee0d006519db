using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>The headers of requests: those that would have an effect on AWS and have none here are refused.</summary>
internal static class S3Headers
{
    public const string Metadata = "x-amz-meta-";
    public const string Checksum = "x-amz-checksum-";

    /// <summary>What an object keeps as it was given and shows again.</summary>
    private static readonly string[] Kept = ["cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires"];

    private static readonly HashSet<string> Known =
    [
        "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", "x-amz-decoded-content-length", "x-amz-trailer", "x-amz-sdk-checksum-algorithm", "x-amz-user-agent",
        "x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner", "x-amz-storage-class", "x-amz-acl", "x-amz-copy-source", "x-amz-metadata-directive",
        "x-amz-server-side-encryption", "x-amz-request-payer", "x-amz-object-ownership", "x-amz-te", "x-amz-trailer-signature", "x-amz-bucket-object-lock-enabled", "x-amz-mp-object-size",
        "x-amz-copy-source-if-match", "x-amz-optional-object-attributes",
    ];

    /// <summary>Checks the headers of a request.</summary>
    /// <exception cref="AwsError">A header asks for something that the sandbox does not have.</exception>
    public static void Check(RawDocument headers)
    {
        foreach (string name in headers.Members.Select(header => header.Key))
        {
            if (name.StartsWith("x-amz-", StringComparison.Ordinal) && !Known.Contains(name) && !name.StartsWith(Metadata, StringComparison.Ordinal) && !name.StartsWith(Checksum, StringComparison.Ordinal))
                throw S3Errors.NotImplemented(S3Messages.Header(name));
        }

        Only(headers, "x-amz-storage-class", "STANDARD");
        Only(headers, "x-amz-server-side-encryption", "AES256");
        Only(headers, "x-amz-acl", "private", "bucket-owner-full-control");
        Only(headers, "x-amz-object-ownership", "BucketOwnerEnforced");
        Only(headers, "x-amz-bucket-object-lock-enabled", "false", "False");
        if (headers.Text("x-amz-expected-bucket-owner") is { } owner && owner.Length != 12)
            throw S3Errors.BadArgument("The value of the expected bucket owner parameter must be an AWS Account ID");
    }

    /// <summary>What an object keeps of the headers.</summary>
    public static RawDocument OfObject(RawDocument headers)
    {
        RawDocument kept = RawDocument.Empty;
        foreach (KeyValuePair<string, System.Text.Json.JsonElement> header in headers.Members)
        {
            string value = header.Value.GetString()!;
            if (header.Key == "content-encoding")
                value = string.Join(",", value.Split(',').Select(coding => coding.Trim()).Where(coding => coding.Length > 0 && coding != "aws-chunked"));
            if ((Kept.Contains(header.Key) || header.Key.StartsWith(Metadata, StringComparison.Ordinal)) && value.Length > 0)
                kept = kept.With(header.Key, value);
        }

        return kept["content-type"] is null ? kept.With("content-type", "binary/octet-stream") : kept;
    }

    private static void Only(RawDocument headers, string name, params string[] allowed)
    {
        if (headers.Text(name) is { } value && !allowed.Contains(value))
            throw S3Errors.NotImplemented(S3Messages.HeaderValue(name, value));
    }
}
