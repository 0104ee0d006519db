using System.Runtime.CompilerServices;
using System.Text;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Reading;

/// <summary>Reads items from files, streams and texts, however large, one by one.</summary>
/// <remarks>
/// Accepted are: one item; items one after the other; JSON lines; an array of items; a document that holds items; a CSV file, if the form has columns; each of
/// them also compressed by gzip, with a byte order mark, or in UTF-16, as Windows PowerShell's <c>&gt;</c> writes. Anything else is an error with its place, and
/// the rest goes on.
/// </remarks>
/// <typeparam name="T">The type of an item.</typeparam>
/// <param name="form">What the items are.</param>
public sealed class ItemReader<T>(ItemForm<T> form)
{
    /// <summary>How deep documents that hold items may be inside each other.</summary>
    private const int Deepest = 8;

    private static readonly string[] LineEndings = [".jsonl", ".ndjson", ".jsonlines"];

    /// <summary>The items of a file.</summary>
    /// <param name="path">The path of the file; compression is detected by content.</param>
    /// <param name="observer">Receives progress, in kilobytes of the file on disk, and what is not an item.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: the file does not exist, cannot be read or is damaged.</exception>
    public async IAsyncEnumerable<T> ReadFileAsync(string path, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using FileStream file = EventReader.Open(path);
        string name = Path.GetFileName(path);
        if (form.IsWhole && await CutOffAsync(file, name, cancellationToken) is { } end)
        {
            Read(end, name, observer);
            yield break;
        }

        await foreach (T item in ReadAsync(file, name, observer, cancellationToken))
            yield return item;
    }

    /// <summary>The place at which a file ends within an item or a list; null if it is whole. Lines stand for themselves.</summary>
    private async Task<TextPiece?> CutOffAsync(FileStream file, string name, CancellationToken cancellationToken)
    {
        if (AreLines(name) || !file.CanSeek)
            return null;
        using (System.IO.Stream text = await InputText.DecodeAsync(file, cancellationToken))
        {
            await foreach (TextPiece piece in PiecesAsync(text, name, lines: false, 1, cancellationToken))
            {
                if (piece.IsCutOff)
                    return piece;
            }
        }

        file.Position = 0;
        return null;
    }

