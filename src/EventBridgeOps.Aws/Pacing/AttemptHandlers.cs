using Amazon.Runtime;
using Amazon.Runtime.Internal;
using EventBridgeOps.Aws.Wire;

namespace EventBridgeOps.Aws.Pacing;

/// <summary>Before an attempt is signed it waits for its turn.</summary>
internal sealed class PacingHandler(RequestPacer pacer) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        await pacer.WaitAsync(executionContext.RequestContext.CancellationToken);
        return await base.InvokeAsync<T>(executionContext);
    }
}

/// <summary>One signed attempt of a call: it has only so much time, and is told of.</summary>
internal sealed class AttemptHandler(RequestPacer pacer, TimeProvider time, Action<ObservedCall> observe) : PipelineHandler
{
    /// <summary>No control-plane call takes as long; HttpClient's own limit does not cover a body that stops arriving.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        RequestContext context = (RequestContext)executionContext.RequestContext;
        CancellationToken callersToken = context.CancellationToken;
        long start = time.GetTimestamp();
        using CancellationTokenSource expiry = time.CreateCancellationTokenSource(Limit);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(callersToken, expiry.Token);
        context.CancellationToken = either.Token;
        try
        {
            T response = await base.InvokeAsync<T>(executionContext);
            Tell(context, start, (int)response.HttpStatusCode, response.ResponseMetadata?.RequestId);
            return response;
        }
        catch (AmazonServiceException error)
        {
            if (TimedRetryPolicy.IsThrottled(error))
                pacer.Throttled();
            Tell(context, start, (int)error.StatusCode, error.RequestId);
            throw;
        }
        catch (Exception) when (expiry.IsCancellationRequested && !callersToken.IsCancellationRequested)
        {
            Tell(context, start, 0, null);
            throw new TimeoutException($"There was no answer within {Limit.TotalSeconds:0} seconds.");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Tell(context, start, 0, null);
            throw;
        }
        finally
        {
            context.CancellationToken = callersToken;
        }
    }

    private void Tell(RequestContext context, long start, int status, string? requestId)
    {
        ServiceOperation operation = ((DocumentRequest)context.OriginalRequest).Operation;
        observe(new ObservedCall(operation.Service.SigningName, operation.Name, status, requestId, time.GetElapsedTime(start), context.Retries + 1));
    }
}
