using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using EventBridgeOps.Sandbox.Doors;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Bench;

/// <summary>A sandbox as a process of its own, so that it and a contender don't share one runtime.</summary>
internal sealed class SandboxChild : IDisposable
{
    private readonly Process process;
    private readonly HttpClient http;

    private SandboxChild(Process process, Uri endpoint)
    {
        this.process = process;
        http = new() { BaseAddress = endpoint };
        Environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["AWS_ACCESS_KEY_ID"] = "sandbox",
            ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
            ["AWS_REGION"] = StaleAccount.Region,
            ["AWS_DEFAULT_REGION"] = StaleAccount.Region,
            ["AWS_CONFIG_FILE"] = "none",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "none",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_PAGER"] = "",
        };
    }

    /// <summary>What makes an AWS client use it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The child's own side: serves until its parent is gone.</summary>
    public static async Task<int> RunAsync(Options options)
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new()
        {
            Region = StaleAccount.Region,
            Latency = TimeSpan.FromMilliseconds(options.Number("--latency", 0)),
            RequestsPerSecond = options.Number("--rate", 0) is > 0 and var rate ? rate : null,
        });
        Console.WriteLine(server.Endpoint);
        await ParentWatch.WaitForExitAsync(options.Number("--parent", 0), TimeProvider.System);
        return 0;
    }

    /// <summary>Starts one; it answers when this returns.</summary>
    public static async Task<SandboxChild> StartAsync(int latency, int rate)
    {
        string[] arguments =
        [
            typeof(SandboxChild).Assembly.Location, "sandbox",
            "--latency", latency.ToString(CultureInfo.InvariantCulture),
            "--rate", rate.ToString(CultureInfo.InvariantCulture),
            "--parent", System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        ];
        Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string endpoint = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The sandbox did not start.");
        return new(process, new(endpoint));
    }

    public async Task<byte[]> StateAsync() => await http.GetByteArrayAsync("_sandbox/state");

    /// <summary>Puts a state in place of the present one, and forgets the calls. Its requests count towards no quota.</summary>
    public async Task ResetAsync(byte[] state)
    {
        using ByteArrayContent content = new(state);
        using HttpResponseMessage put = await http.PutAsync("_sandbox/state", content);
        put.EnsureSuccessStatusCode();
        using HttpResponseMessage delete = await http.DeleteAsync("_sandbox/calls");
        delete.EnsureSuccessStatusCode();
    }

    public async Task<IReadOnlyList<SandboxCall>> CallsAsync() => (await http.GetFromJsonAsync<List<SandboxCall>>("_sandbox/calls"))!;

    /// <summary>The most memory that it had so far.</summary>
    public double PeakMegabytes => DeliveryBench.Megabytes(process);

    public void Dispose()
    {
        http.Dispose();
        process.Kill();
        process.Dispose();
    }
}
