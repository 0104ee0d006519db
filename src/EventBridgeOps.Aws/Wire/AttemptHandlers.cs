using Amazon.Runtime;
using Amazon.Runtime.Internal;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Before an attempt is signed it waits for its turn.</summary>
internal sealed class PacingHandler(RequestPacer pacer) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        await pacer.WaitAsync(executionContext.RequestContext.CancellationToken);
        return await base.InvokeAsync<T>(executionContext);
    }
}

/// <summary>One signed attempt of a call: it has only so much time, and so have all attempts together.</summary>
internal sealed class AttemptHandler(RequestPacer? pacer, TimeProvider time) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        RequestContext context = (RequestContext)executionContext.RequestContext;
        CancellationToken callersToken = context.CancellationToken;
        if (context.OriginalRequest is DocumentRequest { Operation.Patience: { } patience })
            AttemptTime.Allow(context, patience);
        TimeSpan limit = AttemptTime.Left(context);
        if (limit <= TimeSpan.Zero)
            throw new TimeoutException(WireMessages.NoResponse(AttemptTime.All.TotalSeconds).ToString());
        using CancellationTokenSource expiry = time.CreateCancellationTokenSource(limit);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(callersToken, expiry.Token);
        context.CancellationToken = either.Token;
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (AmazonServiceException error)
        {
            if (TimedRetryPolicy.IsThrottled(error))
                pacer?.Throttled();
            throw;
        }
        catch (Exception) when (expiry.IsCancellationRequested && !callersToken.IsCancellationRequested)
        {
            AttemptTime.Add(context, limit);
            throw new TimeoutException(WireMessages.NoResponse(limit.TotalSeconds).ToString());
        }
        finally
        {
            context.CancellationToken = callersToken;
        }
    }
}

/// <summary>Observes each attempt of the calls to a service, including those of the clients of the SDK.</summary>
internal sealed class ObservingHandler(AwsService service, TimeProvider time, Action<ObservedCall> observe) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        IRequestContext context = executionContext.RequestContext;
        long start = time.GetTimestamp();
        try
        {
            T response = await base.InvokeAsync<T>(executionContext);
            Tell(context, start, (int)response.HttpStatusCode, response.ResponseMetadata?.RequestId);
            return response;
        }
        catch (AmazonServiceException error)
        {
            Tell(context, start, (int)error.StatusCode, error.RequestId);
            throw;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Tell(context, start, 0, null);
            throw;
        }
    }

    private void Tell(IRequestContext context, long start, int status, string? requestId)
    {
        string operation = context.OriginalRequest is DocumentRequest ours ? ours.Operation.Name : context.RequestName.Replace("Request", "");
        TimeSpan elapsed = time.GetElapsedTime(start);
        observe(new ObservedCall(service.SigningName, operation, status, requestId, elapsed, context.Retries + 1)
        {
            RequestBody = BodyHandler.Request(context) is { } sent ? BodyText.Show(sent) : null,
            AnswerBody = BodyHandler.Answer(context) is { } answered ? BodyText.Show(answered) : null,
        });
    }
}
