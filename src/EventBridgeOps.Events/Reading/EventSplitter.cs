using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
#if NETSTANDARD2_0
using EventBridgeOps.Events.Runs;
#endif

namespace EventBridgeOps.Events.Reading;

/// <summary>A part of a text that should be one JSON value, or why it is not.</summary>
/// <param name="Utf8">The part; empty if there is a fault.</param>
/// <param name="Line">The number of its first line; 0 if it is not known.</param>
/// <param name="Fault">Why it is not a value, as a clause.</param>
/// <param name="IsCutOff">Whether the text ends within a value or a list.</param>
public readonly record struct TextPiece(ReadOnlyMemory<byte> Utf8, int Line, Message? Fault = null, bool IsCutOff = false);

/// <summary>
/// Splits a stream of UTF-8 into JSON values without reading it as a whole: JSON lines, an array's elements, or values one after the other.
/// </summary>
/// <remarks>
/// Lines are read one by one when the first of them is a whole object or not JSON at all, so that a bad line does not affect others; otherwise the
/// text is split by its brackets. Whether a piece is valid JSON is for its reader to find out.
/// </remarks>
internal sealed class EventSplitter(System.IO.Stream stream, int firstLine = 1)
{
    /// <summary>The longest value that is accepted. EventBridge itself accepts entries of up to 1 MB.</summary>
    public const int LongestPiece = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private int _line = firstLine;

    /// <summary>The pieces of the stream, in order.</summary>
    public async IAsyncEnumerable<TextPiece> SplitAsync(bool lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await SkipMarkAsync(cancellationToken);
        if (!await SkipBlankAsync(cancellationToken))
            yield break;
        byte first = _buffer[_start];
        bool byLine = first != '[' && (first != '{' || (lines && await LineLengthAsync(cancellationToken) > 2) || await FirstLineIsWholeAsync(cancellationToken)); // A bracket alone begins an object of several lines, whatever the name of the file says.
        await foreach (TextPiece piece in byLine ? LinesAsync(cancellationToken) : ValuesAsync(cancellationToken))
        {
            if (byLine && piece.Fault is null)
            {
                foreach (TextPiece one in Objects(piece))
                    yield return one;
            }
            else
            {
                yield return piece;
            }
        }
    }

