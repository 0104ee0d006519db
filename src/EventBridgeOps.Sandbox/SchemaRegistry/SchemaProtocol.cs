using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>restJson1 as EventBridge Schemas speaks it: each operation has a status of its own, and errors have a code and a message in their body.</summary>
internal sealed class SchemaProtocol : Protocol
{
    private const string ContentType = "application/json";

    public static SchemaProtocol Instance { get; } = new();

    public override HttpResponse Succeed(string operation, RawDocument output, string requestId)
    {
        int status = SchemaRequest.StatusOf(operation);
        return new(status, ContentType, status == 204 ? [] : output.ToUtf8()) { Headers = [RequestIdHeader(requestId)] };
    }

    public override HttpResponse Fail(AwsError error, string requestId) =>
        new(error.Status, ContentType, RawDocument.Empty.With("Code", error.Code).With("Message", error.Message).ToUtf8())
        {
            Headers = [RequestIdHeader(requestId), new("x-amzn-errortype", error.Code)],
            ErrorCode = error.Code,
        };

    public override AwsError TooFast() => new(429, "TooManyRequestsException", "Rate exceeded");
}
