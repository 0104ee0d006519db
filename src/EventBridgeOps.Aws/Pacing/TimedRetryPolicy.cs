using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace EventBridgeOps.Aws.Pacing;

/// <summary>The SDK's standard retries, by the injected clock and chance.</summary>
internal sealed class TimedRetryPolicy : StandardRetryPolicy
{
    private readonly TimeProvider _time;
    private readonly Func<double> _random;

    public TimedRetryPolicy(IClientConfig config, TimeProvider time, Func<double> random) : base(config)
    {
        _time = time;
        _random = random;
        ThrottlingErrorCodes.Remove("LimitExceededException"); // A rule that has reached its limit does not recover with time.
    }

    public static bool IsThrottled(AmazonServiceException error) =>
        (int)error.StatusCode == 429
        || error.ErrorCode is "Throttling" or "ThrottlingException" or "ThrottledException" or "TooManyRequestsException"
            or "RequestLimitExceeded" or "ProvisionedThroughputExceededException" or "RequestThrottled" or "RequestThrottledException" or "SlowDown";

    public override bool IsThrottlingError(Exception exception) =>
        (exception is AmazonServiceException error && IsThrottled(error)) || base.IsThrottlingError(exception);

    public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception)
    {
        // If the connection is refused or the host is unknown, one retry is enough.
        if (executionContext.RequestContext.Retries > 0 && IsNobodyThere(exception))
            return false;
        if (AttemptTime.Left(executionContext.RequestContext) <= TimeSpan.Zero)
            return false;
        return await base.RetryForExceptionAsync(executionContext, exception);
    }

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext)
    {
        IRequestContext context = executionContext.RequestContext;
        double longest = Math.Min(Math.Pow(2, context.Retries - 1) * 1000, MaxBackoffInMilliseconds);
        return _time.Delay(TimeSpan.FromMilliseconds(_random() * longest), context.CancellationToken);
    }

    private static bool IsNobodyThere(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain })
                return true;
        }

        return false;
    }
}
