using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>An endpoint that answers every call with the same, which is not what AWS answers.</summary>
internal sealed class HostileEndpoint : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _head;
    private readonly byte[] _body;
    private readonly bool _endless;
    private long _sent;

    public HostileEndpoint(string body, string contentType = "application/x-amz-json-1.1", int status = 200, bool endless = false)
    {
        (_body, _endless) = (Encoding.UTF8.GetBytes(body), endless);
        _head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Hostile\r\nContent-Type: {contentType}\r\nConnection: close\r\n{(endless ? "" : $"Content-Length: {_body.Length}\r\n")}\r\n");
        _listener.Start();
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>How many bytes of bodies were taken.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient _ = client;
        try
        {
            NetworkStream stream = client.GetStream();
            await ReadAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(_head), _stop.Token);
            do
            {
                await stream.WriteAsync(_body, _stop.Token);
                Interlocked.Add(ref _sent, _body.Length);
            }
            while (_endless);
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(new byte[1024], _stop.Token) > 0)
            {
                // Until the other side has closed as well; else it may see a reset instead of the end.
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client has had enough.
        }
    }

    private async Task ReadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) > 0)
            head.Append((char)one[0]);
        string? length = head.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1];
        if (length is not null)
            await stream.ReadExactlyAsync(new byte[int.Parse(length, CultureInfo.InvariantCulture)], _stop.Token);
    }
}
