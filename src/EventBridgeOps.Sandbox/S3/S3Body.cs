using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>The body of a request: out of its chunks, if it is streamed, and compared with the digests that came with it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html</remarks>
internal static class S3Body
{
    /// <summary>Reads the body and the headers that follow it.</summary>
    /// <exception cref="AwsError">It is damaged, or does not fit its digests.</exception>
    public static (byte[] Body, RawDocument Trailers) Read(HttpRequest request)
    {
        string signed = request.Header("x-amz-content-sha256") ?? "";
        RawDocument trailers = RawDocument.Empty;
        byte[] body = request.Body;
        if (signed.StartsWith("STREAMING-", StringComparison.Ordinal))
        {
            (body, trailers) = Unchunked(request.Body);
            if (request.Header("x-amz-decoded-content-length") is not { } announced)
                throw new AwsError(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
            if (announced != body.Length.ToString(CultureInfo.InvariantCulture))
                throw Incomplete();
        }
        else if (signed.Length == 64 && signed != HexDigest.Of(HashAlgorithmName.SHA256, body))
        {
            throw new AwsError(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }

        if (request.Header("Content-MD5") is { } md5)
            CheckMd5(md5, body);
        foreach (S3Checksum known in S3Checksum.All)
        {
            if ((trailers.Text(known.Header) ?? request.Header(known.Header)) is { } given && request.Method == "PUT" && given != known.Of(body))
                throw new AwsError(400, "BadDigest", $"The {known.Name} you specified did not match the calculated checksum.");
        }

        return (body, trailers);
    }

    private static void CheckMd5(string given, byte[] body)
    {
        byte[] digest;
        try
        {
            digest = Convert.FromBase64String(given);
        }
        catch (FormatException)
        {
            digest = [];
        }

        if (digest.Length != 16)
            throw new AwsError(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
        if (!digest.SequenceEqual(S3Checksum.Hash(HashAlgorithmName.MD5, body)))
            throw new AwsError(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }

    /// <summary>size;chunk-signature=...\r\ndata\r\n, up to a chunk of size 0, and headers after it.</summary>
    private static (byte[] Body, RawDocument Trailers) Unchunked(byte[] chunked)
    {
        using MemoryStream body = new();
        int at = 0;
        while (true)
        {
            string head = Line(chunked, ref at).Split(';')[0];
            if (!int.TryParse(head, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size) || size < 0 || size > chunked.Length - at)
                throw Incomplete();
            if (size == 0)
                break;
            body.Write(chunked, at, size);
            at += size;
            if (Line(chunked, ref at).Length > 0)
                throw Incomplete();
        }

        RawDocument trailers = RawDocument.Empty;
        while (at < chunked.Length && Line(chunked, ref at) is { Length: > 0 } trailer)
        {
            int colon = trailer.IndexOf(':');
            if (colon > 0)
                trailers = trailers.With(trailer.Substring(0, colon).Trim().ToLowerInvariant(), trailer.Substring(colon + 1).Trim());
        }

        return (body.ToArray(), trailers);
    }

    private static string Line(byte[] bytes, ref int at)
    {
        int end = Array.IndexOf(bytes, (byte)'\n', at);
        if (end < 0)
            throw Incomplete();
        string line = Encoding.ASCII.GetString(bytes, at, end - at).TrimEnd('\r');
        at = end + 1;
        return line;
    }

    private static AwsError Incomplete() => new(400, "IncompleteBody", "The request body terminated unexpectedly");
}
