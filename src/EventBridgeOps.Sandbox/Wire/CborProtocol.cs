namespace EventBridgeOps.Sandbox.Wire;

/// <summary>smithy-rpc-v2-cbor, with the error codes of the older query protocol in a header: CloudWatch.</summary>
/// <remarks>https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html</remarks>
/// <param name="times">The members of answers that are times.</param>
internal sealed class CborProtocol(params string[] times) : Protocol
{
    private const string ContentType = "application/cbor";
    private const string Header = "smithy-protocol";
    private const string Name = "rpc-v2-cbor";

    /// <summary>CloudWatch.</summary>
    public static CborProtocol CloudWatch { get; } = new("Timestamp", "Timestamps", "StateUpdatedTimestamp", "StateTransitionedTimestamp", "AlarmConfigurationUpdatedTimestamp", "LastModified");

    /// <summary>The service and operation that a request calls; null if it does not speak this protocol.</summary>
    public static (string Service, string Operation)? Called(HttpRequest request)
    {
        string[] parts = request.Path.Split('/');
        return request.Header(Header) == Name && parts.Length == 5 && parts[1] == "service" && parts[3] == "operation" ? (parts[2], parts[4]) : null;
    }

    public override HttpResponse Succeed(string operation, RawDocument output, string requestId) => Answer(200, output, requestId);

    public override HttpResponse Fail(AwsError error, string requestId)
    {
        HttpResponse failure = Answer(error.Status, RawDocument.Empty.With("__type", error.Code).With("message", error.Message), requestId) with { ErrorCode = error.Code };
        return error.QueryCode is { } code
            ? failure with { Headers = [.. failure.Headers, new("x-amzn-query-error", code + (error.Status < 500 ? ";Sender" : ";Receiver"))] }
            : failure;
    }

    public override AwsError TooFast() => new(400, "ThrottlingException", "Rate exceeded") { QueryCode = "Throttling" };

    private HttpResponse Answer(int status, RawDocument document, string requestId) =>
        new(status, ContentType, Cbor.Write(document, times)) { Headers = [new("x-amzn-RequestId", requestId), new(Header, Name)] };
}
