using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace EventBridgeOps.Lambda.Tests.Support;

/// <summary>The Lambda Runtime API, as a function sees it: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.</summary>
internal sealed class FakeRuntime : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<(string Id, string Payload, DateTimeOffset Deadline)> _events = Channel.CreateUnbounded<(string Id, string Payload, DateTimeOffset Deadline)>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<FunctionAnswer>> _answers = new();
    private readonly TaskCompletionSource<FunctionAnswer> _notStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private int _count;

    public FakeRuntime()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = ServeAllAsync();
    }

    public string Address { get; }

    /// <summary>The error with which the function says that it cannot start.</summary>
    public Task<FunctionAnswer> NotStarted => _notStarted.Task;

    /// <summary>Invokes the function.</summary>
    public Task<FunctionAnswer> InvokeAsync(string payload, DateTimeOffset? deadline = null)
    {
        string id = $"request-{Interlocked.Increment(ref _count)}";
        TaskCompletionSource<FunctionAnswer> answer = _answers.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        _events.Writer.TryWrite((id, payload, deadline ?? TimeProvider.System.GetUtcNow().AddMinutes(5)));
        return answer.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Close();
        _stop.Dispose();
    }

    private async Task ServeAllAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            string[] path = context.Request.Url!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (path is ["2018-06-01", "runtime", "invocation", "next"])
            {
                (string id, string payload, DateTimeOffset deadline) = await _events.Reader.ReadAsync(_stop.Token);
                context.Response.AddHeader("Lambda-Runtime-Aws-Request-Id", id);
                context.Response.AddHeader("Lambda-Runtime-Deadline-Ms", deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
                context.Response.AddHeader("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:ebops");
                context.Response.AddHeader("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(payload), _stop.Token);
            }
            else
            {
                using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
                string body = await reader.ReadToEndAsync(_stop.Token);
                FunctionAnswer answer = new(path[^1] == "error", (JsonObject)JsonNode.Parse(body)!);
                if (path is [_, _, "init", "error"])
                    _notStarted.TrySetResult(answer);
                else
                    _answers[path[3]].TrySetResult(answer);
                context.Response.StatusCode = 202;
            }

            context.Response.Close();
        }
        catch (Exception e) when (e is OperationCanceledException or HttpListenerException or ObjectDisposedException)
        {
            context.Response.Abort();
        }
    }
}

/// <summary>What the function answered.</summary>
internal sealed record FunctionAnswer(bool IsError, JsonObject Document)
{
    public string this[string field] => Document[field]?.ToString() ?? "";

    public FunctionAnswer Succeeded()
    {
        Assert.False(IsError, Document.ToJsonString());
        return this;
    }
}
