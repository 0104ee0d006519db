using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>The MD5 digests by which clients check that a message arrived as it was sent.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation</remarks>
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "SQS defines these digests as MD5; they protect nothing.")]
internal static class MessageDigest
{
    public static string OfBody(string body) => Hex(Encoding.UTF8.GetBytes(body));

    public static string OfAttributes(RawDocument attributes)
    {
        using MemoryStream buffer = new();
        foreach (KeyValuePair<string, JsonElement> attribute in attributes.Members.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            RawDocument value = RawDocument.From(attribute.Value);
            string type = value.Text("DataType") ?? "String";
            Write(buffer, Encoding.UTF8.GetBytes(attribute.Key));
            Write(buffer, Encoding.UTF8.GetBytes(type));
            bool isBinary = type.StartsWith("Binary", StringComparison.Ordinal);
            buffer.WriteByte(isBinary ? (byte)2 : (byte)1);
            Write(buffer, isBinary ? Convert.FromBase64String(value.Text("BinaryValue") ?? "") : Encoding.UTF8.GetBytes(value.Text("StringValue") ?? ""));
        }

        return Hex(buffer.ToArray());
    }

    private static void Write(MemoryStream buffer, byte[] bytes)
    {
        byte[] length = BitConverter.GetBytes(bytes.Length);
        if (BitConverter.IsLittleEndian)
            Array.Reverse(length);
        buffer.Write(length, 0, length.Length);
        buffer.Write(bytes, 0, bytes.Length);
    }

    private static string Hex(byte[] bytes) => HexDigest.Of(HashAlgorithmName.MD5, bytes);
}
