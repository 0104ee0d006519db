using System.Text;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>Lines and counted bytes from a stream; what was read too far stays for the next request.</summary>
internal sealed class WireReader(Stream stream)
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private readonly byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>The next line without its end, or null when the peer closed before its first byte.</summary>
    public async Task<string?> LineAsync(int limit, int statusWhenLonger, CancellationToken cancellationToken)
    {
        MemoryStream line = new();
        while (true)
        {
            if (start == end && !await FillAsync(cancellationToken))
                return line.Length == 0 ? null : throw new EndOfStreamException();

            int newline = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            int until = newline < 0 ? end : newline;
            if (line.Length + until - start > limit)
                throw new HttpException(statusWhenLonger, WireMessages.LineTooLong());

            line.Write(buffer, start, until - start);
            start = newline < 0 ? end : newline + 1;
            if (newline >= 0)
                return TrimmedOfCarriageReturn(line);
        }
    }

    /// <summary>Exactly that many bytes, or <see cref="EndOfStreamException"/>.</summary>
    public async Task<byte[]> BytesAsync(int count, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[count];
        int filled = 0;
        while (filled < count)
        {
            if (start == end && !await FillAsync(cancellationToken))
                throw new EndOfStreamException();

            int take = Math.Min(count - filled, end - start);
            Buffer.BlockCopy(buffer, start, bytes, filled, take);
            start += take;
            filled += take;
        }

        return bytes;
    }

    private static string TrimmedOfCarriageReturn(MemoryStream line)
    {
        byte[] bytes = line.ToArray();
        int length = bytes.Length > 0 && bytes[bytes.Length - 1] == '\r' ? bytes.Length - 1 : bytes.Length;
        return Latin1.GetString(bytes, 0, length);
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        start = 0;
#if NETSTANDARD2_0
        end = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken);
#else
        end = await stream.ReadAsync(buffer, cancellationToken);
#endif
        return end > 0;
    }
}
