using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Turns whatever ended a call into an error that says what failed, on what, why, and what to do.</summary>
internal static class CallFailure
{
    private static readonly Regex RefusedAction = new(@"perform:? ([A-Za-z0-9-]+:[A-Za-z0-9*]+)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex NamesBus = new(@"^\s*event ?bus\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
    private static readonly Regex NamesRule = new(@"^\s*rule\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    public static ServiceCallException Explain(Exception error, ServiceOperation operation, string subject, Uri endpoint)
    {
        string call = $"{operation.Name} on {subject}";
        return error switch
        {
            AmazonUnmarshallingException cut => Malformed(operation, subject, Reason(cut.InnerException ?? cut), (int)cut.StatusCode, cut.RequestId, cut),
            AmazonServiceException refused when refused.StatusCode != 0 => Refused(refused, operation, subject, call, endpoint),
            JsonException => Build(
                ErrorIds.RequestRejected, $"{call} was not sent: its document cannot be written as JSON. {Sentence(error.Message)}", operation, error),
            _ when IsConnection(error) => Build(
                ErrorIds.Unreachable,
                $"{call} could not reach {endpoint.GetLeftPart(UriPartial.Authority)}: {Sentence(Reason(error))} Check the network, the proxy, the region and the endpoint URL.",
                operation, error),
            // What remains of the SDK's own errors speaks of credentials and configuration.
            _ => Build(ErrorIds.Unexpected, $"{call} failed before it was sent: {Sentence(error.Message)}", operation, error),
        };
    }

    /// <summary>The answer is not what the protocol or the operation's shape promises.</summary>
    public static ServiceCallException Malformed(ServiceOperation operation, string subject, string why, int status = 200, string? requestId = null, Exception? inner = null) => new(
        ErrorIds.MalformedAnswer,
        $"{operation.Name} on {subject} got an answer that cannot be understood: {Sentence(why)} Try again; if it stays so, look for a proxy in between or a wrong endpoint URL.{Trace(requestId)}",
        new FailedCall(operation.Service.SigningName, operation.Name, null, status, requestId), inner);

    private static ServiceCallException Refused(AmazonServiceException error, ServiceOperation operation, string subject, string call, Uri endpoint)
    {
        int status = (int)error.StatusCode;
        if (error.ErrorCode is null or "" && status < 500 && !TimedRetryPolicy.IsThrottled(error))
            return Malformed(operation, subject, $"it is HTTP status {status} without an AWS error", status, error.RequestId, error);

        string id = ErrorId(error, operation);
        string code = error.ErrorCode is { Length: > 0 } given ? given : $"HTTP {status}";
        string words = error.Message.Length > 0 ? Sentence(error.Message) + " " : "";
        string message = id switch
        {
            ErrorIds.Throttled => $"{call} was throttled through all retries: {code}. {words}Run it again later, or with fewer requests per second.",
            ErrorIds.ServiceUnavailable => $"{call} failed inside the service through all retries: {code}, HTTP {status}. {words}Run it again later; https://health.aws.amazon.com shows outages.",
            ErrorIds.ExpiredCredentials => $"{call} was refused because the credentials have expired: {code}. {words}Sign in again (aws sso login) or get new temporary credentials.",
            ErrorIds.InvalidCredentials => $"{call} was refused because the credentials are not valid: {code}. {words}Check the access key, its secret and session token, and this computer's clock.",
            ErrorIds.AccessDenied => $"{call} was refused: {code}. {words}{Need(error, operation, subject)}",
            ErrorIds.EventBusNotFound or ErrorIds.RuleNotFound or ErrorIds.ResourceNotFound =>
                $"{call} failed: {code}. {words}Check the name, the region and the account ({endpoint.Host} was asked).",
            ErrorIds.ManagedRule => $"{call} was refused: {code}. {words}The rule belongs to an AWS service; change it there.",
            ErrorIds.ConcurrentModification => $"{call} was refused: {code}. {words}Something else changes the same rule at this moment; run it again.",
            _ => $"{call} was rejected: {code}. {words}The request itself must be corrected before it can succeed.",
        };
        return new ServiceCallException(
            id, message + Trace(error.RequestId),
            new FailedCall(operation.Service.SigningName, operation.Name, error.ErrorCode, status, error.RequestId), error);
    }

    private static string ErrorId(AmazonServiceException error, ServiceOperation operation)
    {
        if (TimedRetryPolicy.IsThrottled(error))
            return ErrorIds.Throttled;
        switch (error.ErrorCode)
        {
            case "ExpiredTokenException" or "ExpiredToken" or "RequestExpired" or "TokenRefreshRequired":
                return ErrorIds.ExpiredCredentials;
            case "UnrecognizedClientException" or "InvalidClientTokenId" or "SignatureDoesNotMatch" or "IncompleteSignature"
                or "IncompleteSignatureException" or "InvalidSignatureException" or "MissingAuthenticationToken"
                or "MissingAuthenticationTokenException" or "InvalidAccessKeyId" or "AuthFailure":
                return ErrorIds.InvalidCredentials;
            case "AccessDeniedException" or "AccessDenied" or "UnauthorizedOperation" or "NotAuthorized" or "UnauthorizedException" or "OptInRequired":
                return ErrorIds.AccessDenied;
            case "ManagedRuleException":
                return ErrorIds.ManagedRule;
            case "ConcurrentModificationException":
                return ErrorIds.ConcurrentModification;
            case "ImageNotFoundException" or "RepositoryNotFoundException" or "ScanNotFoundException":
            case "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue":
                return ErrorIds.ResourceNotFound;
            case "ResourceNotFoundException":
                return NotFound(error, operation);
        }

        return (int)error.StatusCode switch
        {
            >= 500 => ErrorIds.ServiceUnavailable,
            403 => ErrorIds.AccessDenied,
            _ => ErrorIds.RequestRejected,
        };
    }

    private static string NotFound(AmazonServiceException error, ServiceOperation operation)
    {
        if (operation.Service != AwsService.EventBridge)
            return ErrorIds.ResourceNotFound;
        if (NamesBus.IsMatch(error.Message))
            return ErrorIds.EventBusNotFound;
        if (NamesRule.IsMatch(error.Message))
            return ErrorIds.RuleNotFound;
        return operation.Name is "DescribeRule" or "ListTargetsByRule" or "PutTargets" ? ErrorIds.RuleNotFound : ErrorIds.EventBusNotFound;
    }

    /// <summary>The service often names the action that it missed, and it can be another one (iam:PassRole) than the operation's.</summary>
    private static string Need(AmazonServiceException error, ServiceOperation operation, string subject)
    {
        Match named = RefusedAction.Match(error.Message);
        string? permission = named.Success ? named.Groups[1].Value : operation.Permission;
        return permission is null ? "Check the identity's policies." : $"The identity needs {permission} for {subject}.";
    }

    private static bool IsConnection(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException or AuthenticationException)
                return true;
        }

        return false;
    }

    /// <summary>The innermost words, which name the cause; the outer ones say only that there was one.</summary>
    private static string Reason(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error is OperationCanceledException ? "there was no answer in time" : error.Message;
    }

    private static ServiceCallException Build(string errorId, string message, ServiceOperation operation, Exception inner) =>
        new(errorId, message, new FailedCall(operation.Service.SigningName, operation.Name, null, 0, null), inner);

    private static string Sentence(string text)
    {
        text = text.Trim();
        return text.Length == 0 || text[text.Length - 1] is '.' or '!' or '?' ? text : text + ".";
    }

    private static string Trace(string? requestId) => requestId is null ? "" : $" (request id {requestId})";
}
