using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Lambda.Logging;
using EventBridgeOps.Lambda.Runtime;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Lambda.Handling;

/// <summary>Handles invocations, each by the task that its event asks for.</summary>
/// <param name="tasks">The tasks.</param>
/// <param name="settings">The configuration.</param>
/// <param name="forced">The handler of all events; null if each event decides.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
internal sealed class Function(Tasks tasks, AutomationSettings settings, AutomationTask? forced, LogWriter log, TimeProvider time)
{
    /// <summary>What is left of the time of an invocation to say what became of it.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(1.5);

    /// <summary>Handles an invocation.</summary>
    /// <param name="invocation">The invocation.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="OpsException">It failed: the event should be delivered again.</exception>
    public async Task<JsonObject> HandleAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        LogObserver observer = new(log, invocation);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan left = invocation.Deadline - time.GetUtcNow() - Reserve;
        using ITimer timer = time.CreateTimer(_ => ending.Cancel(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            JsonObject document = Parse(invocation.Payload);
            AutomationTask task = forced ?? WorkKind.Of(document, settings);
            (AutomationOutcome outcome, JsonObject answer) = task == AutomationTask.DeadLetter
                ? await DeadLettersAsync(document, observer, ending.Token)
                : await RunAsync(task, document, invocation, observer, ending.Token);
            Report(outcome, time.GetElapsedTime(begun), observer);
            return answer;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OpsException(ErrorIds.WaitTimeout, HandlingMessages.Ended(Reserve));
        }
    }

    private async Task<(AutomationOutcome Outcome, JsonObject Answer)> DeadLettersAsync(JsonObject document, IRunObserver observer, CancellationToken cancellationToken)
    {
        JsonObject batch = document["event"] as JsonObject ?? document;
        if (!DeadLetterTask.IsBatch(batch))
            throw new OpsException(ErrorIds.InvalidEvent, HandlingMessages.NotABatch());
        (AutomationOutcome outcome, IReadOnlyList<string> again) = await tasks.DeadLetter.RunAsync(batch, observer, cancellationToken);
        // An empty list says that all are done, and a missing one as well: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html.
        JsonObject answer = new() { ["batchItemFailures"] = new JsonArray([.. again.Select(id => (JsonNode)new JsonObject { ["itemIdentifier"] = id })]) };
        return (outcome, answer);
    }

    private async Task<(AutomationOutcome Outcome, JsonObject Answer)> RunAsync(AutomationTask task, JsonObject document, Invocation invocation, LogObserver observer, CancellationToken cancellationToken)
    {
        AutomationOutcome outcome = task switch
        {
            AutomationTask.ImagePush => await PushAsync(EventOf(document), invocation, observer, cancellationToken),
            AutomationTask.ServiceUpdate => await DeployAsync(EventOf(document), invocation, observer, cancellationToken),
            AutomationTask.ServiceDeployment => await ConcludeAsync(EventOf(document), invocation, observer, cancellationToken),
            AutomationTask.JobState => await JobAsync(EventOf(document), observer, cancellationToken),
            AutomationTask.EventLog => Log(document, observer),
            _ => await DriftAsync(document, invocation, observer, cancellationToken),
        };
        return (outcome, outcome.ToDocument());
    }

    private async Task<AutomationOutcome> PushAsync(EventDocument happened, Invocation invocation, LogObserver observer, CancellationToken cancellationToken)
    {
        if (tasks.ImagePush.Read(happened, observer) is not { } push)
            return Unread(AutomationTask.ImagePush, observer);
        return await OnceAsync(ImagePushTask.Key(push), () => tasks.ImagePush.RunAsync(push, observer, cancellationToken), invocation, observer, cancellationToken);
    }

    private async Task<AutomationOutcome> DeployAsync(EventDocument happened, Invocation invocation, LogObserver observer, CancellationToken cancellationToken)
    {
        if (tasks.ServiceUpdate.Read(happened, observer) is { } ready)
            return await OnceAsync(ServiceUpdateTask.Key(ready), () => tasks.ServiceUpdate.RunAsync(ready, observer, cancellationToken), invocation, observer, cancellationToken);
        AutomationOutcome unread = Unread(AutomationTask.ServiceUpdate, observer);
        await tasks.Announcer.AnnounceAsync(unread, invocation.TraceHeader, observer, cancellationToken);
        return unread;
    }

