using System.Net.Sockets;
using System.Text;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>A connection on which a test says exactly what it wants to.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient client;
    private readonly NetworkStream stream;

    private RawConnection(TcpClient client)
    {
        this.client = client;
        stream = client.GetStream();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> Open(Uri endpoint)
    {
        TcpClient client = new();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, Token);
        return new(client);
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }

    public async Task Say(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Token);

    public void SayNoMore() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads until the other end closes.</summary>
    public async Task<string> HearAll()
    {
        using StreamReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(Token);
    }

    /// <summary>Reads until that text has come.</summary>
    public async Task<string> HearUntil(string text)
    {
        StringBuilder heard = new();
        byte[] buffer = new byte[1024];
        while (!heard.ToString().Contains(text, StringComparison.Ordinal))
        {
            int count = await stream.ReadAsync(buffer, Token);
            Assert.True(count > 0, $"The connection ended after: {heard}");
            heard.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return heard.ToString();
    }
}
