using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>
/// HTTP/1.1 over raw sockets on the loopback address. Raw, because a sandbox must be able to do what no well-behaved server does:
/// reset a connection, or promise more than it sends.
/// </summary>
internal sealed class WireServer(int port, TimeProvider time, Func<HttpRequest, CancellationToken, Task<HttpResponse>> handle) : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, port);
    private readonly ConcurrentDictionary<Socket, Task> connections = new();
    private readonly CancellationTokenSource stopping = new();
    private Task accepting = Task.CompletedTask;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Start()
    {
        listener.Start(backlog: 512);
        accepting = AcceptAsync();
    }

    /// <summary>Closes every connection, cancels what runs and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
#if NETSTANDARD2_0
        stopping.Cancel();
#else
        await stopping.CancelAsync();
#endif
        listener.Stop();
        await accepting;
        foreach (KeyValuePair<Socket, Task> connection in connections.ToArray())
        {
            connection.Key.Dispose();
            await connection.Value;
        }

        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return; // The listener was stopped.
            }

            socket.NoDelay = true;
            TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
            connections[socket] = ServeAsync(socket, started.Task);
            started.SetResult(true);
        }
    }

    private async Task ServeAsync(Socket socket, Task<bool> started)
    {
        await started;
        try
        {
            using NetworkStream stream = new(socket, ownsSocket: false);
            await ConverseAsync(socket, stream, stopping.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client disconnected or the server is stopping, so there is no one to respond to.
        }
        finally
        {
            socket.Dispose();
            connections.TryRemove(socket, out _);
        }
    }

    private async Task ConverseAsync(Socket socket, NetworkStream stream, CancellationToken cancellationToken)
    {
        WireReader wire = new(stream);
        while (true)
        {
            HttpRequest? request;
            try
            {
                request = await HttpRequestReader
                    .ReadAsync(wire, () => HttpResponseWriter.WriteContinueAsync(stream, cancellationToken), cancellationToken)
                    ;
            }
            catch (HttpException e)
            {
                await SayAsync(HttpResponse.Text(e.Status, Message.Verbatim(e.Message)), keepAlive: false);
                await DrainAsync(socket, stream, cancellationToken);
                return;
            }

            if (request is null)
                return;

            HttpResponse response = await handle(request, cancellationToken);
            if (response.Delivery == Delivery.Reset)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return;
            }

            bool keepAlive = request.KeepAlive && response.Delivery == Delivery.Whole && response.Streamed is null;
            await SayAsync(response, keepAlive);
            response.Afterwards?.Invoke();
            if (response.Streamed is { } write)
                await StreamAsync(stream, write, cancellationToken);
            if (!keepAlive)
                return;
        }

        Task SayAsync(HttpResponse response, bool keepAlive) =>
            HttpResponseWriter.WriteAsync(stream, response, keepAlive, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>Streams until the body ends, the client closes the connection or the server stops.</summary>
    private static async Task StreamAsync(NetworkStream stream, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = CancelWhenClosedAsync(stream, ended);
        await write(stream, ended.Token);
    }

    /// <summary>A client that only listens shows in no other way that it is gone until much was written to it.</summary>
    private static async Task CancelWhenClosedAsync(NetworkStream stream, CancellationTokenSource ended)
    {
        try
        {
            byte[] ignored = new byte[256];
#if NETSTANDARD2_0
            while (await stream.ReadAsync(ignored, 0, ignored.Length) > 0)
#else
            while (await stream.ReadAsync(ignored, CancellationToken.None) > 0)
#endif
            {
                // Nothing that it says now is a request.
            }

            ended.Cancel();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The stream has ended already, or its next write fails.
        }
    }

    /// <summary>Reads a little of what a refused peer still sends, for closing on unread bytes would reset our answer away.</summary>
    private static async Task DrainAsync(Socket socket, NetworkStream stream, CancellationToken cancellationToken)
    {
        socket.Shutdown(SocketShutdown.Send);
        WireReader wire = new(stream);
        try
        {
            _ = await wire.BytesAsync(HttpRequestReader.LargestBody, cancellationToken);
        }
        catch (EndOfStreamException)
        {
            // As expected: the peer closed.
        }
    }
}
