using System.Text.Json.Serialization;
using EventBridgeOps.Sandbox.Calls;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>Something that goes wrong with a call. Faults are laid around the call like shells, the first of the script outermost.</summary>
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
public abstract record Fault
{
    private protected Fault()
    {
    }

    /// <summary>The service's own "asked too often" error.</summary>
    public static Fault Throttle() => new ThrottleFault();

    /// <summary>The service's own internal error, with status 500 or 503.</summary>
    public static Fault InternalError(int status = 500) => new InternalErrorFault(status);

    /// <summary>Any error: an expired token, a denied access, a concurrent modification.</summary>
    public static Fault Error(int status, string code, string message) => new ErrorFault(status, code, message);

    /// <summary>The connection is reset before anything took effect.</summary>
    public static Fault ResetBefore() => new ResetBeforeFault();

    /// <summary>The call takes effect, and the connection is reset instead of the answer.</summary>
    public static Fault ResetAfter() => new ResetAfterFault();

    /// <summary>The call waits that long before it begins.</summary>
    public static Fault Slow(TimeSpan delay) => new SlowFault(delay);

    /// <summary>The call takes effect, and its answer waits that long.</summary>
    public static Fault LateAnswer(TimeSpan delay) => new LateAnswerFault(delay);

    /// <summary>The call takes effect, half of the answer's body is sent, and the connection is closed.</summary>
    public static Fault CutOffBody() => new CutOffBodyFault();

    /// <summary>The call takes effect, and the answer is status 200 with that body instead of its own.</summary>
    public static Fault Malformed(string body = "<html>not what you asked for") => new MalformedFault(body);

    /// <summary>
    /// Some entries of PutTargets, RemoveTargets or PutEvents fail inside an answer with status 200; the others take effect.
    /// </summary>
    /// <param name="code">The entries' error code.</param>
    /// <param name="ids">Which: target ids, or for PutEvents positions ("0"). None given: each with <paramref name="probability"/>.</param>
    /// <param name="probability">How probable an entry's failure is when no ids are given.</param>
    public static Fault PartialFailure(string code = "ThrottlingException", IReadOnlyList<string>? ids = null, double probability = 1) =>
        new PartialFailureFault(code, ids, probability);

    /// <summary>Just before the call another one is made in its region, as if by somebody else.</summary>
    /// <param name="service">The other call's service: events or batch.</param>
    /// <param name="operation">Its operation.</param>
    /// <param name="body">Its input as JSON.</param>
    public static Fault ChangeUnderfoot(string service, string operation, string body) => new ChangeUnderfootFault(service, operation, body);

    /// <summary>A list's answer is always its first page and always carries the same token.</summary>
    public static Fault RepeatToken() => new RepeatTokenFault();

    /// <summary>
    /// Eventual consistency: after this write, each read operation of the service answers that many times from the state before it.
    /// </summary>
    public static Fault HoldEffect(int reads) => new HoldEffectFault(reads);

    internal abstract Task<HttpResponse> ApplyAsync(AwsCall call, Backstage backstage, Func<AwsCall, Task<HttpResponse>> next);
}

/// <summary>What faults work with behind the caller's back.</summary>
internal sealed record Backstage(Services Services, Randomness Random, TimeProvider Time, CancellationToken CancellationToken)
{
    public HttpResponse Fail(AwsCall call, AwsError error) => call.Protocol.Fail(error, Random.Id());
}