    private static bool AreLines(string name) => LineEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || name.EndsWith(ending + ".gz", StringComparison.OrdinalIgnoreCase));

    /// <summary>The items of a stream.</summary>
    /// <param name="stream">The stream, compressed or not; it stays open.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives progress, where the stream has a length, and what is not an item.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: the stream is interrupted or damaged.</exception>
    public async IAsyncEnumerable<T> ReadAsync(System.IO.Stream stream, string name, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using System.IO.Stream text = await InputText.DecodeAsync(stream, cancellationToken);
        bool lines = AreLines(name);
        ByteProgress progress = new(observer, name, stream);
        bool any = false;
        await foreach (TextPiece piece in PiecesAsync(text, name, lines, 1, cancellationToken))
        {
            any = true;
            progress.Tell();
            foreach (T item in Read(piece, name, observer))
                yield return item;
        }

        if (!any)
            observer.Warning(form.Nothing(name));
    }

    /// <summary>The items of a text.</summary>
    /// <param name="text">Text of any of the forms that files may have.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives what is not an item.</param>
    /// <param name="firstLine">The number of its first line.</param>
    public IReadOnlyList<T> ReadText(string text, string name, IRunObserver observer, int firstLine = 1)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text);
        using MemoryStream stream = new(utf8);
        return Now(PiecesAsync(stream, name, lines: false, firstLine, CancellationToken.None)).SelectMany(piece => Read(piece, name, observer)).ToList();
    }

    /// <summary>The items of one JSON document: itself, or those that it holds.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="origin">Where it was read, for people.</param>
    /// <param name="observer">Receives what is not an item.</param>
    public IReadOnlyList<T> ReadDocument(ReadOnlyMemory<byte> utf8, string origin, IRunObserver observer) => [.. Read(new TextPiece(utf8, 0), origin, observer)];

    private async IAsyncEnumerable<TextPiece> PiecesAsync(System.IO.Stream text, string name, bool lines, int firstLine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerable<TextPiece> pieces;
        if (form.Csv is { } csv)
        {
            (byte[] head, text) = await InputText.PeekAsync(text, CsvForm.IsEnough, cancellationToken);
            pieces = csv.Begins(head) ? csv.ReadAsync(text, cancellationToken) : new EventSplitter(text, firstLine).SplitAsync(lines, cancellationToken);
        }
        else
        {
            pieces = new EventSplitter(text, firstLine).SplitAsync(lines, cancellationToken);
        }

        await using IAsyncEnumerator<TextPiece> each = pieces.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(each, name))
            yield return each.Current;
    }

    internal static async Task<bool> NextAsync(IAsyncEnumerator<TextPiece> pieces, string name)
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

    // All of it is there, so nothing is waited for.
    private static List<TextPiece> Now(IAsyncEnumerable<TextPiece> pieces) => pieces.ToListAsync(CancellationToken.None).GetAwaiter().GetResult();

    private List<T> Read(TextPiece piece, string name, IRunObserver observer, int depth = 0)
    {
        string origin = piece.Line > 0 ? $"{name}:{piece.Line}" : name;
        try
        {
            if (piece.Fault is not null)
                throw form.Invalid(origin, piece.Fault);
            if (piece.Utf8.Length == 0)
                throw form.Invalid(origin, ReadingMessages.NothingInside());
            if (depth > Deepest)
                throw form.Invalid(origin, ReadingMessages.WrappedTooDeep());
            return piece.Utf8.Span[0] == '[' ? ReadArray(piece, name, observer, depth) : ReadObject(piece, name, origin, observer, depth);
        }
        catch (OpsException e)
        {
            observer.Failed(new ItemFailure(e, origin));
            return [];
        }
    }

    private List<T> ReadArray(TextPiece piece, string name, IRunObserver observer, int depth)
    {
        using MemoryStream stream = new(piece.Utf8.ToArray());
        return Now(new EventSplitter(stream, piece.Line).SplitAsync(lines: false, CancellationToken.None))
            .SelectMany(element => element.Fault is null && element.Utf8.Span[0] == '['
                ? throw form.Invalid($"{name}:{element.Line}", ReadingMessages.NestedArray())
                : Read(piece.Line > 0 ? element : element with { Line = 0 }, name, observer, depth)).ToList();
    }

    private List<T> ReadObject(TextPiece piece, string name, string origin, IRunObserver observer, int depth)
    {
        if (form.Open?.Invoke(piece.Utf8, origin) is not { } inner)
            return [form.Read(piece.Utf8, origin)];
        if (inner.Items.Count == 0)
            observer.Warning(form.Nothing(origin));
        return inner.Items.SelectMany((item, index) => Read(
            new TextPiece(item.Utf8, piece.Line > 0 ? piece.Line + item.LinesBefore : 0), inner.IsList ? $"{name}[{index}]" : name, observer, depth + 1)).ToList();
    }

    /// <summary>Reports the progress of a stream in kilobytes, so that the count is large enough for any file.</summary>
    private sealed class ByteProgress(IRunObserver observer, string name, System.IO.Stream stream)
    {
        private readonly int? _total = stream.CanSeek ? Kilobytes(stream.Length) : null;
        private int _items;
        private int _told = -1;

        public void Tell()
        {
            _items++;
            if (_total is not { } total || Kilobytes(stream.Position) is var done && done == _told)
                return;
            _told = done;
            observer.Progress(new RunProgress(ReadingMessages.ReadingFile(name), done, total, observer.Text(ReadingMessages.EventsRead(_items))));
        }

        private static int Kilobytes(long bytes) => (int)Math.Min(int.MaxValue, (bytes + 1023) / 1024);
    }
}
