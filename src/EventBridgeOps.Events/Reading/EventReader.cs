using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Reading;

/// <summary>Reads events (and PutEvents entries) from files, streams and texts, however large, one by one.</summary>
/// <remarks>
/// All forms of <see cref="ItemReader{T}"/> are accepted, the input of <c>aws events put-events</c> (<c>{"Entries": [...]}</c>), and the documents in which
/// other services hand on events; see <see cref="WrappedEvents"/>.
/// </remarks>
public static class EventReader
{
    private static readonly ItemReader<EventDocument> Reader = new(new ItemForm<EventDocument>
    {
        Read = EventDocument.Parse,
        Invalid = (origin, fault) => EventDocument.Invalid(origin, fault),
        Nothing = ReadingMessages.NoEvents,
        Open = WrappedEvents.Open,
    });

    /// <summary>The events of a file.</summary>
    /// <param name="path">The path of the file; compression is detected by content.</param>
    /// <param name="observer">Receives progress, in kilobytes of the file on disk, what is not an event, and a file that does not exist, cannot be read or is damaged.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static IAsyncEnumerable<EventDocument> ReadFileAsync(string path, IRunObserver observer, CancellationToken cancellationToken) =>
        TellFailureAsync(Reader.ReadFileAsync(path, observer, cancellationToken), path, observer, cancellationToken);

    /// <summary>The events of a stream.</summary>
    /// <param name="stream">The stream, compressed or not; it stays open.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives progress, where the stream has a length, what is not an event, and a stream that is interrupted.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static IAsyncEnumerable<EventDocument> ReadAsync(System.IO.Stream stream, string name, IRunObserver observer, CancellationToken cancellationToken) =>
        TellFailureAsync(Reader.ReadAsync(stream, name, observer, cancellationToken), name, observer, cancellationToken);

    /// <summary>The events of a text.</summary>
    /// <param name="text">JSON of any of the forms that files may have.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives what is not an event.</param>
    /// <param name="firstLine">The number of its first line.</param>
    public static IReadOnlyList<EventDocument> ReadText(string text, string name, IRunObserver observer, int firstLine = 1) => Reader.ReadText(text, name, observer, firstLine);

    /// <summary>The events of one JSON document: itself, or those that it holds.</summary>
    /// <param name="utf8">The JSON text, which is kept and must not change afterwards.</param>
    /// <param name="origin">Where it was read, for people.</param>
    /// <param name="observer">Receives what is not an event.</param>
    public static IReadOnlyList<EventDocument> ReadDocument(ReadOnlyMemory<byte> utf8, string origin, IRunObserver observer) => Reader.ReadDocument(utf8, origin, observer);

    /// <summary>The lines of a stream that are not blank, decoded as events are.</summary>
    public static async IAsyncEnumerable<TextPiece> LinesAsync(System.IO.Stream stream, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using System.IO.Stream text = await InputText.DecodeAsync(stream, cancellationToken);
        IAsyncEnumerator<TextPiece> lines = new EventSplitter(text).SplitLinesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (lines)
        {
            while (await ItemReader<EventDocument>.NextAsync(lines, name))
                yield return lines.Current;
        }
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
}
