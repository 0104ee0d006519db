using System.Collections.Concurrent;
using EventBridgeOps.Sandbox.Calls;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Doors;

/// <summary>
/// The way of an AWS request: what it asks for, latency, quota, credentials, faults, the service, the call log.
/// </summary>
internal sealed class FrontDoor(SandboxOptions options, Services services, FaultScript faults, Randomness random)
{
    private const int MostCalls = 100_000;

    private readonly CallReader reader = new(options.Region);
    private readonly ConcurrentQueue<SandboxCall> calls = new();
    private readonly Quota? quota = options.RequestsPerSecond is { } rate
        ? new(rate, options.Burst ?? Math.Max(1, (int)Math.Ceiling(rate)), options.TimeProvider)
        : null;

    public IReadOnlyList<SandboxCall> Calls => calls.ToArray();

    public void ClearCalls()
    {
        while (calls.TryDequeue(out _))
        {
            // Until it is empty.
        }
    }

    public async Task<HttpResponse> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        AwsCall call;
        try
        {
            call = reader.Read(request);
        }
        catch (CallReader.Refusal refusal)
        {
            return refusal.Protocol.Fail(refusal.Error, random.Id());
        }

        DateTimeOffset arrived = options.TimeProvider.GetUtcNow();
        HttpResponse response = await AnswerAsync(call, cancellationToken);
        calls.Enqueue(new(
            call.Service, call.Operation, call.Region, response.Status, response.ErrorCode, arrived, options.RecordBodies ? call.Body : null));
        while (calls.Count > MostCalls)
            calls.TryDequeue(out _);
        return response;
    }

    private async Task<HttpResponse> AnswerAsync(AwsCall call, CancellationToken cancellationToken)
    {
        if (options.Latency > TimeSpan.Zero)
            await options.TimeProvider.Delay(options.Latency, cancellationToken);

        Backstage backstage = new(services, faults.Random, options.TimeProvider, cancellationToken);
        try
        {
            if (quota?.Take($"{call.Region} {call.Service}") == false)
                throw call.Protocol.TooFast();
            if (call.AccessKey is null && !QueryCall.MayBeUnsigned(call))
                throw new AwsError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");

            Func<AwsCall, Task<HttpResponse>> run = asked => Run(asked, cancellationToken);
            foreach (Fault? fault in faults.For(call).Reverse())
            {
                Func<AwsCall, Task<HttpResponse>> next = run;
                run = changed => fault.ApplyAsync(changed, backstage, next);
            }

            return await run(call);
        }
        catch (AwsError error)
        {
            return backstage.Fail(call, error);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A defect of the sandbox or of a fault script. The caller gets an error instead of a closed connection.
            return backstage.Fail(call, new(500, "InternalFailure", CallMessages.SandboxFailed(e.Message).ToString()));
        }
    }

    private async Task<HttpResponse> Run(AwsCall call, CancellationToken cancellationToken)
    {
        try
        {
            return call.Protocol.Succeed(call.Operation, await services.RunAsync(call, cancellationToken), random.Id());
        }
        catch (AwsError error)
        {
            return call.Protocol.Fail(error, random.Id());
        }
    }
}

/// <summary>A call that the sandbox received.</summary>
/// <param name="Service">The service: events, batch, ecr, sqs or sts.</param>
/// <param name="Operation">The name of the operation.</param>
/// <param name="Region">The Region that the request was signed for.</param>
/// <param name="Status">The HTTP status of the response; 0 if the connection was reset.</param>
/// <param name="ErrorCode">The error code, if the response is an error.</param>
/// <param name="StartedAt">The time at which the request arrived.</param>
/// <param name="Body">The body of the request, if bodies are recorded.</param>
public sealed record SandboxCall(
    string Service, string Operation, string Region, int Status, string? ErrorCode, DateTimeOffset StartedAt, string? Body);
