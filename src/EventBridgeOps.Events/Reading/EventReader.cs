using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Reading;

/// <summary>Reads events (and PutEvents entries) from files, streams and texts, however large, one by one.</summary>
/// <remarks>
/// Accepted are: one event; events one after the other; JSON lines; an array of events; the input of <c>aws events put-events</c>
/// (<c>{"Entries": [...]}</c> and its array of entries); each of them also compressed by gzip, with a byte order mark, or in UTF-16 with
/// one, as Windows PowerShell's <c>&gt;</c> writes. Anything that is not an event is an error with its place, and the rest goes on.
/// </remarks>
public static class EventReader
{
    private const string Entries = nameof(Entries);

    private static readonly string[] LineEndings = [".jsonl", ".ndjson", ".jsonlines"];

    /// <summary>The events of a file.</summary>
    /// <param name="path">The path of the file; compression is detected by content.</param>
    /// <param name="observer">Receives progress, in kilobytes of the file on disk, what is not an event, and a file that does not exist, cannot be read or is damaged.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static IAsyncEnumerable<EventDocument> ReadFileAsync(string path, IRunObserver observer, CancellationToken cancellationToken) =>
        TellFailureAsync(FileAsync(path, observer, cancellationToken), path, observer, cancellationToken);

    /// <summary>The events of a stream.</summary>
    /// <param name="stream">The stream, compressed or not; it stays open.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives progress, where the stream has a length, what is not an event, and a stream that is interrupted.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static IAsyncEnumerable<EventDocument> ReadAsync(System.IO.Stream stream, string name, IRunObserver observer, CancellationToken cancellationToken) =>
        TellFailureAsync(StreamAsync(stream, name, observer, cancellationToken), name, observer, cancellationToken);

    private static async IAsyncEnumerable<EventDocument> FileAsync(string path, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using FileStream file = Open(path);
        string name = Path.GetFileName(path);
        await foreach (EventDocument document in StreamAsync(file, name, observer, cancellationToken))
            yield return document;
    }

    /// <summary>An input that cannot be read is an item that failed, and the rest of the run goes on.</summary>
    private static async IAsyncEnumerable<EventDocument> TellFailureAsync(IAsyncEnumerable<EventDocument> source, string path, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<EventDocument> documents = source.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync())
            yield return documents.Current;

