using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Messages about calls to AWS and why they failed. A cause is a whole sentence.</summary>
internal static class WireMessages
{
    public static Message Call(string operation, Message subject) => Message.Of($"{operation} on {subject}");

    // Without a response.
    public static Message NotWritable(Message call, Message cause) => Message.Of($"{call} was not sent, because its document cannot be written as JSON. {cause}");

    public static Message Unreachable(Message call, string endpoint, Message cause) =>
        Message.Of($"{call} could not reach {endpoint}: {cause} Check the network, the proxy, the Region and the endpoint URL.");

    public static Message SandboxGone(Message call, string endpoint, Message cause) =>
        Message.Of($"{call} could not reach {endpoint}: {cause} Nothing listens on this local endpoint. If it was a sandbox, it was stopped: start it again, or remove the environment variable AWS_ENDPOINT_URL and the others that the sandbox set, for example by opening a new shell.");

    public static Message NotSent(Message call, Message cause) => Message.Of($"{call} failed before the request was sent: {cause}");

    public static Message TimedOut() => Message.Of($"the request timed out.");

    public static Message NoResponse(double seconds) => Message.Of($"No response was received within {seconds:second|seconds}.");

    public static Message EndpointConflict(string? url) =>
        Message.Of($"The endpoint {url} is specified, but FIPS or dual-stack endpoints are enabled as well. AWS does not support this combination. Remove one of them.");

    // With a response that is not valid.
    public static Message Malformed(Message call, Message cause) =>
        Message.Of($"{call} returned an unexpected response: {cause} Try again. If the error persists, check for a proxy in between or a wrong endpoint URL.");

    public static Message NoAwsError(int status) => Message.Of($"HTTP status {status} without an AWS error.");

    public static Message Waiting() => Message.Of($"Waiting for AWS");

    public static Message WrongShape() => Message.Of($"a field does not have the expected type.");

    public static Message TooLong(int megabytes) => Message.Of($"the response is longer than {megabytes} MB.");

    public static Message Foreign(int status, string? contentType, string? title) => (contentType, title) switch
    {
        (null, null) => Message.Of($"HTTP status {status} and a body that is not from AWS."),
        (null, _) => Message.Of($"HTTP status {status} and a page that is not from AWS, with the title \"{title}\"."),
        (_, null) => Message.Of($"HTTP status {status} and a body of type {contentType} that is not from AWS."),
        _ => Message.Of($"HTTP status {status} and a page of type {contentType} that is not from AWS, with the title \"{title}\"."),
    };

    public static Message NoResult(string operation) => Message.Of($"the response has no {operation}Result element");

    // With an error.
    public static Message Throttled(Message call, Message error) => Message.Of($"{call} was throttled, and all retries failed: {error} Try again later, or with fewer requests per second.");

    public static Message ServiceUnavailable(Message call, int status, Message error) =>
        Message.Of($"{call} failed inside the service with HTTP status {status}, and all retries failed: {error} Try again later. For outages, see https://health.aws.amazon.com.");

    public static Message ExpiredCredentials(Message call, Message error) =>
        Message.Of($"{call} was rejected, because the credentials have expired: {error} Sign in again (aws sso login), or get new temporary credentials.");

    public static Message InvalidCredentials(Message call, Message error) =>
        Message.Of($"{call} was rejected, because the credentials are not valid: {error} Check the access key ID, the secret access key, the session token and the clock of this computer.");

    public static Message AccessDenied(Message call, Message error) => Message.Of($"{call} was denied: {error} Check the IAM policies of the identity.");

    public static Message PermissionMissing(Message call, Message error, string permission, Message subject) =>
        Message.Of($"{call} was denied: {error} Grant the identity {permission} on {subject}.");

    public static Message NotFound(Message call, Message error, string host) => Message.Of($"{call} failed: {error} Check the name, the Region and the account (the request was sent to {host}).");

    public static Message ManagedRule(Message call, Message error) => Message.Of($"{call} was rejected: {error} The rule is managed by an AWS service. Change it in that service.");

    public static Message ConcurrentModification(Message call, Message error) =>
        Message.Of($"{call} was rejected: {error} The same rule is being modified by another request. Run the command again.");

    public static Message Rejected(Message call, Message error) => Message.Of($"{call} was rejected: {error} The request must be corrected before it can succeed.");

    public static Message Error(string code, string words) => words.Length > 0 ? Message.Of($"{code}. {words}") : Message.Of($"{code}.");

    public static Message Status(int status) => Message.Of($"HTTP {status}");

    public static Message RequestId(string requestId) => Message.Of($"(Request ID: {requestId})");

    // Debug lines: they name no action or parameter.
    public static Message Observed(ObservedCall call, double milliseconds, int attempt) => call switch
    {
        { Status: 0 } => Message.Of($"{call.Service}:{call.Operation} no response, {milliseconds} ms, attempt {attempt}"),
        { RequestId: { } requestId } => Message.Of($"{call.Service}:{call.Operation} HTTP {call.Status}, {milliseconds} ms, attempt {attempt}, request ID {requestId}"),
        _ => Message.Of($"{call.Service}:{call.Operation} HTTP {call.Status}, {milliseconds} ms, attempt {attempt}, no request ID"),
    };

    public static Message RequestBody(string service, string operation, string body) => Message.Of($"{service}:{operation} request: {body}");

    public static Message ResponseBody(string service, string operation, string body) => Message.Of($"{service}:{operation} response: {body}");
}
