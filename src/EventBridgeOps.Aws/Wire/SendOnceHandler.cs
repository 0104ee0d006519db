using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace EventBridgeOps.Aws.Wire;

/// <summary>
/// Keeps the SDK from sending again what makes something new each time, unless it is certain that nothing was made: in every retry mode,
/// since it stands below them and hides from them that the fault may pass.
/// </summary>
internal sealed class SendOnceHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (Exception error) when (!IsRepeatable(executionContext) && MayHaveArrived(error))
        {
            throw new SentOnceException(error);
        }
    }

    private static bool IsRepeatable(IExecutionContext context) => ((DocumentRequest)context.RequestContext.OriginalRequest).Operation.IsRepeatable;

    private static bool MayHaveArrived(Exception error)
    {
        if (error is OperationCanceledException)
            return false; // The caller has cancelled it.
        if (error is AmazonServiceException { StatusCode: not 0 } refused && (int)refused.StatusCode is >= 400 and < 500)
            return false;
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain })
                return false;
        }

        return true;
    }
}

/// <summary>A call that failed but may have taken effect. The cause is not the inner exception, because the SDK would retry the call based on it.</summary>
internal sealed class SentOnceException(Exception cause) : Exception(cause.Message)
{
    public Exception Cause => cause;
}
