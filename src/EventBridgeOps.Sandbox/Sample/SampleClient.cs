using System.Text;
using System.Xml.Linq;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Sample;

/// <summary>The few calls that fill a sandbox, sent to whichever engine it is.</summary>
internal sealed class SampleClient(ISandboxEngine engine) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { UseProxy = false }) { BaseAddress = engine.Endpoint };
    private readonly string region = engine.Environment["AWS_REGION"];

    public void Dispose() => http.Dispose();

    public Task EventsAsync(string operation, string input, CancellationToken cancellationToken) =>
        SendAsync("events", "/", operation, input, "application/x-amz-json-1.1", cancellationToken);

    public Task EcrAsync(string operation, string input, CancellationToken cancellationToken) =>
        SendAsync("ecr", "/", operation, input, "application/x-amz-json-1.1", cancellationToken);

    public Task BatchAsync(string operation, string input, CancellationToken cancellationToken) =>
        SendAsync("batch", "/v1/" + operation.ToLowerInvariant(), operation, input, "application/json", cancellationToken);

    public Task SqsAsync(string operation, string input, CancellationToken cancellationToken) =>
        SendAsync("sqs", "/", operation, input, "application/x-amz-json-1.0", cancellationToken);

    public Task DynamoAsync(string operation, string input, CancellationToken cancellationToken) =>
        SendAsync("dynamodb", "/", operation, input, "application/x-amz-json-1.0", cancellationToken);

    public Task EcsAsync(string operation, string input, CancellationToken cancellationToken) =>
        SendAsync("ecs", "/", operation, input, "application/x-amz-json-1.1", cancellationToken);

    public Task IamAsync(string operation, string form, CancellationToken cancellationToken) =>
        SendAsync("iam", "/", operation, $"Action={operation}&Version=2010-05-08&{form}", "application/x-www-form-urlencoded", cancellationToken);

    /// <summary>The account's number.</summary>
    public async Task<string> AccountAsync(CancellationToken cancellationToken)
    {
        string answer = await SendAsync(
            "sts", "/", "GetCallerIdentity", "Action=GetCallerIdentity&Version=2011-06-15", "application/x-www-form-urlencoded", cancellationToken)
            ;
        return XDocument.Parse(answer).Descendants().First(element => element.Name.LocalName == "Account").Value;
    }

    private async Task<string> SendAsync(
        string service, string path, string operation, string body, string contentType, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = new(contentType);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=sandbox/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=none");
        if (service switch { "events" => "AWSEvents", "ecr" => "AmazonEC2ContainerRegistry_V20150921", "sqs" => "AmazonSQS", "dynamodb" => "DynamoDB_20120810", "ecs" => "AmazonEC2ContainerServiceV20141113", _ => null } is { } target)
            request.Headers.Add("X-Amz-Target", $"{target}.{operation}");

        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
#if NETSTANDARD2_0
        string answer = await response.Content.ReadAsStringAsync();
#else
        string answer = await response.Content.ReadAsStringAsync(cancellationToken);
#endif
        return response.IsSuccessStatusCode
            ? answer
            : throw new SandboxException(SampleMessages.CallFailed(operation, (int)response.StatusCode, answer));
    }
}