    private async Task<AutomationOutcome> ConcludeAsync(EventDocument happened, Invocation invocation, LogObserver observer, CancellationToken cancellationToken)
    {
        if (ServiceDeploymentEvent.Read(happened, observer) is not { } deployment || await tasks.ServiceDeployment.FindAsync(deployment, observer, cancellationToken) is not { } own)
            return Unread(AutomationTask.ServiceDeployment, observer);
        return await OnceAsync(ServiceDeploymentTask.Key(deployment), () => tasks.ServiceDeployment.RunAsync(own, deployment, observer, cancellationToken), invocation, observer, cancellationToken);
    }

    private async Task<AutomationOutcome> JobAsync(EventDocument happened, LogObserver observer, CancellationToken cancellationToken)
    {
        if (JobStateTask.Read(happened, observer) is not { } one)
            return Unread(AutomationTask.JobState, observer);
        if (tasks.JobState is { } follow)
            return await follow.RunAsync(one, observer, cancellationToken);
        observer.Warning(HandlingMessages.NoJobTable());
        return Unread(AutomationTask.JobState, observer);
    }

    private Task<AutomationOutcome> DriftAsync(JsonObject document, Invocation invocation, LogObserver observer, CancellationToken cancellationToken) =>
        OnceAsync(document.String("id") is { Length: > 0 } id ? new WorkKey("drift-check", id) : null, () => tasks.Drift.RunAsync(observer, cancellationToken), invocation, observer, cancellationToken);

    private AutomationOutcome Log(JsonObject document, LogObserver observer)
    {
        observer.Write(LogLevel.Info, LogEvents.Event, null, new JsonObject { ["received"] = tasks.Redaction.Apply(document) });
        return new AutomationOutcome { Task = AutomationTask.EventLog, Status = AutomationStatus.Done, Message = observer.Text(HandlingMessages.Logged()) };
    }

    private Task<AutomationOutcome> OnceAsync(WorkKey? key, Func<Task<AutomationOutcome>> run, Invocation invocation, LogObserver observer, CancellationToken cancellationToken) =>
        tasks.Once.RunAsync(
            key, invocation.Deadline,
            async () =>
            {
                AutomationOutcome outcome = await run();
                await tasks.Announcer.AnnounceAsync(outcome, invocation.TraceHeader, observer, cancellationToken);
                return outcome;
            },
            observer, cancellationToken);

    private void Report(AutomationOutcome outcome, TimeSpan duration, LogObserver observer)
    {
        foreach (AutomationItem item in outcome.Items)
            observer.Write(LogLevel.Info, LogEvents.Item, null, item.ToDocument());
        JsonObject fields = outcome.ToDocument();
        fields.Remove("message");
        fields.Remove("items");
        fields["milliseconds"] = (long)duration.TotalMilliseconds;
        observer.Write(outcome.Status == AutomationStatus.Failed ? LogLevel.Error : LogLevel.Info, LogEvents.Done, outcome.Message, fields);
        if (outcome.Task == AutomationTask.EventLog)
            return;
        foreach (JsonObject metrics in Metrics.Of(outcome, settings.ProjectName, duration, time.GetUtcNow()))
            log.Write(metrics);
    }

    /// <summary>What became of an event that asks for nothing, or that could not be read.</summary>
    private static AutomationOutcome Unread(AutomationTask task, LogObserver observer) => observer.FirstFailure is { } failure
        ? new() { Task = task, Status = AutomationStatus.Failed, Message = observer.Text(failure) }
        : new() { Task = task, Status = AutomationStatus.Nothing, Message = HandlingMessages.Skipped(task).ToString() };

    /// <summary>The event of a payload: the payload, or the <c>event</c> of a command.</summary>
    private static EventDocument EventOf(JsonObject document) =>
        EventDocument.Parse(Document.Write(document.ContainsKey("command") && document["event"] is JsonObject inner ? inner : document), "The event");

    private static JsonObject Parse(byte[] payload)
    {
        try
        {
            return Document.Parse(payload);
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidEvent, HandlingMessages.NotAnObject(), e);
        }
    }
}
