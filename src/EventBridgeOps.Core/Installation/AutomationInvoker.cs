using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Installation;

/// <summary>What to invoke the function with.</summary>
[Request]
public sealed partial record InvokeRequest : AutomationQuery
{
    /// <summary>The handler to run, for example `drift-check`.</summary>
    [Option("handler", Otherwise = "the one of the event")]
    public string? Command { get; init; }

    /// <summary>The event to handle, as JSON text.</summary>
    [Option("json", Name = "Event")]
    public string? EventText { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (Command is null && EventText is null)
            throw new OpsException(ErrorIds.InvalidArgument, InstallationMessages.NothingToInvoke());
    }

    /// <summary>What the function is invoked with.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: the event is not a JSON object.</exception>
    internal JsonObject Payload()
    {
        JsonObject? happened = EventText is null ? null : Parse(EventText);
        if (Command is null)
            return happened!;
        JsonObject payload = new() { ["command"] = Command };
        if (happened is not null)
            payload["event"] = happened;
        return payload;
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return Document.Parse(text);
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidEvent, InstallationMessages.EventNotAnObject(), e);
        }
    }
}

/// <summary>An invocation of the function, and what became of it.</summary>
[Record("Invocations", State = nameof(Status), Layout = RecordLayout.Lines)]
[Column("Task", nameof(Task))]
[Column("Status", nameof(Status))]
[Column("Message", nameof(Message))]
[Column("Changes", nameof(ChangeIds), Label = nameof(ChangeIds), Form = ColumnForm.List)]
public sealed partial record FunctionRun
{
    /// <summary>The name of the function.</summary>
    [Field(Unlisted = true)]
    public required string FunctionName { get; init; }

    /// <summary>What was done: <c>DriftCheck</c>, <c>ImagePush</c>, ...; null for dead letters, whose answer contains only the messages that failed.</summary>
    public string? Task { get; init; }

    /// <summary>How it ended.</summary>
    public FunctionRunStatus Status { get; init; }

    /// <summary>What changed and why.</summary>
    public string? Message { get; init; }

    /// <summary>The changes in the journal.</summary>
    public IReadOnlyList<string> ChangeIds { get; init; } = [];

    /// <summary>The answer of the function as JSON text.</summary>
    [Field(Document = true)]
    public required string Answer { get; init; }

    /// <summary>The task and how it ended.</summary>
    public override string ToString() => $"{Task} {Status}";
}

/// <summary>How an invocation ended.</summary>
public enum FunctionRunStatus : long
{
    /// <summary>It was done.</summary>
    [State(Tone.Good)]
    Done,

    /// <summary>There was nothing to do.</summary>
    [State(Tone.Good)]
    Nothing,

    /// <summary>A deployment was started; Amazon ECS reports its end.</summary>
    [State(Tone.Good)]
    Started,

    /// <summary>It failed.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failed,
}

/// <summary>Invokes the function of an installation.</summary>
/// <param name="functions">AWS Lambda.</param>
public sealed class AutomationInvoker(IFunctionApi functions)
{
    /// <summary>Invokes it, and waits for the answer.</summary>
    /// <param name="request">With what.</param>
    /// <param name="approve">Asks whether to invoke it.</param>
    /// <param name="observer">Spells what is asked.</param>
    /// <param name="cancellationToken">Ends the wait; the function continues.</param>
    /// <returns>The outcome; null if it was not invoked.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.FunctionFailed"/>: the function ended with an error.</exception>
    public async Task<FunctionRun?> InvokeAsync(InvokeRequest request, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        request.Check();
        JsonObject payload = request.Payload();
        if (await approve(new PlannedChange(observer.Text(InstallationMessages.FunctionNamed(request.StackName)), InstallationMessages.Invoke(request.Command)), cancellationToken) != Approval.Write)
            return null;
        JsonObject answer = await RunAsync(request.StackName, payload, cancellationToken);
        if (answer["task"] is null && answer["batchItemFailures"] is null)
            throw new OpsException(ErrorIds.MalformedAnswer, InstallationMessages.NoOutcome(request.StackName));
        return new FunctionRun
        {
            FunctionName = request.StackName,
            Task = answer.String("task"),
            Status = Enum.TryParse(answer.String("status"), out FunctionRunStatus status) ? status : answer["batchItemFailures"] is JsonArray { Count: > 0 } ? FunctionRunStatus.Failed : FunctionRunStatus.Done,
            Message = answer.String("message"),
            ChangeIds = [.. (answer["changeIds"] as JsonArray ?? []).Select(Document.Text).OfType<string>()],
            Answer = Document.Write(answer),
        };
    }

    /// <summary>Tries whether the function starts and answers, with an event that it only logs.</summary>
    /// <param name="function">The name of the function.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FunctionFailed"/>: it does not.</exception>
    internal async Task TryAsync(string function, CancellationToken cancellationToken)
    {
        JsonObject happened = new() { ["source"] = "EventBridgeOps", ["detail-type"] = "Installation Test", ["detail"] = new JsonObject() };
        await RunAsync(function, new JsonObject { ["command"] = "event-log", ["event"] = happened }, cancellationToken);
    }

    private async Task<JsonObject> RunAsync(string function, JsonObject payload, CancellationToken cancellationToken)
    {
        FunctionAnswer answer = await functions.InvokeAsync(function, payload, cancellationToken);
        return answer.Error is null ? answer.Document : throw new OpsException(ErrorIds.FunctionFailed, InstallationMessages.FunctionFailed(function, answer.Document.String("errorType") ?? answer.Error, answer.Document.String("errorMessage")));
    }
}
