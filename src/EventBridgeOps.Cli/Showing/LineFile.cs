using System.Runtime.CompilerServices;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Reads items from a file of JSON lines, or from standard input, one at a time.</summary>
internal static class LineFile
{
    private const int Buffer = 1 << 16;

    /// <summary>The item of each line. Empty lines are skipped.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <param name="terminal">The terminal whose standard input is read.</param>
    /// <param name="parse">Reads a line.</param>
    /// <param name="failed">Called for each line that is not valid, with its number; reading continues.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        string path, Terminal terminal, Func<string, T> parse, Action<OpsException, int> failed, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using StreamReader? file = path == "-" ? null : Open(path);
        for (int number = 1; await (file?.ReadLineAsync(cancellationToken).AsTask() ?? terminal.ReadLineAsync(cancellationToken)) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            T? item = null;
            try
            {
                item = parse(line);
            }
            catch (OpsException e)
            {
                failed(e, number);
            }

            if (item is not null)
                yield return item;
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
            throw new OpsException(ErrorIds.InvalidArgument, ScreenMessages.FileNotReadable(path, e.Message), e);
        }
    }
}
