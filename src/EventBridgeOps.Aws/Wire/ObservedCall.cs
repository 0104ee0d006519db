using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Wire;

/// <summary>One attempt of one call, as it went over the wire: for debug lines. It carries no secret.</summary>
/// <param name="Service">The service's signing name: <c>events</c>, <c>batch</c>, <c>ecr</c>, <c>sts</c>, <c>dynamodb</c>.</param>
/// <param name="Operation">The API operation, for example <c>PutTargets</c>.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="RequestId">The service's request id, for AWS support; null when it gave none.</param>
/// <param name="Elapsed">From sending to the answer's last byte.</param>
/// <param name="Attempt">1 for the first attempt, 2 and on for retries.</param>
public sealed record ObservedCall(string Service, string Operation, int Status, string? RequestId, TimeSpan Elapsed, int Attempt)
{
    /// <summary>The environment variable that, set to <c>1</c>, has the bodies told too.</summary>
    public const string BodiesVariable = "EBOPS_DEBUG_BODIES";

    /// <summary>What was sent, as <see cref="BodyText"/> shows it; null where the bodies are not wanted.</summary>
    public string? RequestBody { get; init; }

    /// <summary>What was answered, likewise; null where the bodies are not wanted, and where none came.</summary>
    public string? AnswerBody { get; init; }

    /// <summary>The lines for people: the call, and its bodies where they are wanted.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Service}:{Operation} {(Status == 0 ? "no answer" : $"HTTP {Status}")}, {Elapsed.TotalMilliseconds:0} ms, attempt {Attempt}, request id {RequestId ?? "none"}";
        if (RequestBody is not null)
            yield return $"{Service}:{Operation} request: {RequestBody}";
        if (AnswerBody is not null)
            yield return $"{Service}:{Operation} answer: {AnswerBody}";
    }

    /// <summary>The first line.</summary>
    public override string ToString() => Lines().First();
}
