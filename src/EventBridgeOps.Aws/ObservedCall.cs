namespace EventBridgeOps.Aws;

/// <summary>One attempt of one call, as it went over the wire: for a debug line. It carries no body and no secret.</summary>
/// <param name="Service">The service's signing name: <c>events</c>, <c>batch</c>, <c>ecr</c>, <c>sts</c>.</param>
/// <param name="Operation">The API operation, for example <c>PutTargets</c>.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="RequestId">The service's request id, for AWS support; null when it gave none.</param>
/// <param name="Elapsed">From sending to the answer's last byte.</param>
/// <param name="Attempt">1 for the first attempt, 2 and on for retries.</param>
public sealed record ObservedCall(string Service, string Operation, int Status, string? RequestId, TimeSpan Elapsed, int Attempt);
