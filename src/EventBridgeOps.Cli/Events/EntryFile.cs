using System.Runtime.CompilerServices;
using EventBridgeOps.Events;

namespace EventBridgeOps.Cli;

/// <summary>Entries from a file of JSON lines, or from standard input, as they come.</summary>
internal static class EntryFile
{
    private const int Buffer = 1 << 16;

    /// <summary>Each line's entry; empty lines are passed over.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <param name="terminal">Whose standard input.</param>
    /// <param name="eventBusName">The bus of entries that name none.</param>
    /// <param name="failed">Told of each line that is no entry; the rest goes on.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static async IAsyncEnumerable<EventEntry> ReadAsync(
        string path, Terminal terminal, string? eventBusName, Action<OpsException, int> failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TextReader reader = path == "-" ? terminal.In : Open(path);
        try
        {
            for (int number = 1; await NextAsync(reader, path, cancellationToken) is { } line; number++)
            {
                if (string.IsNullOrWhiteSpace(line))
                    continue;
                EventEntry? entry = null;
                try
                {
                    entry = EntryLine.Parse(line, eventBusName);
                }
                catch (OpsException e)
                {
                    failed(e, number);
                }

                if (entry is not null)
                    yield return entry;
            }
        }
        finally
        {
            if (path != "-")
                reader.Dispose();
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, Buffer), bufferSize: Buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OpsException(ErrorIds.InvalidArgument, $"The entry file {path} cannot be read: {e.Message}", e);
        }
    }

    // A console's ReadLine cannot be cancelled, only left alone. A file's lines are mostly in the buffer already.
    private static async Task<string?> NextAsync(TextReader reader, string path, CancellationToken cancellationToken) => path == "-"
        ? await Task.Run(reader.ReadLine, cancellationToken).WaitAsync(cancellationToken)
        : await reader.ReadLineAsync(cancellationToken);
}
