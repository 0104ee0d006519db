using System.IO.Compression;
using System.Text;
using EventBridgeOps.Events.Messages;
#if NETSTANDARD2_0
using EventBridgeOps.Events.Runs;
#endif

namespace EventBridgeOps.Events.Reading;

/// <summary>Makes UTF-8 of what a stream holds: unpacked where it is compressed, recoded where it is UTF-16.</summary>
internal static class InputText
{
    /// <summary>The stream as UTF-8.</summary>
    public static async Task<System.IO.Stream> DecodeAsync(System.IO.Stream stream, CancellationToken cancellationToken)
    {
        (byte[] head, System.IO.Stream whole) = await PeekAsync(stream, static read => read.Length >= 2, cancellationToken);
        if (head.Length >= 2 && head[0] == 0x1F && head[1] == 0x8B)
            (head, whole) = await PeekAsync(new GZipStream(whole, CompressionMode.Decompress), static read => read.Length >= 2, cancellationToken);
        if (Utf16Of(head) is not { } encoding)
            return whole;
        using MemoryStream utf16 = new();
        await whole.CopyToAsync(utf16, 81920, cancellationToken);
        int mark = head[0] is 0xFF or 0xFE ? 2 : 0;
        return new MemoryStream(Encoding.UTF8.GetBytes(encoding.GetString(utf16.GetBuffer(), mark, (int)utf16.Length - mark)));
    }

    /// <summary>The first bytes of a stream, as many as are needed, and the stream with all of its bytes.</summary>
    public static async Task<(byte[] Head, System.IO.Stream Whole)> PeekAsync(System.IO.Stream stream, Func<ReadOnlyMemory<byte>, bool> isEnough, CancellationToken cancellationToken)
    {
        byte[] head = new byte[2];
        int length = 0;
        while (!isEnough(head.AsMemory(0, length)))
        {
            if (length == head.Length)
                Array.Resize(ref head, head.Length * 2);
            int read = await ReadAsync(stream, head, length, cancellationToken);
            if (read == 0)
                break;
            length += read;
        }

        Array.Resize(ref head, length);
        return (head, new ReplayedStream(head, stream));
    }

    /// <summary>The length of the mark of UTF-8 at the beginning of a text.</summary>
    public static int MarkLength(ReadOnlySpan<byte> utf8) => utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;

    // Without a mark, JSON in UTF-16 is known by its first bracket.
    private static Encoding? Utf16Of(byte[] head) => head.Length < 2 ? null : (head[0], head[1]) switch
    {
        (0xFF, 0xFE) or ((byte)'{' or (byte)'[', 0) => Encoding.Unicode,
        (0xFE, 0xFF) or (0, (byte)'{' or (byte)'[') => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static async Task<int> ReadAsync(System.IO.Stream stream, byte[] buffer, int offset, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer.AsMemory(offset), cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new OpsException(ErrorIds.FileNotReadable, ReadingMessages.StreamNotReadable(e.Message), e);
        }
    }
}
