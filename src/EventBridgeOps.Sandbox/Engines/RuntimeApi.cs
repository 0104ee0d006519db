using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>The runtime API of one process, on a port of its own.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</remarks>
internal sealed class RuntimeApi : IAsyncDisposable
{
    private const string Root = "/2018-06-01/runtime/";
    private const int MostBytes = 6_291_556;

    private readonly TimeProvider time;
    private readonly WireServer wire;
    private readonly object gate = new();
    private TaskCompletionSource<RuntimeInvocation> offered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RuntimeInvocation? current;

    public RuntimeApi(TimeProvider time)
    {
        this.time = time;
        wire = new(0, time, HandleAsync);
        wire.Start();
    }

    public string Address => "127.0.0.1:" + wire.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Offers an invocation to the process, which asks for the next one.</summary>
    public RuntimeInvocation Offer(Invocation invocation, TimeSpan timeout)
    {
        RuntimeInvocation made = new(invocation, timeout);
        lock (gate)
        {
            current = made;
            if (offered.Task.IsCompleted)
                offered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            offered.SetResult(made);
        }

        return made;
    }

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    private async Task<HttpResponse> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (LoopbackGuard.Refusal(request) is { } refusal)
            return refusal;
        string path = request.Path.StartsWith(Root, StringComparison.Ordinal) ? request.Path.Substring(Root.Length) : "";
        if (request.Method == "GET" && path == "invocation/next")
            return Next(await TakeAsync(cancellationToken));
        string[] parts = path.Split('/');
        return request.Method != "POST" ? Refuse(404, "NotFound", "The runtime API has no such path.")
            : path == "init/error" ? InitFailed(request)
            : parts.Length == 3 && parts[0] == "invocation" && parts[2] is "response" or "error" ? Answered(request, parts[1], isError: parts[2] == "error")
            : Refuse(404, "NotFound", "The runtime API has no such path.");
    }

    private async Task<RuntimeInvocation> TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        while (true)
        {
            Task<RuntimeInvocation> next;
            lock (gate)
                next = offered.Task;
            await Task.WhenAny(next, cancelled.Task);
            cancellationToken.ThrowIfCancellationRequested();
            lock (gate)
            {
                if (next != offered.Task)
                    continue; // Another request has taken it.
                offered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            RuntimeInvocation taken = await next;
            taken.Take();
            return taken;
        }
    }

    private HttpResponse Next(RuntimeInvocation taken) => new(200, "application/json", taken.Invocation.Payload)
    {
        Headers =
        [
            new("Lambda-Runtime-Aws-Request-Id", taken.Invocation.RequestId),
            new("Lambda-Runtime-Deadline-Ms", (time.GetUtcNow() + taken.Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            new("Lambda-Runtime-Invoked-Function-Arn", taken.Invocation.Arn),
            // The caller's trace; Lambda puts its own segment in the place of Parent if it traces, which the sandbox does not do.
            new("Lambda-Runtime-Trace-Id", taken.Invocation.TraceHeader ?? $"Root=1-{time.GetUtcNow().ToUnixTimeSeconds():x8}-{taken.Invocation.RequestId.Replace("-", "").Substring(0, 24)};Sampled=0"),
        ],
    };

    private HttpResponse InitFailed(HttpRequest request)
    {
        RuntimeInvocation? failed;
        lock (gate)
            failed = current;
        failed?.Answer(new(IsError: true, request.Body));
        return Accepted();
    }

    private HttpResponse Answered(HttpRequest request, string id, bool isError)
    {
        RuntimeInvocation? answered;
        lock (gate)
            answered = current;
        if (answered is null || answered.Invocation.RequestId != id)
            return Refuse(400, "InvalidRequestID", "Invalid request ID");
        if (answered.Answered.IsCompleted || !answered.Taken.IsCompleted)
            return Refuse(403, "InvalidStateTransition", "The invocation cannot be answered in its state.");
        if (request.Body.Length > MostBytes)
        {
            string reason = $"Response payload size exceeded maximum allowed payload size ({MostBytes} bytes).";
            answered.Answer(new(IsError: true, RawDocument.Empty.With("errorType", "Function.ResponseSizeTooLarge").With("errorMessage", reason).ToUtf8()));
            return Refuse(413, "RequestEntityTooLarge", $"Exceeded maximum allowed payload size ({MostBytes} bytes).");
        }

        answered.Answer(new(isError, request.Body));
        return Accepted();
    }

    private static HttpResponse Accepted() => new(202, "application/json", RawDocument.Empty.With("status", "OK").ToUtf8());

    private static HttpResponse Refuse(int status, string type, string message) =>
        new(status, "application/json", RawDocument.Empty.With("errorMessage", message).With("errorType", type).ToUtf8());
}

/// <summary>What a process answered.</summary>
internal sealed record RuntimeAnswer(bool IsError, byte[] Payload);

/// <summary>An invocation on its way through a process.</summary>
internal sealed class RuntimeInvocation(Invocation invocation, TimeSpan timeout)
{
    private readonly TaskCompletionSource<bool> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RuntimeAnswer> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Invocation Invocation => invocation;

    public TimeSpan Timeout => timeout;

    /// <summary>Completes when the process has it.</summary>
    public Task Taken => taken.Task;

    /// <summary>Completes with the answer of the process.</summary>
    public Task<RuntimeAnswer> Answered => answered.Task;

    public void Take() => taken.TrySetResult(true);

    public void Answer(RuntimeAnswer answer) => answered.TrySetResult(answer);
}
