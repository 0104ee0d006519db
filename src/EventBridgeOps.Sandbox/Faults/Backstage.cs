using EventBridgeOps.Sandbox.Calls;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>What faults work with behind the caller's back.</summary>
internal sealed record Backstage(Services Services, Randomness Random, TimeProvider Time, CancellationToken CancellationToken)
{
    public HttpResponse Fail(AwsCall call, AwsError error) => call.Protocol.Fail(error, Random.Id());
}
