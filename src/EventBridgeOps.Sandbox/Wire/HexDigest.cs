using System.Globalization;
using System.Security.Cryptography;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>Digests as AWS writes them: hexadecimal, in small letters.</summary>
internal static class HexDigest
{
    public static string Of(HashAlgorithmName algorithm, byte[] bytes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(bytes);
        return string.Concat(hash.GetHashAndReset().Select(each => each.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