        async Task<bool> NextAsync()
        {
            try
            {
                return await documents.MoveNextAsync();
            }
            catch (OpsException e)
            {
                observer.Failed(new ItemFailure(e, path));
                return false;
            }
        }
    }

    private static async IAsyncEnumerable<EventDocument> StreamAsync(System.IO.Stream stream, string name, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using System.IO.Stream text = await DecodeAsync(stream, cancellationToken);
        bool lines = LineEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || name.EndsWith(ending + ".gz", StringComparison.OrdinalIgnoreCase));
        ByteProgress progress = new(observer, name, stream);
        IAsyncEnumerator<TextPiece> pieces = new EventSplitter(text).SplitAsync(lines, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (pieces)
        {
            bool any = false;
            while (await NextAsync(pieces, name))
            {
                any = true;
                progress.Tell();
                foreach (EventDocument document in Read(pieces.Current, name, observer))
                    yield return document;
            }

            if (!any)
                observer.Warning(ReadingMessages.NoEvents(name));
        }
    }

    /// <summary>The lines of a stream that are not blank, decoded as events are.</summary>
    public static async IAsyncEnumerable<TextPiece> LinesAsync(System.IO.Stream stream, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using System.IO.Stream text = await DecodeAsync(stream, cancellationToken);
        IAsyncEnumerator<TextPiece> lines = new EventSplitter(text).SplitLinesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (lines)
        {
            while (await NextAsync(lines, name))
                yield return lines.Current;
        }
    }

    /// <summary>The events of a text.</summary>
    /// <param name="text">JSON of any of the forms that files may have.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives what is not an event.</param>
    /// <param name="firstLine">The number of its first line.</param>
    public static IReadOnlyList<EventDocument> ReadText(string text, string name, IRunObserver observer, int firstLine = 1)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text);
        using MemoryStream stream = new(utf8);

        // All of it is there, so nothing is waited for.
        return new EventSplitter(stream, firstLine).SplitAsync(lines: false, CancellationToken.None).ToListAsync(CancellationToken.None).GetAwaiter().GetResult()
            .SelectMany(piece => Read(piece, name, observer)).ToList();
    }

    /// <summary>Opens a file; the error says why it cannot be opened.</summary>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            throw InputFile.NotReadable(path, e);
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<TextPiece> pieces, string name)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw InputFile.NotReadable(name, e);
        }
    }

    private static IEnumerable<EventDocument> Read(TextPiece piece, string name, IRunObserver observer)
    {
        string origin = $"{name}:{piece.Line}";
        try
        {
            if (piece.Fault is not null)
                throw EventDocument.Invalid(origin, piece.Fault);
            return piece.Utf8.Span[0] == '[' ? ReadArray(piece, name, observer) : ReadObject(piece, name, origin, observer);
        }
        catch (OpsException e)
        {
            observer.Failed(new ItemFailure(e, origin));
            return [];
        }
    }

    private static List<EventDocument> ReadArray(TextPiece piece, string name, IRunObserver observer)
    {
        using MemoryStream stream = new(piece.Utf8.ToArray());
        return new EventSplitter(stream, piece.Line).SplitAsync(lines: false, CancellationToken.None).ToListAsync(CancellationToken.None).GetAwaiter().GetResult()
            .SelectMany(element => element.Fault is null && element.Utf8.Span[0] == '['
                ? throw EventDocument.Invalid($"{name}:{element.Line}", ReadingMessages.NestedArray())
                : Read(element, name, observer)).ToList();
    }

    private static IReadOnlyList<EventDocument> ReadObject(TextPiece piece, string name, string origin, IRunObserver observer)
    {
        EventDocument document = EventDocument.Parse(piece.Utf8, origin);
        if (document.Form == EventForm.Entry || document.Id is not null || !IsRequest(piece.Utf8))
            return [document];
        using JsonDocument request = JsonDocument.Parse(piece.Utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        return [.. request.RootElement.GetProperty(Entries).EnumerateArray()
            .SelectMany((entry, index) => Read(new TextPiece(Encoding.UTF8.GetBytes(entry.GetRawText()), piece.Line), $"{name}[{index}]", observer))];
    }

    /// <summary>Whether it is an input of <c>aws events put-events --cli-input-json</c>.</summary>
    private static bool IsRequest(ReadOnlyMemory<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8.Span, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isEntries = reader.ValueTextEquals(Entries);
            if (reader.ValueTextEquals("source") || reader.ValueTextEquals("detail-type"))
                return false;
            reader.Read();
            if (isEntries)
                return reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
        }

        return false;
    }

    /// <summary>The stream as UTF-8: unpacked where it is compressed, recoded where it is UTF-16.</summary>
    private static async Task<System.IO.Stream> DecodeAsync(System.IO.Stream stream, CancellationToken cancellationToken)
    {
        (byte[] head, System.IO.Stream whole) = await PeekAsync(stream, cancellationToken);
        if (head.Length >= 2 && head[0] == 0x1F && head[1] == 0x8B)
            (head, whole) = await PeekAsync(new GZipStream(whole, CompressionMode.Decompress), cancellationToken);
        if (head.Length < 2 || !((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF)))
            return whole;
        using MemoryStream utf16 = new();
        await whole.CopyToAsync(utf16, 81920, cancellationToken);
        Encoding encoding = head[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
        return new MemoryStream(Encoding.UTF8.GetBytes(encoding.GetString(utf16.GetBuffer(), 2, (int)utf16.Length - 2)));
    }

    private static async Task<(byte[] Head, System.IO.Stream Whole)> PeekAsync(System.IO.Stream stream, CancellationToken cancellationToken)
    {
        byte[] head = new byte[2];
        int length = 0;
        int read;
        while (length < head.Length && (read = await ReadAsync(stream, head, length, cancellationToken)) > 0)
            length += read;
        Array.Resize(ref head, length);
        return (head, new ReplayedStream(head, stream));
    }

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

    /// <summary>Reports the progress of a stream in kilobytes, so that the count is large enough for any file.</summary>
    private sealed class ByteProgress(IRunObserver observer, string name, System.IO.Stream stream)
    {
        private readonly int? _total = stream.CanSeek ? Kilobytes(stream.Length) : null;
        private int _events;
        private int _told = -1;

        public void Tell()
        {
            _events++;
            if (_total is not { } total || Kilobytes(stream.Position) is var done && done == _told)
                return;
            _told = done;
            observer.Progress(new RunProgress(ReadingMessages.ReadingFile(name), done, total, observer.Text(ReadingMessages.EventsRead(_events))));
        }

        private static int Kilobytes(long bytes) => (int)Math.Min(int.MaxValue, (bytes + 1023) / 1024);
    }
}
