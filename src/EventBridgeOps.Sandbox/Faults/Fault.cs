using System.Text.Json.Serialization;
using EventBridgeOps.Sandbox.Calls;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>A failure to inject into a call. Faults wrap the call, with the first fault of the script outermost.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ThrottleFault), "throttle")]
[JsonDerivedType(typeof(InternalErrorFault), "internalError")]
[JsonDerivedType(typeof(ErrorFault), "error")]
[JsonDerivedType(typeof(ResetBeforeFault), "resetBefore")]
[JsonDerivedType(typeof(ResetAfterFault), "resetAfter")]
[JsonDerivedType(typeof(SlowFault), "slow")]
[JsonDerivedType(typeof(LateAnswerFault), "lateAnswer")]
[JsonDerivedType(typeof(CutOffBodyFault), "cutOffBody")]
[JsonDerivedType(typeof(MalformedFault), "malformed")]
[JsonDerivedType(typeof(PartialFailureFault), "partialFailure")]
[JsonDerivedType(typeof(ChangeUnderfootFault), "changeUnderfoot")]
[JsonDerivedType(typeof(RepeatTokenFault), "repeatToken")]
[JsonDerivedType(typeof(HoldEffectFault), "holdEffect")]
[JsonDerivedType(typeof(TwiceFault), "twice")]
[JsonDerivedType(typeof(ShuffleFault), "shuffle")]
public abstract record Fault
{
    private protected Fault()
    {
    }

    /// <summary>The throttling error of the service.</summary>
    public static Fault Throttle() => new ThrottleFault();

    /// <summary>The internal error of the service, with status 500 or 503.</summary>
    public static Fault InternalError(int status = 500) => new InternalErrorFault(status);

    /// <summary>Any error: an expired token, a denied access, a concurrent modification.</summary>
    public static Fault Error(int status, string code, string message) => new ErrorFault(status, code, message);

    /// <summary>The connection is reset before the call takes effect.</summary>
    public static Fault ResetBefore() => new ResetBeforeFault();

    /// <summary>The call takes effect, but the connection is reset instead of sending a response.</summary>
    public static Fault ResetAfter() => new ResetAfterFault();

    /// <summary>The call is delayed before it takes effect.</summary>
    public static Fault Slow(TimeSpan delay) => new SlowFault(delay);

    /// <summary>The call takes effect, but its response is delayed.</summary>
    public static Fault LateAnswer(TimeSpan delay) => new LateAnswerFault(delay);

    /// <summary>The call takes effect, but the connection is closed after half of the response body.</summary>
    public static Fault CutOffBody() => new CutOffBodyFault();

    /// <summary>The call takes effect, but the response is status 200 with this body.</summary>
    public static Fault Malformed(string body = "<html>not what you asked for") => new MalformedFault(body);

    /// <summary>
    /// Some entries of PutTargets, RemoveTargets or PutEvents fail in a response with status 200; the others take effect.
    /// </summary>
    /// <param name="code">The error code of the entries.</param>
    /// <param name="ids">The entries that fail: target IDs, or positions ("0") for PutEvents. Null: each entry fails with <paramref name="probability"/>.</param>
    /// <param name="probability">The probability that an entry fails if no IDs are specified.</param>
    public static Fault PartialFailure(string code = "ThrottlingException", IReadOnlyList<string>? ids = null, double probability = 1) =>
        new PartialFailureFault(code, ids, probability);

    /// <summary>Another call is made in the same Region just before this call, as if by another client.</summary>
    /// <param name="service">The service of the other call: events or batch.</param>
    /// <param name="operation">The operation of the other call.</param>
    /// <param name="body">The input of the other call, as JSON.</param>
    public static Fault ChangeUnderfoot(string service, string operation, string body) => new ChangeUnderfootFault(service, operation, body);

    /// <summary>A list operation always returns its first page, with the same token.</summary>
    public static Fault RepeatToken() => new RepeatTokenFault();

    /// <summary>
    /// Eventual consistency: after this write, each read operation of the service returns the previous state for this number of calls.
    /// </summary>
    public static Fault HoldEffect(int reads) => new HoldEffectFault(reads);

    /// <summary>A delivery reaches its target twice, as at-least-once delivery allows; a call takes effect twice.</summary>
    public static Fault Twice() => new TwiceFault();

    /// <summary>A delivery, or a call, is delayed by a random time up to this one, so that the order changes.</summary>
    public static Fault Shuffle(TimeSpan window) => new ShuffleFault(window);

    internal abstract Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next);
}

/// <summary>What faults work with behind the caller's back.</summary>
internal sealed record Backstage(Services Services, Randomness Random, TimeProvider Time, CancellationToken CancellationToken)
{
    public HttpResponse Fail(AwsCall call, AwsError error) => call.Protocol.Fail(error, Random.Id());
}
