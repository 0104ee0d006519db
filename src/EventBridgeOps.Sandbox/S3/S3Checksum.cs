using System.Security.Cryptography;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>A checksum of objects.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</remarks>
internal sealed class S3Checksum
{
    private readonly Func<byte[], byte[]> compute;

    private S3Checksum(string name, Func<byte[], byte[]> compute) => (Name, this.compute) = (name, compute);

    /// <summary>The algorithm: CRC32.</summary>
    public string Name { get; }

    public string Header => S3Headers.Checksum + Name.ToLowerInvariant();

    /// <summary>The element of XML answers: ChecksumCRC32.</summary>
    public string Element => "Checksum" + Name;

    public static IReadOnlyList<S3Checksum> All { get; } =
    [
        new("CRC32", bytes => BigEndian(Reflected(bytes, 0xEDB88320, 32), 4)),
        new("CRC32C", bytes => BigEndian(Reflected(bytes, 0x82F63B78, 32), 4)),
        new("CRC64NVME", bytes => BigEndian(Reflected(bytes, 0x9A6C9329AC4BC9B5, 64), 8)),
        new("SHA1", bytes => Hash(HashAlgorithmName.SHA1, bytes)),
        new("SHA256", bytes => Hash(HashAlgorithmName.SHA256, bytes)),
    ];

    /// <summary>What S3 computes for an object that came without a checksum.</summary>
    public static S3Checksum Default { get; } = Named("CRC64NVME")!;

    public static S3Checksum? Named(string? name) => All.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The one with which a request came, or which it announces.</summary>
    public static S3Checksum? In(RawDocument headers) => All.FirstOrDefault(known => headers[known.Header] is not null) ?? Named(headers.Text(S3Headers.Checksum + "algorithm"));

    public static byte[] Hash(HashAlgorithmName algorithm, byte[] bytes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }

    public string Of(byte[] bytes) => Convert.ToBase64String(compute(bytes));

    private static byte[] BigEndian(ulong value, int length) => [.. Enumerable.Range(0, length).Select(place => (byte)(value >> (8 * (length - 1 - place))))];

    private static ulong Reflected(byte[] bytes, ulong polynomial, int bits)
    {
        ulong[] table = new ulong[256];
        for (ulong index = 0; index < 256; index++)
        {
            ulong value = index;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) == 1 ? (value >> 1) ^ polynomial : value >> 1;
            table[index] = value;
        }

        ulong ones = bits == 64 ? ulong.MaxValue : uint.MaxValue, crc = ones;
        foreach (byte each in bytes)
            crc = (crc >> 8) ^ table[(crc ^ each) & 0xFF];
        return crc ^ ones;
    }
}
