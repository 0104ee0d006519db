using System.Text;

namespace EventBridgeOps.Events.Entries;

/// <summary>The limits of a <c>PutEvents</c> call.</summary>
public static class EntryLimits
{
    /// <summary>The maximum number of entries in one call: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html.</summary>
    public const int Entries = 10;

    /// <summary>The maximum total size of the entries of one call in bytes, and so of one entry: 1 MB.</summary>
    /// <remarks>
    /// Until January 2026 it was 256 KB, which older pages and service models still say. Source:
    /// https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb. An endpoint
    /// that still applies the old limit rejects a call, which is then sent again in parts.
    /// </remarks>
    public const int Bytes = 1024 * 1024;

    /// <summary>The maximum nesting depth of a detail (PutEvents, as above).</summary>
    public const int Depth = 1000;

    /// <summary>The maximum length of a detail type.</summary>
    internal const int DetailTypeLength = 128;

    private const int TimeBytes = 14;

    /// <summary>The fields that every entry must have, in the order that EventBridge asks for them.</summary>
    public static IReadOnlyList<string> RequiredFields { get; } = [nameof(EventEntry.Source), nameof(EventEntry.DetailType), nameof(EventEntry.Detail)];

    /// <summary>Whether a source is one that only AWS services may use.</summary>
    /// <param name="source">The source.</param>
    public static bool IsReserved(string source) => source.StartsWith("aws.", StringComparison.Ordinal);

    /// <summary>The length of a text as the models of AWS count it: in code points.</summary>
    /// <remarks>https://smithy.io/2.0/spec/constraint-traits.html#length-trait.</remarks>
    /// <param name="text">The text.</param>
    internal static int LengthOf(string text)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
            length++;
        return length;
    }

    /// <summary>An entry's size as EventBridge counts it: 14 bytes for a time, and source, detail type, detail and resources in UTF-8.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size. The bus's name and the trace header don't count.</remarks>
    /// <param name="entry">The entry.</param>
    public static int SizeOf(EventEntry entry) => entry.Size ?? SizeWithout(entry) + Encoding.UTF8.GetByteCount(entry.Detail);

    /// <summary>An entry's size without its detail.</summary>
    internal static int SizeWithout(EventEntry entry)
    {
        int size = entry.Time is null ? 0 : TimeBytes;
        size += Encoding.UTF8.GetByteCount(entry.Source) + Encoding.UTF8.GetByteCount(entry.DetailType);
        foreach (string resource in entry.Resources)
            size += Encoding.UTF8.GetByteCount(resource);
        return size;
    }
}
