using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>What the rules for service <c>delivery</c> do: the operation is the service of the target, the body is the event.</summary>
internal sealed class DeliveryFaults(FaultScript script) : IDeliveryFaults
{
    public DeliveryFault For(Attempt attempt)
    {
        AwsCall call = AwsCall.OfService(attempt.Operation.Call.Region) with
        {
            Service = FaultRule.Delivery,
            Operation = attempt.Target.Arn.Service,
            Body = attempt.Event.Json,
        };
        return script.For(call).Aggregate(DeliveryFault.None, (all, fault) => fault switch
        {
            ThrottleFault => all with { Refusal = Refused("THROTTLING", isRetried: true) },
            InternalErrorFault => all with { Refusal = Refused("INTERNAL_ERROR", isRetried: true) },
            ErrorFault error => all with { Refusal = new(error.Code, error.Message ?? FaultMessages.Injected().ToString()) { IsRetried = error.Status >= 500 } },
            SlowFault slow => all with { Delay = all.Delay + slow.Delay },
            ShuffleFault shuffle => all with { Delay = all.Delay + TimeSpan.FromTicks((long)(shuffle.Window.Ticks * script.Random.Next())) },
            TwiceFault => all with { Twice = true },
            _ => all,
        });
    }

    private static DeliveryRefusal Refused(string code, bool isRetried) => new(code, FaultMessages.Injected().ToString()) { IsRetried = isRetried };
}

/// <summary>The target of a delivery receives the event twice; a call is made twice, and the second answer is the one that is sent.</summary>
internal sealed record TwiceFault : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        await next(call);
        return await next(call);
    }
}

/// <summary>A delivery, or a call, is delayed by a random time, so that what follows may overtake it.</summary>
internal sealed record ShuffleFault(TimeSpan Window) : Fault
{
    internal override async Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next)
    {
        await backstage.Time.Delay(TimeSpan.FromTicks((long)(Window.Ticks * backstage.Random.Next())), backstage.CancellationToken);
        return await next(call);
    }
}
