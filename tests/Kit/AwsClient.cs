using System.Text;
using System.Text.Json;

namespace EventBridgeOps.Tests;

/// <summary>An answer as it came over the wire.</summary>
public sealed record Answer(int Status, string Text, string? ErrorHeader, string? RequestId)
{
    public JsonElement Json => JsonDocument.Parse(Text, new JsonDocumentOptions { MaxDepth = 5000 }).RootElement;

    /// <summary>The error's code, as the answer's protocol tells it.</summary>
    public string? ErrorCode => ErrorHeader ?? (Status == 200 ? null : Json.GetProperty("__type").GetString());

    public string? Message => Json.GetProperty("message").GetString();

    public string? NextToken => Json.TryGetProperty(nameof(NextToken), out JsonElement token) || Json.TryGetProperty("nextToken", out token) ? token.GetString() : null;

    public Answer Succeeded()
    {
        Assert.True(Status == 200, $"{Status} {Text}");
        return this;
    }

    public void Failed(int status, string code, string? message = null)
    {
        Assert.Equal((status, code), (Status, ErrorCode));
        if (message is not null)
            Assert.Equal(message, Message);
    }
}

/// <summary>Sends raw documents, signed, for a typed client would correct what the tests want to see, and the product's own would be tested by itself.</summary>
public sealed class AwsClient(Uri endpoint, string region = "eu-west-1", string? accessKey = "test") : IDisposable
{
    private const string Date = "20260101T000000Z"; // nobody checks how old a signature is

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = endpoint };

    public void Dispose() => _http.Dispose();

    public Task<Answer> Events(string operation, string input) => Send("events", "/", "AWSEvents." + operation, input);

    public Task<Answer> Ecr(string operation, string input) => Send("ecr", "/", "AmazonEC2ContainerRegistry_V20150921." + operation, input);

    public Task<Answer> Ecs(string operation, string input) => Send("ecs", "/", "AmazonEC2ContainerServiceV20141113." + operation, input);

    public Task<Answer> Batch(string operation, string input) => Send("batch", "/v1/" + operation.ToLowerInvariant(), null, input);

    public Task<Answer> Sts(string form) => Send("sts", "/", null, form, "application/x-www-form-urlencoded");

    public async Task<Answer> Send(
        string service, string path, string? target, string body, string contentType = "application/x-amz-json-1.1", HttpMethod? method = null)
    {
        using HttpRequestMessage request = new(method ?? HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = new(contentType);
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);
        if (accessKey is not null)
            Sign(request, service, path, body);

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, text, First("x-amzn-errortype"), First("x-amzn-RequestId"));

        string? First(string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
    }

    public async Task<Answer> Admin(HttpMethod method, string path, string? body = null)
    {
        using HttpRequestMessage request = new(method, "/_sandbox/" + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), null, null);
    }

    private void Sign(HttpRequestMessage request, string service, string path, string body)
    {
        request.Headers.Add("X-Amz-Date", Date);
        Dictionary<string, string> signed = request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value));
        signed.Add("host", endpoint.Authority);
        request.Headers.TryAddWithoutValidation("Authorization", SigV4.Authorization(request.Method.Method, path, signed, body, accessKey!, "secret", region, service));
    }
}
