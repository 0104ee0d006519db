using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Publishing;

/// <summary>Reads entries of PutEvents from files, streams and texts: all of them, in each form of <see cref="ItemReader{T}"/>, as <c>{"Entries": [...]}</c>, or as CSV.</summary>
/// <param name="eventBusName">The event bus of entries that do not name one.</param>
public sealed class EntryReader(string? eventBusName)
{
    private static readonly CsvForm Csv = new()
    {
        Required = ["Source", "DetailType"],
        Optional = ["Detail", "EventBusName", "Time", "Resources", "TraceHeader"],
        Lists = ["Resources"],
        Defaults = new Dictionary<string, string> { ["Detail"] = "{}" },
    };

    private readonly ItemReader<EventEntry> _reader = new(new ItemForm<EventEntry>
    {
        Read = (utf8, origin) => EntryLine.Parse(utf8, eventBusName, origin),
        Invalid = (origin, fault) => EntryLine.Invalid(origin, PublishingMessages.WithForms(fault)),
        Nothing = PublishingMessages.NoEntries,
        IsWhole = true,
        Open = (utf8, origin) => EntriesRequest.Open(utf8) is not { } entries ? null
            : EntriesRequest.Answer(utf8) is { } answer ? throw EntryLine.Invalid(origin, answer)
            : EntriesRequest.OtherField(utf8) is { } field ? throw EntryLine.Invalid(origin, PublishingMessages.RequestField(field))
            : entries,
        Csv = Csv,
    });

    /// <summary>Whether a line is the header of a CSV file of entries.</summary>
    /// <param name="line">The line.</param>
    public static bool IsCsvHeader(string line) => Csv.IsHeader(line);

    /// <summary>The entries of a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="observer">Receives progress and what is not an entry; the same fault in several places once, with their number.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: the file does not exist, cannot be read or is damaged.</exception>
    public IAsyncEnumerable<EventEntry> ReadFileAsync(string path, IRunObserver observer, CancellationToken cancellationToken) =>
        WithFaultsAsync(faults => _reader.ReadFileAsync(path, faults, cancellationToken), observer, cancellationToken);

    /// <summary>The entries of a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives what is not an entry; the same fault in several places once, with their number.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: the stream is interrupted or damaged.</exception>
    public IAsyncEnumerable<EventEntry> ReadAsync(System.IO.Stream stream, string name, IRunObserver observer, CancellationToken cancellationToken) =>
        WithFaultsAsync(faults => _reader.ReadAsync(stream, name, faults, cancellationToken), observer, cancellationToken);

    /// <summary>The entries of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives what is not an entry.</param>
    /// <param name="firstLine">The number of its first line.</param>
    public IReadOnlyList<EventEntry> ReadText(string text, string name, IRunObserver observer, int firstLine = 1) => _reader.ReadText(text, name, observer, firstLine);

    private static async IAsyncEnumerable<EventEntry> WithFaultsAsync(Func<IRunObserver, IAsyncEnumerable<EventEntry>> read, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using RepeatedFaults faults = new(observer);
        await foreach (EventEntry entry in read(faults).WithCancellation(cancellationToken))
            yield return entry;
    }
}
