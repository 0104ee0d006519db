namespace EventBridgeOps.Changes;

/// <summary>Reads the lines of a file from its beginning or from its end, and holds no more of it than one line and what it read with it.</summary>
internal sealed class LineFile : IDisposable
{
    private const int ChunkSize = 1 << 18;
    private const byte LineFeed = (byte)'\n';

    private readonly FileStream _file;
    private readonly bool _backward;
    private readonly long _length;
    private byte[] _buffer = new byte[ChunkSize];
    private int _start;
    private int _end;
    private long _lineStart;
    private bool _endsInsideLine;
    private long _position; // of what comes next: the byte after the buffer, or, backward, the byte at its beginning
    private bool _isDone;

    /// <summary>Makes the reader. What is appended later is not read.</summary>
    public LineFile(FileStream file, bool backward)
    {
        (_file, _backward, _length) = (file, backward, file.Length);
        if (backward)
        {
            _position = _length;
            _start = _end = _buffer.Length;
            if (_length > 0 && Fill() && _buffer[_end - 1] == LineFeed)
                _end--;
            else
                _endsInsideLine = _length > 0;
        }
    }

    /// <summary>Whether a line feed follows the line that was read last. Without one, it may be half a line.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The number of the line that was read last, from 1. The file is read for it again, from its beginning.</summary>
    public int Number()
    {
        byte[] part = new byte[ChunkSize];
        int number = 1;
        _file.Seek(0, SeekOrigin.Begin);
        for (long left = _lineStart; left > 0;)
        {
            int count = _file.Read(part, 0, (int)Math.Min(part.Length, left));
            if (count == 0)
                throw new EndOfStreamException();
            number += part.Take(count).Count(each => each == LineFeed);
            left -= count;
        }

        return number;
    }

    /// <summary>The next line, valid until the next call; null after the last. An empty line at either end may be left out.</summary>
    public ReadOnlyMemory<byte>? Next()
    {
        if (_isDone)
            return null;
        int searched = 0;
        while (true)
        {
            Span<byte> unsearched = _backward ? _buffer.AsSpan(_start, _end - _start - searched) : _buffer.AsSpan(_start + searched, _end - _start - searched);
            int found = _backward ? unsearched.LastIndexOf(LineFeed) : unsearched.IndexOf(LineFeed);
            if (found >= 0)
                return Take(_backward ? _start + found : _start + searched + found);
            searched = _end - _start;
            if (Fill())
                continue;
            _isDone = true;
            IsClosed = _backward && !_endsInsideLine;
            _lineStart = Offset(_start);
            if (_end > _start)
                return _buffer.AsMemory(_start, _end - _start);
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private ReadOnlyMemory<byte> Take(int lineFeed)
    {
        int start = _backward ? lineFeed + 1 : _start;
        int end = _backward ? _end : lineFeed;
        IsClosed = !_endsInsideLine;
        _endsInsideLine = false;
        _lineStart = Offset(start);
        (_start, _end) = _backward ? (_start, lineFeed) : (lineFeed + 1, _end);
        return _buffer.AsMemory(start, end - start);
    }

    /// <summary>Where a byte of the buffer is in the file.</summary>
    private long Offset(int place) => _backward ? _position + place - _start : _position + place - _end;

    /// <summary>Reads on; false at the end.</summary>
    private bool Fill()
    {
        long left = _backward ? _position : _length - _position;
        if (left == 0)
            return false;
        int held = _end - _start;
        if (held > _buffer.Length - ChunkSize)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, held + ChunkSize));
        int more = (int)Math.Min(ChunkSize, left);
        // What is held stays at the end of the buffer, or, forward, at its beginning.
        int place = _backward ? _buffer.Length - held : 0;
        Buffer.BlockCopy(_buffer, _start, _buffer, place, held);
        int target = _backward ? place - more : held;
        _file.Seek(_backward ? _position - more : _position, SeekOrigin.Begin);
        for (int read = 0; read < more;)
        {
            int count = _file.Read(_buffer, target + read, more - read);
            if (count == 0)
                throw new EndOfStreamException();
            read += count;
        }

        (_start, _end) = _backward ? (target, place + held) : (0, held + more);
        _position += _backward ? -more : more;
        return true;
    }
}
