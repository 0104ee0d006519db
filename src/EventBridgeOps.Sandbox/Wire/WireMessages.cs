using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>What the sandbox says of HTTP requests that it rejects.</summary>
internal static class WireMessages
{
    public static Message FromOtherPage() => Message.Of($"Requests from other web pages are not allowed.");

    public static Message NotLoopback() => Message.Of($"Only requests to a loopback address are allowed.");

    public static Message UnknownService() => Message.Of($"The sandbox supports only EventBridge, Batch, ECS, ECR, Lambda, SQS, SNS, S3, DynamoDB, CloudWatch, CloudWatch Logs, CloudTrail, CloudFormation, Parameter Store, IAM and STS.");

    public static Message UnknownTarget(string target) => Message.Of($"The sandbox does not support {target}.");

    public static Message BodyNotJson() => Message.Of($"The body of the request is not a valid JSON object.");

    public static Message BodyNotCbor() => Message.Of($"The body of the request is not a valid CBOR map.");

    public static Message BadContentEncoding() => Message.Of($"The body of the request cannot be decompressed: the only supported content encoding is gzip.");

    public static Message BadRequestLine() => Message.Of($"The request line is not valid.");

    public static Message BadVersion() => Message.Of($"Only HTTP/1.1 and HTTP/1.0 are supported.");

    public static Message BadTarget() => Message.Of($"The request target is not valid.");

    public static Message BadHeader() => Message.Of($"A header is not valid.");

    public static Message TooManyHeaders() => Message.Of($"The request has too many headers.");

    public static Message TooManyTrailers() => Message.Of($"The request has too many trailers.");

    public static Message LineTooLong() => Message.Of($"A line of the request is too long.");

    public static Message BodyTooLarge() => Message.Of($"The body of the request is too large.");

    public static Message BadTransferEncoding() => Message.Of($"The only supported transfer encoding is chunked.");

    public static Message TwoLengths() => Message.Of($"The request has both Content-Length and Transfer-Encoding.");

    public static Message BadContentLength() => Message.Of($"Content-Length is not valid.");

    public static Message BadExpectation() => Message.Of($"The only supported expectation is 100-continue.");

    public static Message BadChunkSize() => Message.Of($"The size of a chunk is not valid.");

    public static Message BadChunkEnd() => Message.Of($"The end of a chunk is not valid.");
}
