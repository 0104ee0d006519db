namespace EventBridgeOps.Sandbox.Wire;

/// <summary>How answers and errors are written in one of AWS's protocols.</summary>
internal abstract class Protocol
{
    /// <summary>awsJson1.1: EventBridge and ECR.</summary>
    public static Protocol JsonRpc { get; } = new JsonRpcProtocol("application/x-amz-json-1.1");

    /// <summary>awsJson1.0 with the error codes of the older query protocol in a header: SQS; without them: DynamoDB.</summary>
    public static Protocol JsonRpc10 { get; } = new JsonRpcProtocol("application/x-amz-json-1.0");

    /// <summary>restJson1: Batch.</summary>
    public static Protocol RestJson { get; } = new RestJsonProtocol();

    public abstract HttpResponse Succeed(string operation, RawDocument output, string requestId);

    public abstract HttpResponse Fail(AwsError error, string requestId);

    /// <summary>What the service says when it is asked too often.</summary>
    public abstract AwsError TooFast();

    protected static KeyValuePair<string, string> RequestIdHeader(string requestId) => new("x-amzn-RequestId", requestId);

    private sealed class JsonRpcProtocol(string contentType) : Protocol
    {
        public override HttpResponse Succeed(string operation, RawDocument output, string requestId) =>
            new(200, contentType, output.ToUtf8()) { Headers = [RequestIdHeader(requestId)] };

        public override HttpResponse Fail(AwsError error, string requestId) =>
            new(error.Status, contentType, RawDocument.Empty.With("__type", error.Code).With("message", error.Message).With(error.Members).ToUtf8())
            {
                Headers = error.QueryCode is { } code
                    ? [RequestIdHeader(requestId), new("x-amzn-query-error", code + (error.Status < 500 ? ";Sender" : ";Receiver"))]
                    : [RequestIdHeader(requestId)],
                ErrorCode = error.Code,
            };

        public override AwsError TooFast() => new(400, "ThrottlingException", "Rate exceeded");
    }

    private sealed class RestJsonProtocol : Protocol
    {
        private const string ContentType = "application/json";

        public override HttpResponse Succeed(string operation, RawDocument output, string requestId) =>
            new(200, ContentType, output.ToUtf8()) { Headers = [RequestIdHeader(requestId)] };

        public override HttpResponse Fail(AwsError error, string requestId) =>
            new(error.Status, ContentType, RawDocument.Empty.With("message", error.Message).ToUtf8())
            {
                Headers = [RequestIdHeader(requestId), new("x-amzn-errortype", error.Code)],
                ErrorCode = error.Code,
            };

        public override AwsError TooFast() => new(429, "TooManyRequestsException", "Too Many Requests");
    }
}
