using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace EventBridgeOps.Tests;

/// <summary>The other end of the wire: answers what a test tells it to, byte by byte if need be.</summary>
public sealed class StubServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly Channel<StubRequest> _hanging = Channel.CreateUnbounded<StubRequest>();
    private readonly Channel<bool> _drops = Channel.CreateUnbounded<bool>();
    private readonly Func<StubRequest, int, StubAnswer> _answer;
    private int _count;
    private long _sent;

    /// <param name="answer">Gets the request and its number, from 0.</param>
    public StubServer(Func<StubRequest, int, StubAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public StubServer(params StubAnswer[] answers) : this((_, number) => answers[Math.Min(number, answers.Length - 1)])
    {
    }

    /// <summary>An answer that waits for this does not come.</summary>
    public static Task Never { get; } = new TaskCompletionSource().Task;

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    /// <summary>How many bytes of bodies were taken.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Ends when a request is kept waiting for its answer, or for the rest of it, once for each.</summary>
    public async Task<StubRequest> HangsAsync() => await _hanging.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets one request have the next byte of an answer that drips.</summary>
    public void Drop() => _drops.Writer.TryWrite(true);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient _ = client;
        client.NoDelay = true; // Else a body waits for the acknowledgement of its headers.
        try
        {
            NetworkStream stream = client.GetStream();
            BufferedStream input = new(stream);
            while (await ReadAsync(input, stream) is { } request)
            {
                _requests.Enqueue(request);
                StubAnswer answer = _answer(request, Interlocked.Increment(ref _count) - 1);
                if (answer.Wait is not null)
                {
                    _hanging.Writer.TryWrite(request);
                    await answer.Wait.WaitAsync(_stop.Token);
                }

                if (answer.Reset)
                {
                    client.LingerState = new LingerOption(true, 0);
                    return;
                }

                if (answer.Drip is not StubDrip.None)
                    await DripAsync(stream, answer, request);
                byte[] body = answer.Content ?? Encoding.UTF8.GetBytes(answer.Body);
                StringBuilder head = new($"HTTP/1.1 {answer.Status} Stub\r\n{(answer.Endless ? "Connection: close" : $"Content-Length: {body.Length + answer.MissingBytes}")}\r\n");
                foreach ((string name, string value) in answer.Headers)
                    head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
                do
                {
                    await stream.WriteAsync(body, _stop.Token);
                    Interlocked.Add(ref _sent, body.Length);
                }
                while (answer.Endless);
                if (answer.HangInBody)
                {
                    _hanging.Writer.TryWrite(request);
                    await Never.WaitAsync(_stop.Token);
                }

                if (answer.MissingBytes > 0)
                    return;
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or SocketException)
        {
        }
    }

    private async Task DripAsync(NetworkStream stream, StubAnswer answer, StubRequest request)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer.Status} Stub\r\n{(answer.Drip == StubDrip.Body ? "Connection: close\r\n\r\n" : "X-Drip: ")}"), _stop.Token);
        while (true)
        {
            await stream.WriteAsync("x"u8.ToArray(), _stop.Token);
            _hanging.Writer.TryWrite(request);
            await _drops.Reader.ReadAsync(_stop.Token);
        }
    }

    private async Task<StubRequest?> ReadAsync(BufferedStream input, NetworkStream stream)
    {
        MemoryStream head = new();
        byte[] one = new byte[1];
        while (!EndsHead(head))
        {
            if (await input.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Write(one);
        }

        string[] lines = Encoding.ASCII.GetString(head.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        if (headers.ContainsKey("Expect"))
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await input.ReadExactlyAsync(body, _stop.Token);
        string[] start = lines[0].Split(' ');
        return new StubRequest(start[0], start[1], headers, Encoding.UTF8.GetString(body));
    }

    private static bool EndsHead(MemoryStream head) =>
        head.Length >= 4 && head.GetBuffer().AsSpan(0, (int)head.Length).EndsWith("\r\n\r\n"u8);
}

public sealed record StubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

public sealed record StubAnswer(int Status = 200, string Body = StubAnswer.Anything)
{
    /// <summary>A document with what the operations require, and nothing else.</summary>
    public const string Anything =
        """{"Name":"n","FailedEntryCount":0,"EventBuses":[],"Rules":[],"Targets":[],"RuleNames":[],"jobDefinitions":[],"jobQueues":[],"jobSummaryList":[],"jobs":[],"imageDetails":[],"images":[],"repositories":[]}""";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string> { ["x-amzn-RequestId"] = "req-1" };

    /// <summary>The body if it is not a text.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The connection is reset instead of answered.</summary>
    public bool Reset { get; init; }

    /// <summary>So many bytes are promised but not sent: the body is cut off.</summary>
    public int MissingBytes { get; init; }

    /// <summary>The answer stops within the body, and the connection stays open.</summary>
    public bool HangInBody { get; init; }

    /// <summary>The body is sent again and again, until the client has had enough.</summary>
    public bool Endless { get; init; }

    /// <summary>The answer comes byte by byte, each with <see cref="StubServer.Drop"/>, and has no end.</summary>
    public StubDrip Drip { get; init; }

    /// <summary>The answer waits for this.</summary>
    public Task? Wait { get; init; }

    public static StubAnswer Error(int status, string code, string message = "Words of the service.") =>
        new(status, $$"""{"__type":"com.amazonaws.events#{{code}}","message":"{{message}}"}""");
}

/// <summary>What of an answer drips.</summary>
public enum StubDrip
{
    None,
    Headers,
    Body,
}
