using EventBridgeOps.Events.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Wire;

/// <summary>One attempt of one call, for debug lines. It contains no secrets.</summary>
/// <param name="Service">The service's signing name: <c>events</c>, <c>batch</c>, <c>ecr</c>, <c>sts</c>, <c>dynamodb</c>.</param>
/// <param name="Operation">The API operation, for example <c>PutTargets</c>.</param>
/// <param name="Status">The HTTP status; 0 if no response was received.</param>
/// <param name="RequestId">The request ID, for AWS Support; null if the service returned none.</param>
/// <param name="Elapsed">The time from sending the request to the last byte of the response.</param>
/// <param name="Attempt">1 for the first attempt, 2 and on for retries.</param>
public sealed record ObservedCall(string Service, string Operation, int Status, string? RequestId, TimeSpan Elapsed, int Attempt)
{
    /// <summary>The environment variable that, set to <c>1</c>, shows the bodies as well.</summary>
    public const string BodiesVariable = "EBOPS_DEBUG_BODIES";

    /// <summary>The body of the request, as <see cref="BodyText"/> shows it; null if bodies are not shown.</summary>
    public string? RequestBody { get; init; }

    /// <summary>The body of the response; null if bodies are not shown or none was received.</summary>
    public string? AnswerBody { get; init; }

    /// <summary>The lines to show: the call, and its bodies if they are shown.</summary>
    public IEnumerable<string> Lines()
    {
        yield return WireMessages.Observed(this, Math.Round(Elapsed.TotalMilliseconds), Attempt).ToString();
        if (RequestBody is not null)
            yield return WireMessages.RequestBody(Service, Operation, RequestBody).ToString();
        if (AnswerBody is not null)
            yield return WireMessages.ResponseBody(Service, Operation, AnswerBody).ToString();
    }

    /// <summary>For how long nothing may be seen of a run before its calls are shown as progress.</summary>
    public static TimeSpan Quiet { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The progress to show while a run has nothing else to show, as it reads pages without items.</summary>
    /// <param name="calls">How many calls there were.</param>
    public RunProgress Progress(int calls) => new(WireMessages.Waiting(), calls, null, $"{Service} {Operation}");

    /// <summary>The first line.</summary>
    public override string ToString() => Lines().First();
}
