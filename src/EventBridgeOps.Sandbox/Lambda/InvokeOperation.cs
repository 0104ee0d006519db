using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>Invoke: it is accepted with the world's lock, and waits for the function without it.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html</remarks>
internal static class InvokeOperation
{
    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, and 1 MB for an event.</summary>
    private const int MostBytes = 6 * 1024 * 1024;

    /// <summary>Checks an invocation, and takes on what is asynchronous.</summary>
    public static RawDocument Accept(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.OneOf("invocationType", input["InvocationType"], "Event", "RequestResponse", "DryRun");
        constraints.OneOf("logType", input["LogType"], "None", "Tail");
        constraints.Check();
        LambdaErrors.CheckKnown(input, "", "FunctionName", "Qualifier", "InvocationType", "LogType", "Payload");
        Function function = Function.At(operation);
        if (!function.IsRun)
            throw new AwsError(502, "InvalidRuntimeException", LambdaMessages.NotRun(function.Name, function.Runtime).ToString());
        byte[] payload = Payload(input);
        bool isEvent = input.Text("InvocationType") == "Event";
        if (payload.Length > (isEvent ? AsyncInvocations.MostBytes : MostBytes))
            throw new AwsError(413, "RequestTooLargeException", $"{payload.Length} byte payload is too large for the {(isEvent ? "Event" : "RequestResponse")} invocation type (limit {(isEvent ? AsyncInvocations.MostBytes : MostBytes)} bytes)");
        if (payload.Length > 0 && !IsJson(payload, out string? reason))
            throw new AwsError(400, "InvalidRequestContentException", $"Could not parse request body into json: {reason}");
        if (payload.Length == 0)
            payload = "{}"u8.ToArray(); // As the service does for an invocation without payload.

        if (input.Text("InvocationType") == "DryRun")
            return Output(204, operation.Account.Random.Id());
        return isEvent ? Output(202, AsyncInvocations.Accept(operation, function, payload)) : Output(200, operation.Account.Random.Id());
    }

    /// <summary>Runs a synchronous invocation that was accepted.</summary>
    public static async Task<RawDocument> FinishAsync(Operation operation, RawDocument accepted, CancellationToken cancellationToken)
    {
        if (accepted.Number("StatusCode") != 200)
            return accepted;

        byte[] payload = Payload(operation.Input);
        Task<InvocationResult> running = operation.Account.Functions!.InvokeAsync(
            Function.At(operation).Invocation(accepted.Text("RequestId")!, payload.Length > 0 ? payload : "{}"u8.ToArray()) with { TraceHeader = operation.Call.TraceHeader });
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        await Task.WhenAny(running, cancelled.Task);
        cancellationToken.ThrowIfCancellationRequested();
        InvocationResult result = await running;
        return accepted
            .With("ExecutedVersion", "$LATEST")
            .With("FunctionError", result.Error)
            .With("LogResult", operation.Input.Text("LogType") == "Tail" ? Convert.ToBase64String(result.Log) : null)
            .With("Payload", Convert.ToBase64String(result.Payload));
    }

    private static RawDocument Output(int status, string requestId) => RawDocument.Empty.With("StatusCode", status).With("RequestId", requestId);

    private static byte[] Payload(RawDocument input) => Convert.FromBase64String(input.Text("Payload") ?? "");

    private static bool IsJson(byte[] payload, out string? reason)
    {
        try
        {
            Json.Parse(payload);
            reason = null;
            return true;
        }
        catch (System.Text.Json.JsonException e)
        {
            reason = e.Message;
            return false;
        }
    }
}
