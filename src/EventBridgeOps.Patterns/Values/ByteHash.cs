using System.Buffers.Binary;

namespace EventBridgeOps.Patterns.Values;

/// <summary>A quick hash of bytes, the same in every process.</summary>
internal static class ByteHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static int Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length * Prime;
        while (bytes.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes.Slice(8);
        }

        if (!bytes.IsEmpty)
        {
            hash = Mix(hash ^ Tail(bytes));
        }

        return (int)(hash ^ (hash >> 32));
    }

    /// <summary>Up to eight bytes as one number.</summary>
    public static ulong Tail(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 8)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }

        if (bytes.Length >= 4)
        {
            ulong low = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            ulong high = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(bytes.Length - 4));
            return low | (high << ((bytes.Length - 4) * 8));
        }

        ulong value = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            value |= (ulong)bytes[i] << (i * 8);
        }

        return value;
    }

    private static ulong Mix(ulong value)
    {
        value *= Prime;
        return value ^ (value >> 29);
    }
}
