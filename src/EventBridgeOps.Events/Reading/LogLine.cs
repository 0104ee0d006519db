using System.Text;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Events.Reading;

/// <summary>A line of a log: the time, perhaps a stream, and a JSON object, as an export task to Amazon S3 and <c>aws logs tail</c> write it.</summary>
internal static class LogLine
{
    private const int Longest = 600; // The name of a log stream has at most 512 characters.

    private static readonly Regex Head = new(@"\A\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d:?\d\d)?[ \t]+(\S+[ \t]+)?(?=\{)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The object of such a line; null for any other line.</summary>
    public static ReadOnlyMemory<byte>? Json(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length == 0 || utf8.Span[0] is < (byte)'0' or > (byte)'9')
            return null;
        Match head = Head.Match(Encoding.UTF8.GetString(utf8.Slice(0, Math.Min(utf8.Length, Longest)).ToArray()));
        return head.Success ? utf8.Slice(Encoding.UTF8.GetByteCount(head.Value)) : null;
    }
}
