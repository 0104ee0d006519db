using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Lambda.Handling;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Lambda.Tests.Support;

/// <summary>An instance of the function in this process, against a sandbox or moto.</summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    private readonly CancellationTokenSource _killed = new();
    private readonly StringWriter _output = new();
    private readonly Task<int> _running;

    public RunningFunction(ISandboxEngine sandbox, IReadOnlyDictionary<string, string>? settings = null, TimeProvider? time = null)
    {
        Dictionary<string, string> environment = new(sandbox.Environment) { [Host.RuntimeVariable] = Runtime.Address, ["_HANDLER"] = "bootstrap" };
        foreach ((string name, string value) in settings ?? new Dictionary<string, string>())
            environment[name] = value;
        SessionHost host = new() { Environment = environment.GetValueOrDefault, Folder = Path.GetTempPath(), Time = time ?? TimeProvider.System };
        _running = Task.Run(() => Host.RunAsync(host, TextWriter.Synchronized(_output), _killed.Token));
    }

    public FakeRuntime Runtime { get; } = new();

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Running => _running;

    /// <summary>The log so far, a document for each line.</summary>
    public IReadOnlyList<JsonObject> Log
    {
        get
        {
            lock (_output)
                return [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonObject)JsonNode.Parse(line)!)];
        }
    }

    public Task<FunctionAnswer> InvokeAsync(string payload, DateTimeOffset? deadline = null) => Runtime.InvokeAsync(payload, deadline);

    /// <summary>Ends the instance wherever it is, as Lambda does: nothing of it runs on.</summary>
    public Task KillAsync()
    {
        _killed.Cancel();
        return _running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Runtime.Dispose();
        _killed.Dispose();
    }
}
