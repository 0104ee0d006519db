using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventBridgeOps.Tests;

/// <summary>Signs by the book: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.</summary>
public static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The value of the Authorization header.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="target">The path as it is sent, with its query.</param>
    /// <param name="headers">The headers to sign, among them host and x-amz-date.</param>
    /// <param name="body">The body.</param>
    /// <param name="accessKey">Whose signature it is.</param>
    /// <param name="secretKey">What it is signed with.</param>
    /// <param name="region">The Region of the service.</param>
    /// <param name="service">The signing name of the service.</param>
    public static string Authorization(string method, string target, IReadOnlyDictionary<string, string> headers, string body, string accessKey, string secretKey, string region, string service)
    {
        string scope = $"{Header(headers, "x-amz-date")[..8]}/{region}/{service}/aws4_request";
        string signed = string.Join(';', headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));
        return $"{Algorithm} Credential={accessKey}/{scope}, SignedHeaders={signed}, Signature={Signature(method, target, headers, signed, body, scope, secretKey)}";
    }

    /// <summary>The signature that a request as it was received must carry.</summary>
    public static string Expected(string method, string target, IReadOnlyDictionary<string, string> headers, string body, string secretKey)
    {
        string authorization = Header(headers, "Authorization");
        return Signature(method, target, headers, Part(authorization, "SignedHeaders="), body, Part(authorization, "Credential=").Split('/', 2)[1], secretKey);
    }

    /// <summary>The signature that it does carry.</summary>
    public static string Claimed(IReadOnlyDictionary<string, string> headers) => Part(Header(headers, "Authorization"), "Signature=");

    private static string Signature(string method, string target, IReadOnlyDictionary<string, string> headers, string signedHeaders, string body, string scope, string secretKey)
    {
        string[] parts = target.Split('?', 2);
        string path = string.Join('/', parts[0].Split('/').Select(Uri.EscapeDataString)); // what is sent is encoded once, what is signed twice
        string query = parts.Length > 1 ? string.Join('&', parts[1].Split('&').Order(StringComparer.Ordinal)) : "";
        string lines = string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{Header(headers, name).Trim()}\n"));
        string canonical = string.Join('\n', method, path, query, lines, signedHeaders, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        string text = string.Join('\n', Algorithm, Header(headers, "x-amz-date"), scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), (seed, part) => HMACSHA256.HashData(seed, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Header(IReadOnlyDictionary<string, string> headers, string name) => headers.First(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string Part(string authorization, string name) => authorization.Split(name)[1].Split(',')[0];

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
}
