using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Faults;

internal sealed record HoldEffectFault(int Reads) : Fault
{
    internal override Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        backstage.Services.Hold(call.Region, call.Service, Reads);
        return next(call);
    }
}

internal sealed record ChangeUnderfootFault(string Service, string Operation, string Body) : Fault
{
    internal override Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        AwsCall other = call with { Service = Service, Operation = Operation, Input = RawDocument.Parse(Body), Body = Body };
        try
        {
            backstage.Services.Run(other);
        }
        catch (AwsError e)
        {
            throw new InvalidOperationException(FaultMessages.ChangeRejected(Service, Operation, e.Message).ToString(), e); // An error in the script, not of the caller.
        }

        return next(call);
    }
}
