using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EventBridgeOps.Bench;

/// <summary>The Lambda Runtime API for one instance of a function, which gets one invocation after the other: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.</summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string Next = "/2018-06-01/runtime/invocation/next";

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly HttpListener listener = new();
    private HttpListenerContext? waiting;
    private int count;

    public RuntimeApi()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add($"http://{Address}/");
        listener.Start();
    }

    public string Address { get; }

    /// <summary>Waits until the function asks for an invocation: it has started.</summary>
    public async Task ReadyAsync()
    {
        waiting = await listener.GetContextAsync();
        if (waiting.Request.Url!.AbsolutePath != Next)
            throw new InvalidOperationException(await BodyAsync(waiting));
    }

    /// <summary>Invokes the function, which waits for it.</summary>
    /// <returns>The time until its answer was here.</returns>
    public async Task<TimeSpan> InvokeAsync(string payload)
    {
        Stopwatch watch = Stopwatch.StartNew();
        HttpListenerResponse response = waiting!.Response;
        response.AddHeader("Lambda-Runtime-Aws-Request-Id", (++count).ToString(CultureInfo.InvariantCulture));
        response.AddHeader("Lambda-Runtime-Deadline-Ms", Time.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        response.Close(Encoding.UTF8.GetBytes(payload), willBlock: false);

        HttpListenerContext answered = await listener.GetContextAsync();
        string body = await BodyAsync(answered);
        TimeSpan time = watch.Elapsed;
        answered.Response.StatusCode = 202;
        answered.Response.Close();
        if (!answered.Request.Url!.AbsolutePath.EndsWith("/response", StringComparison.Ordinal))
            throw new InvalidOperationException(body);
        await ReadyAsync();
        return time;
    }

    public void Dispose() => listener.Close();

    private static async Task<string> BodyAsync(HttpListenerContext context)
    {
        using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
