using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Lambda.Runtime;

/// <summary>The Lambda Runtime API: the next invocation in, its answer out.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. Each call is made once: Lambda ends the function if one fails.</remarks>
internal sealed class RuntimeClient : IDisposable
{
    // Nothing but this process answers slowly, and Lambda freezes it while it waits.
    private readonly HttpClient _http;

    /// <summary>Opens the client.</summary>
    /// <param name="address">Host and port, from <c>AWS_LAMBDA_RUNTIME_API</c>.</param>
    public RuntimeClient(string address) =>
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = new Uri($"http://{address}/2018-06-01/runtime/"), Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Waits for the next invocation.</summary>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.GetAsync("invocation/next", cancellationToken);
        response.EnsureSuccessStatusCode();
        string Required(string name) => Header(response, name) ?? throw new InvalidDataException($"The Runtime API sent no {name}.");
        return new Invocation(
            Required("Lambda-Runtime-Aws-Request-Id"),
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Required("Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture)))
        {
            FunctionArn = Header(response, "Lambda-Runtime-Invoked-Function-Arn"),
            TraceHeader = Header(response, "Lambda-Runtime-Trace-Id"),
        };
    }

    /// <summary>Answers an invocation.</summary>
    public Task AnswerAsync(string requestId, JsonObject answer, CancellationToken cancellationToken) => PostAsync($"invocation/{requestId}/response", answer, null, cancellationToken);

    /// <summary>Says that an invocation failed.</summary>
    public Task FailAsync(string requestId, string errorType, string message, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/error", Error(errorType, message), errorType, cancellationToken);

    /// <summary>Says that the function cannot start.</summary>
    public Task FailStartAsync(string errorType, string message, CancellationToken cancellationToken) => PostAsync("init/error", Error(errorType, message), errorType, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static JsonObject Error(string errorType, string message) => new() { ["errorType"] = errorType, ["errorMessage"] = message, ["stackTrace"] = new JsonArray() };

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private async Task PostAsync(string path, JsonObject body, string? errorType, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(Document.WriteUtf8(body)) };
        request.Content.Headers.ContentType = new("application/json");
        if (errorType is not null)
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.RequestEntityTooLarge)
            response.EnsureSuccessStatusCode();
    }
}
