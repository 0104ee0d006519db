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
    /// <returns>The lines. Each is valid until the next is asked for. The last one may be half a line.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(bool newestFirst, CancellationToken cancellationToken);
}
