using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Hosting;

/// <summary>Standard output or standard error, which can be closed, or on a disk that is full.</summary>
/// <param name="inner">The stream.</param>
/// <param name="isData">Whether it carries data, so that the command fails if it cannot be written. A message that cannot be read must not end a run.</param>
internal sealed class OutputStream(Stream inner, bool isData) : Stream
{
    private bool _failed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Try(() => inner.Write(buffer, offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Try(() => inner.Write(buffer.Span));
        return ValueTask.CompletedTask;
    }

    public override void Flush() => Try(inner.Flush);

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Try(Action write)
    {
        if (_failed)
            return; // It was said once.
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failed = true;
            if (isData)
                throw new OpsException(ErrorIds.OutputNotWritten, TerminalMessages.OutputNotWritten((e.InnerException ?? e).Message), e);
        }
    }
}

/// <summary>Standard input. A read of it cannot be cancelled, only abandoned.</summary>
internal sealed class InputStream : Stream
{
    private readonly Stream _inner;

    private InputStream(Stream inner) => _inner = inner;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Makes it of a stream that blocks.</summary>
    public static Stream Over(Stream inner) => new InputStream(inner);

    /// <summary>Whether standard input of the process was closed. The runtime may have opened a file of its own in its place, of which nothing would ever be read.</summary>
    /// <remarks>A file that a process inherits cannot be one to be closed at its start: https://man7.org/linux/man-pages/man2/fcntl.2.html (FD_CLOEXEC).</remarks>
    public static bool IsClosed()
    {
        const int CloseOnExec = 0x80000; // O_CLOEXEC, in octal in the file: https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html.
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            string? flags = File.ReadLines("/proc/self/fdinfo/0").FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return flags is not null && (Convert.ToInt32(flags[6..].Trim(), 8) & CloseOnExec) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return e is FileNotFoundException;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(() => _inner.Read(buffer.Span), cancellationToken).WaitAsync(cancellationToken);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
