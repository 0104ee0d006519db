using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>restJson1 as Lambda speaks it: each operation has a status of its own, and Invoke answers with what the function returned.</summary>
/// <remarks>The service model of Lambda.</remarks>
internal sealed class LambdaProtocol : Protocol
{
    private const string ContentType = "application/json";

    public static LambdaProtocol Instance { get; } = new();

    public override HttpResponse Succeed(string operation, RawDocument output, string requestId) => operation switch
    {
        "Invoke" => Invoked(output, requestId),
        "CreateEventSourceMapping" or "UpdateEventSourceMapping" or "DeleteEventSourceMapping" => Whole(202, output, requestId),
        "CreateFunction" or "AddPermission" => Whole(201, output, requestId),
        "DeleteFunction" or "RemovePermission" or "DeleteFunctionEventInvokeConfig" or "TagResource" or "UntagResource" =>
            new(204, ContentType, []) { Headers = [RequestIdHeader(requestId)] },
        _ => Whole(200, output, requestId),
    };

    public override HttpResponse Fail(AwsError error, string requestId)
    {
        RawDocument body = error.Code is "ValidationException" or "SerializationException" or "MissingAuthenticationTokenException"
            ? RawDocument.Empty.With("message", error.Message)
            : RawDocument.Empty.With("Type", error.Status < 500 ? "User" : "Service").With(error.Code is "ResourceNotFoundException" or "ServiceException" ? "Message" : "message", error.Message);
        return new(error.Status, ContentType, body.ToUtf8())
        {
            Headers = [RequestIdHeader(requestId), new("x-amzn-errortype", error.Code)],
            ErrorCode = error.Code,
        };
    }

    public override AwsError TooFast() => new(429, "TooManyRequestsException", "Rate exceeded");

    private static HttpResponse Whole(int status, RawDocument output, string requestId) =>
        new(status, ContentType, output.ToUtf8()) { Headers = [RequestIdHeader(requestId)] };

    private static HttpResponse Invoked(RawDocument output, string requestId)
    {
        List<KeyValuePair<string, string>> headers = [RequestIdHeader(output.Text("RequestId") ?? requestId)];
        foreach ((string member, string header) in new[] { ("ExecutedVersion", "X-Amz-Executed-Version"), ("FunctionError", "X-Amz-Function-Error"), ("LogResult", "X-Amz-Log-Result") })
        {
            if (output.Text(member) is { } value)
                headers.Add(new(header, value));
        }

        int status = (int)output.Number("StatusCode")!.Value;
        return new(status, ContentType, Convert.FromBase64String(output.Text("Payload") ?? "")) { Headers = headers };
    }
}
