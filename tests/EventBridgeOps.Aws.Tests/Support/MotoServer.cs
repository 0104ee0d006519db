using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EventBridgeOps.Aws.Tests.Support;

[assembly: AssemblyFixture(typeof(MotoServer))]

namespace EventBridgeOps.Aws.Tests.Support;

/// <summary>moto as a child process, started for the first test that asks for it.</summary>
public sealed class MotoServer : IAsyncDisposable
{
    private readonly Lazy<Task<string>> _url;
    private Process? _process;

    public MotoServer() => _url = new Lazy<Task<string>>(StartAsync);

    /// <summary>The endpoint; empty when moto cannot be had here.</summary>
    public Task<string> UrlAsync() => _url.Value;

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> StartAsync()
    {
        int port = FreePort();
        try
        {
            _process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _process.OutputDataReceived += (_, _) => { };
            _process.ErrorDataReceived += (_, _) => { };
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }

        string url = $"http://127.0.0.1:{port}";
        using HttpClient http = new();
        for (int left = 300; left > 0 && !_process.HasExited; left--)
        {
            try
            {
                if ((await http.GetAsync(new Uri(url + "/moto-api/data.json"))).IsSuccessStatusCode)
                    return url;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }

        return "";
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
