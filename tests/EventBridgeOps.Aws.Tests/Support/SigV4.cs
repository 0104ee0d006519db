using System.Security.Cryptography;
using System.Text;

namespace EventBridgeOps.Aws.Tests.Support;

/// <summary>Signs a received request once more, by the book: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.</summary>
internal static class SigV4
{
    public static string Signature(StubRequest request, string secretKey)
    {
        string authorization = request.Headers["Authorization"];
        string scope = Part(authorization, "Credential=").Split('/', 2)[1];
        string signedHeaders = Part(authorization, "SignedHeaders=");
        string headers = string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{request.Headers[name].Trim()}\n"));
        string canonical = string.Join('\n', request.Method, request.Path, "", headers, signedHeaders, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body))));
        string text = string.Join('\n', "AWS4-HMAC-SHA256", request.Headers["X-Amz-Date"], scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), (seed, part) => HMACSHA256.HashData(seed, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    public static string Claimed(StubRequest request) => Part(request.Headers["Authorization"], "Signature=");

    private static string Part(string authorization, string name) => authorization.Split(name)[1].Split(',')[0];

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(one => one.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
