using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>Where the lines of the journal are kept: a folder at the desk (<see cref="JournalFolder"/>), or a table in AWS.</summary>
/// <remarks>Several processes may append at the same time. Lines are never changed and never removed.</remarks>
public interface IJournalStore
{
    /// <summary>Where that is, for people: the path of the folder, or the name of the table.</summary>
    string Location { get; }

    /// <summary>Appends a line. It is durable when this returns: a process that is killed after that leaves it behind.</summary>
    /// <param name="line">JSON in UTF-8, without a line feed.</param>
    /// <param name="cancellationToken">Cancels the wait; the line may or may not have been appended.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>.</exception>
    Task AppendAsync(byte[] line, CancellationToken cancellationToken);

    /// <summary>Reads lines, one after the other and without holding more than it must.</summary>
    /// <param name="newestFirst">From the last line to the first, for a reader that wants only the latest ones.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The lines. Each is valid until the next is asked for.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>.</exception>
    IAsyncEnumerable<StoredLine> ReadAsync(bool newestFirst, CancellationToken cancellationToken);
}

/// <summary>A line of the journal as it is stored.</summary>
/// <param name="Utf8">Its text.</param>
/// <param name="MayBeHalf">Whether a process that was killed may have written only half of it.</param>
/// <param name="Place">Finds out where it is, for people: <c>line 3 of changes-2026-11-21.jsonl</c>.</param>
public readonly record struct StoredLine(ReadOnlyMemory<byte> Utf8, bool MayBeHalf, Func<Message> Place);
