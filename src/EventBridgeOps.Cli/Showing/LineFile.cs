using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Reads items from a file of JSON lines, or from standard input, one at a time.</summary>
internal static class LineFile
{
    private const int Buffer = 1 << 16;

    /// <summary>The item of each line. Empty lines are skipped.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <param name="screen">The terminal whose standard input is read, and which shows each line that is not valid; reading continues.</param>
    /// <param name="parse">Reads a line.</param>
    /// <param name="nothing">Makes the warning that a file has no items.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        string path, Screen screen, Func<string, T> parse, Func<string, Message> nothing, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using StreamReader? file = path == "-" ? null : Open(path);
        bool any = false;
        for (int number = 1; await (file?.ReadLineAsync(cancellationToken).AsTask() ?? screen.Terminal.ReadLineAsync(cancellationToken)) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            any = true;
            T? item = null;
            try
            {
                item = parse(line);
            }
            catch (OpsException e)
            {
                screen.LineFailed(e, number);
            }

            if (item is not null)
                yield return item;
        }

        if (!any)
            screen.Warning(nothing(path == "-" ? "standard input" : path));
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, Buffer), bufferSize: Buffer);
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            throw InputFile.NotReadable(path, e);
        }
    }
}
