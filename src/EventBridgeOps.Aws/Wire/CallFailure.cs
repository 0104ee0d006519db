using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns.Values;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Converts the exception of a call into an error that says what failed, on what, why, and what to do.</summary>
internal static class CallFailure
{
    private static readonly Regex RefusedAction = new(@"perform:? ([A-Za-z0-9-]+:[A-Za-z0-9*]+)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex NamesBus = new(@"^\s*event ?bus\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
    private static readonly Regex NamesRule = new(@"^\s*rule\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    public static ServiceCallException Explain(Exception error, ServiceOperation operation, Message subject, Uri endpoint)
    {
        Message call = WireMessages.Call(operation.Name, subject);
        return error switch
        {
            AmazonUnmarshallingException cut => Malformed(operation, subject, Reason(cut.InnerException ?? cut), (int)cut.StatusCode, cut.RequestId, cut),
            AnswerTooLongException => Malformed(operation, subject, Words(error.Message), inner: error),
            AmazonServiceException refused when refused.StatusCode != 0 => Refused(refused, operation, subject, call, endpoint),
            JsonException => Build(ErrorIds.RequestRejected, WireMessages.NotWritable(call, Words(error.Message)), operation, error),
            _ when endpoint.IsLoopback && IsRefused(error) => Build(ErrorIds.Unreachable, WireMessages.SandboxGone(call, endpoint.GetLeftPart(UriPartial.Authority), Reason(error)), operation, error),
            _ when IsConnection(error) => Build(ErrorIds.Unreachable, WireMessages.Unreachable(call, endpoint.GetLeftPart(UriPartial.Authority), Reason(error)), operation, error),
            // What remains of the SDK's own errors speaks of credentials and configuration.
            _ => Build(ErrorIds.Unexpected, WireMessages.NotSent(call, Words(error.Message)), operation, error),
        };
    }

    /// <summary>The response does not follow the protocol or the shape of the operation.</summary>
    public static ServiceCallException Malformed(ServiceOperation operation, Message subject, Message why, int status = 200, string? requestId = null, Exception? inner = null) => new(
        ErrorIds.MalformedAnswer,
        Traced(WireMessages.Malformed(WireMessages.Call(operation.Name, subject), why), requestId),
        new FailedCall(operation.Service.SigningName, operation.Name, null, status, requestId), inner);

    private static ServiceCallException Refused(AmazonServiceException error, ServiceOperation operation, Message subject, Message call, Uri endpoint)
    {
        int status = (int)error.StatusCode;
        Message? foreign = (error as ForeignAnswerException)?.Said;
        if (error.ErrorCode is null or "" && status < 500 && !TimedRetryPolicy.IsThrottled(error))
            return Malformed(operation, subject, foreign ?? WireMessages.NoAwsError(status), status, error.RequestId, error);

        string id = ErrorId(error, operation);
        Message said = foreign ?? WireMessages.Error(error.ErrorCode is { Length: > 0 } code ? code : WireMessages.Status(status).ToString(), Sentence(error.Message));
        Message message = id switch
        {
            ErrorIds.Throttled => WireMessages.Throttled(call, said),
            ErrorIds.ServiceUnavailable => WireMessages.ServiceUnavailable(call, status, said),
            ErrorIds.ExpiredCredentials => WireMessages.ExpiredCredentials(call, said),
            ErrorIds.InvalidCredentials => WireMessages.InvalidCredentials(call, said),
            ErrorIds.AccessDenied => Permission(error, operation) is { } permission ? WireMessages.PermissionMissing(call, said, permission, subject) : WireMessages.AccessDenied(call, said),
            ErrorIds.EventBusNotFound or ErrorIds.RuleNotFound or ErrorIds.ResourceNotFound => WireMessages.NotFound(call, said, endpoint.Host),
            ErrorIds.ManagedRule => WireMessages.ManagedRule(call, said),
            ErrorIds.ConcurrentModification => WireMessages.ConcurrentModification(call, said),
            _ => WireMessages.Rejected(call, said),
        };
        return new ServiceCallException(
            id, Traced(message, error.RequestId),
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
            case "ClusterNotFoundException" or "ServiceNotFoundException" or "ServiceNotActiveException":
            case "NotFound" or "NotFoundException": // SNS, schemas
            case "NoSuchEntity" or "NoSuchEntityException": // IAM
            case "NoSuchBucket": // S3
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
        if (operation.Name.EndsWith("Archive", StringComparison.Ordinal) || operation.Name.EndsWith("Replay", StringComparison.Ordinal))
            return ErrorIds.ResourceNotFound;
        return operation.Name is "DescribeRule" or "ListTargetsByRule" or "PutTargets" ? ErrorIds.RuleNotFound : ErrorIds.EventBusNotFound;
    }

    /// <summary>The service often names the missing permission, which can be another one (iam:PassRole) than that of the operation.</summary>
    private static string? Permission(AmazonServiceException error, ServiceOperation operation) =>
        RefusedAction.Match(error.Message) is { Success: true } named ? named.Groups[1].Value : operation.Permission;

    private static bool IsConnection(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException or AuthenticationException)
                return true;
        }

        return false;
    }

    private static bool IsRefused(Exception? error) => error is SocketException { SocketErrorCode: SocketError.ConnectionRefused } || (error is not null && IsRefused(error.InnerException));

    /// <summary>The message of the innermost exception, which names the cause.</summary>
    private static Message Reason(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error switch
        {
            OperationCanceledException => WireMessages.TimedOut(),
            JsonException json => Words(JsonFault.Text(json)),
            _ => Words(error.Message),
        };
    }

    private static ServiceCallException Build(string errorId, Message message, ServiceOperation operation, Exception inner) =>
        new(errorId, message, new FailedCall(operation.Service.SigningName, operation.Name, null, 0, null), inner);

    private static string Sentence(string text)
    {
        text = text.Trim();
        return text.Length == 0 || text[text.Length - 1] is '.' or '!' or '?' ? text : text + ".";
    }

    private static Message Words(string text) => Message.Verbatim(Sentence(text));

    private static Message Traced(Message message, string? requestId) => string.IsNullOrEmpty(requestId) ? message : Message.Join(" ", [message, WireMessages.RequestId(requestId!)]);
}
