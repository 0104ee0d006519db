using System.Globalization;
using EventBridgeOps.Sandbox.DynamoDb.Values;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>
/// The keys of rows, whose ordinal order is the order of a scan: the partitions by a hash, for the service too has them in no order
/// that a program may rely on, and in a partition by the range key.
/// </summary>
internal static class RowKeys
{
    public static string Of(KeySchema schema, MapValue item) =>
        Partition(item[schema.Hash]!) + (schema.Range is { } range ? SortableText.Of(item[range]!) : "");

    /// <summary>What the keys of all rows of a partition begin with.</summary>
    public static string Partition(Value hash)
    {
        string text = SortableText.Of(hash);
        return string.Format(CultureInfo.InvariantCulture, "{0:x8}/{1}/", Bucket(text), text);
    }

    /// <summary>Whether a row belongs to a segment of a parallel scan.</summary>
    public static bool IsInSegment(string rowKey, long segment, long segments) =>
        (long)((ulong.Parse(rowKey.Substring(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) * (ulong)segments) >> 32) == segment;

    /// <summary>The 32-bit FNV-1a hash, spread by a last multiplication: it is the same in every process.</summary>
    private static uint Bucket(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text)
            hash = unchecked((hash ^ character) * 16777619);
        return unchecked((hash ^ (hash >> 15)) * 2246822519);
    }
}
