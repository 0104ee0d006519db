using System.Text;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>Writes server-sent events. A reader that takes nothing for long is given up, for it holds one of the streams.</summary>
internal sealed class EventWriter(Stream stream, TimeProvider clock)
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    /// <summary>Writes an event. Its data must be one line, as JSON without white space is.</summary>
    public Task WriteAsync(string kind, string? id, string data, CancellationToken cancellationToken) =>
        WriteAsync($"event: {kind}\n{(id is null ? "" : $"id: {id}\n")}data: {data}\n\n", cancellationToken);

    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        Task writing = HttpResponseWriter.WriteAsync(stream, Encoding.UTF8.GetBytes(text), cancellationToken);
        if (!writing.IsCompleted)
        {
            using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task limit = clock.Delay(LongestWrite, waiting.Token);
            if (await Task.WhenAny(writing, limit) == limit)
                throw new IOException(); // The connection is closed, and with it ends the write.
            waiting.Cancel();
        }

        await writing;
    }
}
