using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>The server of moto as a child process, with Batch in the mode that does not need Docker.</summary>
public sealed class MotoEngine : ISandboxEngine
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PatienceWithDocker = TimeSpan.FromMinutes(5);

    private readonly SandboxJournal journal = new(stateFile: null);
    private readonly ChildProcess child;

    private MotoEngine(ChildProcess child, Uri endpoint, string region)
    {
        this.child = child;
        Endpoint = endpoint;
        Environment = SandboxEnvironment.For(endpoint, region, journal);
    }

    /// <inheritdoc/>
    public string Name => "moto";

    /// <inheritdoc/>
    public Uri Endpoint { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Completes when the child process has ended.</summary>
    public Task Exited => child.Exited;

    /// <summary>Finds or installs moto, starts it, and waits until it is ready.</summary>
    /// <exception cref="SandboxException">moto was not found and could not be installed, or did not start.</exception>
    public static async Task<MotoEngine> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        TimeProvider time = options.TimeProvider;
        int port = options.Port == 0 ? FreePort() : options.Port;
        MotoFinder.Launch launch = await new MotoFinder(time).FindAsync(cancellationToken);
        ChildProcess child = ChildProcess.Start(launch.CommandFor(port), time, (MotoFinder.AccountVariable, options.AccountId));
        try
        {
            Uri endpoint = new($"http://127.0.0.1:{port}/");
            await WaitUntilHealthyAsync(child, endpoint, launch.IsDocker ? PatienceWithDocker : Patience, time, cancellationToken);
            return new(child, endpoint, options.Region);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await child.DisposeAsync();
        journal.End();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>It is ready when it accepts the call that switches Batch to the mode without Docker.</summary>
    private static async Task WaitUntilHealthyAsync(
        ChildProcess child, Uri endpoint, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using HttpClient http = new(new HttpClientHandler { UseProxy = false });
        long begun = time.GetTimestamp();
        while (!await ConfiguresAsync(http, endpoint, cancellationToken))
        {
            if (child.Exited.IsCompleted)
                throw new SandboxException(EngineMessages.MotoEnded(child.Said));
            if (time.GetElapsedTime(begun) > patience)
                throw new SandboxException(EngineMessages.MotoNotReady(patience, child.Said));
            await time.Delay(Interval, cancellationToken);
        }
    }

    private static async Task<bool> ConfiguresAsync(HttpClient http, Uri endpoint, CancellationToken cancellationToken)
    {
        using StringContent content = new("""{"batch":{"use_docker":false}}""", Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await http.PostAsync(new Uri(endpoint, "moto-api/config"), content, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