    /// <summary>The lines, whatever is in them.</summary>
    public async IAsyncEnumerable<TextPiece> SplitLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await SkipMarkAsync(cancellationToken);
        await foreach (TextPiece piece in LinesAsync(cancellationToken))
            yield return piece;
    }

    private async IAsyncEnumerable<TextPiece> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await SkipBlankAsync(cancellationToken))
        {
            int length = await LineLengthAsync(cancellationToken);
            if (length > LongestPiece)
            {
                yield return new TextPiece(default, _line, TooLong);
                while (length > LongestPiece)
                {
                    _start += length;
                    length = await LineLengthAsync(cancellationToken);
                }
            }
            else
            {
                yield return Take(length);
            }

            _start += length;
        }
    }

    /// <summary>The objects on a line: one, perhaps with a comma behind it, where an array lost its brackets; or several, as Amazon Data Firehose writes them.</summary>
    private static List<TextPiece> Objects(TextPiece line)
    {
        ReadOnlyMemory<byte> text = WithoutComma(line.Utf8);
        if (text.Span.IndexOf("}{"u8) < 0 && text.Span.IndexOf("} {"u8) < 0)
            return [line with { Utf8 = text }];
        List<TextPiece> objects = [];
        while (text.Length > 0)
        {
            int length = ObjectLength(text.Span);
            if (length == 0)
                return [line]; // Its reader says what is wrong with it.
            objects.Add(line with { Utf8 = text.Slice(0, length) });
            text = text.Slice(length);
            while (text.Length > 0 && IsBlank(text.Span[0]))
                text = text.Slice(1);
        }

        return objects;
    }

    private static ReadOnlyMemory<byte> WithoutComma(ReadOnlyMemory<byte> text)
    {
        int end = text.Length;
        while (end > 0 && IsBlank(text.Span[end - 1]))
            end--;
        return end > 1 && text.Span[end - 1] == ',' && text.Span[end - 2] == '}' ? text.Slice(0, end - 1) : text;
    }

    /// <summary>The length of the object that a text begins with; 0 if it does not begin with a complete one.</summary>
    private static int ObjectLength(ReadOnlySpan<byte> text)
    {
        int depth = 0;
        bool inString = false;
        for (int i = 0; i < text.Length && text[0] == '{'; i++)
        {
            byte c = text[i];
            if (inString && c == '\\')
                i++;
            else if (c == '"')
                inString = !inString;
            else if (!inString && c is (byte)'{' or (byte)'[')
                depth++;
            else if (!inString && c is (byte)'}' or (byte)']' && --depth == 0)
                return i + 1;
        }

        return 0;
    }

    private async IAsyncEnumerable<TextPiece> ValuesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool inArray = false;
        while (await SkipBlankAsync(cancellationToken))
        {
            byte next = _buffer[_start];
            if (inArray ? next is (byte)',' or (byte)']' : next == '[')
            {
                inArray = next != ']';
                _start++;
                continue;
            }

            int length = await ValueLengthAsync(inArray, cancellationToken);
            if (length <= 0 || length > LongestPiece)
            {
                yield return new TextPiece(default, _line, length == 0 ? ReadingMessages.Incomplete() : TooLong, IsCutOff: length == 0);
                yield break;
            }

            yield return Take(length);
            for (int i = 0; i < length; i++)
                _line += _buffer[_start + i] == '\n' ? 1 : 0;
            _start += length;
        }

        if (inArray)
            yield return new TextPiece(default, _line, ReadingMessages.ArrayNotClosed(), IsCutOff: true);
    }

    private static Message TooLong => ReadingMessages.TooLong(LongestPiece / 1024 / 1024);

    private TextPiece Take(int length) => new(_buffer.AsMemory(_start, length).ToArray(), _line);

    /// <summary>The bytes up to the end of the line; more than the longest piece when the end is not in sight.</summary>
    private async Task<int> LineLengthAsync(CancellationToken cancellationToken)
    {
        int seen = 0;
        while (true)
        {
            int more = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (more >= 0)
                return seen + more;
            seen = _end - _start;
            if (seen > LongestPiece || !await FillAsync(cancellationToken))
                return seen;
        }
    }

    /// <summary>The bytes of the value that starts here; 0 when the text ends inside it.</summary>
    private async Task<int> ValueLengthAsync(bool inArray, CancellationToken cancellationToken)
    {
        int depth = 0;
        bool inString = false;
        for (int length = 0; ; length++)
        {
            if (length > LongestPiece)
                return length;
            if (_start + length == _end && !await FillAsync(cancellationToken))
                return depth == 0 && !inString ? length : 0;
            byte c = _buffer[_start + length];
            if (inString)
            {
                if (c == '\\')
                {
                    length++;
                    if (_start + length == _end && !await FillAsync(cancellationToken))
                        return 0;
                }
                else if (c == '"')
                {
                    inString = false;
                }
            }
            else if (c == '"')
            {
                inString = true;
            }
            else if (c is (byte)'{' or (byte)'[')
            {
                depth++;
            }
            else if (c is (byte)'}' or (byte)']' && depth > 0)
            {
                if (--depth == 0)
                    return length + 1;
            }
            else if (depth == 0 && length > 0 && (IsBlank(c) || (inArray && c is (byte)',' or (byte)']')))
            {
                return length;
            }
        }
    }

    /// <summary>Whether the first line is all of an object: then the text is JSON lines.</summary>
    private async Task<bool> FirstLineIsWholeAsync(CancellationToken cancellationToken)
    {
        int line = await LineLengthAsync(cancellationToken);
        int value = await ValueLengthAsync(inArray: false, cancellationToken);
        if (value > 0 && value <= line)
            return true;

        // JSON that goes on in the next line goes on with '{' only after one of these; JSON lines with a bad first line do in any case.
        int next = line + 1;
        int last = line - 1;
        while (last > 0 && IsBlank(_buffer[_start + last]))
            last--;
        return _start + next < _end && _buffer[_start + next] == '{' && _buffer[_start + last] is not ((byte)':' or (byte)'[' or (byte)',');
    }

    private async Task SkipMarkAsync(CancellationToken cancellationToken)
    {
        while (_end - _start < 3 && await FillAsync(cancellationToken))
        {
        }

        if (_end - _start >= 3 && _buffer[_start] == 0xEF && _buffer[_start + 1] == 0xBB && _buffer[_start + 2] == 0xBF)
            _start += 3;
    }

    /// <summary>Goes to the next byte that is not blank; false when there is none.</summary>
    private async Task<bool> SkipBlankAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            for (; _start < _end; _start++)
            {
                if (!IsBlank(_buffer[_start]))
                    return true;
                _line += _buffer[_start] == '\n' ? 1 : 0;
            }

            if (!await FillAsync(cancellationToken))
                return false;
        }
    }

    /// <summary>Reads more behind what is there; false at the end.</summary>
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return false;
        if (_start > 0 && _end == _buffer.Length)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _ended = read == 0;
        return read > 0;
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
