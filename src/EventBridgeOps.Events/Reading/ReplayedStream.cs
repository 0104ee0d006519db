namespace EventBridgeOps.Events.Reading;

/// <summary>A stream whose first bytes were already read; they are returned again. The inner stream is not closed.</summary>
internal sealed class ReplayedStream(byte[] head, System.IO.Stream rest) : System.IO.Stream
{
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Replay(buffer, offset, count) is > 0 and var given ? given : rest.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Replay(buffer, offset, count) is > 0 and var given ? Task.FromResult(given) : rest.ReadAsync(buffer, offset, count, cancellationToken);

#if !NETSTANDARD2_0
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int given = Math.Min(buffer.Length, head.Length - _given);
        if (given == 0)
            return await rest.ReadAsync(buffer, cancellationToken);
        head.AsMemory(_given, given).CopyTo(buffer);
        _given += given;
        return given;
    }
#endif

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Replay(byte[] buffer, int offset, int count)
    {
        int given = Math.Min(count, head.Length - _given);
        Buffer.BlockCopy(head, _given, buffer, offset, given);
        _given += given;
        return given;
    }
}
