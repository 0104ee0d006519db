using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Sends requests so that no job is lost: recorded first, then sent, then marked. A crash in between leaves the job <see cref="MvpJobState.Pending"/>.</summary>
/// <param name="store">The job store.</param>
/// <param name="publisher">Sends the events.</param>
/// <param name="ids">Creates new IDs.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class MvpSender(IMvpJobStore store, EventPublisher publisher, IdSource ids, ItemRetry retry, TimeProvider time)
{
    private readonly JobMover _mover = new(store, retry);

    /// <summary>Sends requests.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="eventBusName">The event bus of requests that do not name one; null for the default event bus, if no other one has a rule for them.</param>
    /// <param name="throttleLimit">The maximum number of concurrent writes to the store, and of concurrent calls.</param>
    /// <param name="approve">Asks whether to send a request.</param>
    /// <param name="observer">Receives progress and failures; the run continues.</param>
    /// <param name="cancellationToken">Cancels the run immediately; jobs that were recorded, but not marked as sent, are pending.</param>
    /// <returns>One result for each request, in their order.</returns>
    public IAsyncEnumerable<MvpSendResult> SendAsync(
        IAsyncEnumerable<MvpRequest> requests, string? eventBusName, int throttleLimit, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        new PublishOptions { ThrottleLimit = throttleLimit }.Check();
        IAsyncEnumerable<Outgoing<Draft>> recorded = OrderedParallel.SelectAsync(DraftAsync(requests, eventBusName, approve, observer, cancellationToken), throttleLimit, (draft, token) => RecordAsync(draft, observer, token), cancellationToken);
        return FinishAsync(recorded, throttleLimit, observer, cancellationToken);
    }

    /// <summary>Sends the events of pending jobs again, with the same IDs.</summary>
    /// <param name="jobs">The jobs, all pending.</param>
    /// <param name="databaseUrl">The plain database URL, for jobs that had one.</param>
    /// <param name="throttleLimit">The maximum number of concurrent calls.</param>
    /// <param name="approve">Asks whether to send a job.</param>
    /// <param name="observer">Receives progress and failures; the run continues.</param>
    /// <param name="cancellationToken">Ends all at once.</param>
    public IAsyncEnumerable<MvpSendResult> ResendAsync(
        IAsyncEnumerable<MvpJob> jobs, string? databaseUrl, int throttleLimit, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        new PublishOptions { ThrottleLimit = throttleLimit }.Check();
        return FinishAsync(ResendDraftsAsync(jobs, databaseUrl, approve, observer, cancellationToken), throttleLimit, observer, cancellationToken);
    }

    private async IAsyncEnumerable<MvpSendResult> FinishAsync(IAsyncEnumerable<Outgoing<Draft>> recorded, int throttleLimit, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int done = 0;
        await foreach (MvpSendResult result in OrderedParallel.SelectAsync(publisher.SendAsync(recorded, throttleLimit, observer.Voice, cancellationToken), throttleLimit, (item, token) => MarkAsync(item, observer, token), cancellationToken))
        {
            if (result.ErrorId is { } id)
                observer.Failed(new ItemFailure(new OpsException(id, JobMessages.RequestFailed(result.JobId, result.UserId, result.ProductId, result.Reason)), result));
            observer.Progress(new RunProgress(JobMessages.SendingRequests(), ++done, null, result.JobId));
            yield return result with { StorePath = store.StorePath, TableName = store.TableName };
        }
    }

    private async IAsyncEnumerable<Draft> DraftAsync(
        IAsyncEnumerable<MvpRequest> requests, string? eventBusName, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool warned = false;
        await foreach (MvpRequest request in requests.WithCancellation(cancellationToken))
        {
            Draft draft = Prepare(request, eventBusName, observer);
            if (draft.Job is { } job && await publisher.Presence.FaultAsync(job.EventBusName, observer, cancellationToken) is { } absence)
                draft = draft with { Job = null, Result = Failed(draft.Result, ErrorIds.EventBusNotFound, absence, observer) };
            else if (draft.Job is not null && (request.EventBusName ?? eventBusName) is null && await publisher.Presence.MissedAsync(draft.Entry, time, observer, cancellationToken) is { } missed)
                draft = draft with { Job = null, Result = Refused(draft.Result, missed, observer) };
            if (draft.Result.Status != EventStatus.Failed)
            {
                Message action = JobMessages.Send(MvpEvent.DetailType, draft.Job!.JobId, request.UserId, request.ProductId, draft.DatabaseUrl is not null, draft.Preview);
                Approval approval = await approve(new PlannedChange(observer.Text(JobMessages.EventBus(draft.Job.EventBusName)), action), cancellationToken);
                if (approval != Approval.Write)
                    draft = draft with { Job = null, Result = draft.Result with { Status = approval == Approval.WhatIf ? EventStatus.WouldSend : EventStatus.Skipped } };
                else if (draft.DatabaseUrl is not null && !warned)
                {
                    warned = true;
                    observer.Warning(JobMessages.PlainDatabaseUrlSent());
                }
            }

            yield return draft;
        }
    }

    private Draft Prepare(MvpRequest request, string? eventBusName, IRunObserver observer)
    {
        DateTimeOffset now = time.GetUtcNow();
        string jobId = request.JobId ?? ids.Next("job");
        string bus = request.EventBusName ?? eventBusName ?? BusName.Default;
        MvpSendResult result = new() { JobId = jobId, UserId = request.UserId, ProductId = request.ProductId, EventBusName = bus };
        IReadOnlyList<Message> faults = MvpRequestCheck.Faults(request);
        if (faults.Count > 0)
            return new Draft(Refused(result, JobMessages.Faults(request.Origin, Message.Join("; ", faults)), observer), null, null);

        System.Text.Json.Nodes.JsonObject detail = MvpEvent.Detail(request, jobId, now);
        bool isPlain = request.DatabaseUrl is { } url && !MvpRequestCheck.IsSecretArn(url);
        if (request.DatabaseUrl is not null && !isPlain)
            detail = MvpEvent.WithDatabase(detail, request.DatabaseUrl);
        MvpJob job = new()
        {
            JobId = jobId,
            UserId = request.UserId!,
            ProductId = request.ProductId!,
            BusinessName = request.BusinessName ?? request.Metadata?.String(MvpEvent.BusinessNameField),
            Priority = MvpEvent.Name(request.Priority),
            EventBusName = bus,
            CreatedAt = now,
            UpdatedAt = now,
            Detail = Document.Write(detail),
            NeedsDatabaseUrl = isPlain,
            History = [new MvpJobStep(MvpJobState.Pending, now, null)],
            RecordId = ids.Next("rec"),
            Version = 1,
        };
        Draft draft = new(result, job, isPlain ? request.DatabaseUrl : null);
        return EventPublisher.Fault(draft.Entry) is { } fault ? draft with { Job = null, Result = Refused(result, fault, observer) } : draft;
    }

    private async Task<Outgoing<Draft>> RecordAsync(Draft draft, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (draft.Job is null)
            return new Outgoing<Draft>(draft, null);
        try
        {
            await retry.RunAsync(() => CreateAsync(draft.Job, cancellationToken), cancellationToken);
            return new Outgoing<Draft>(draft with { Result = draft.Result with { State = MvpJobState.Pending } }, draft.Entry);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new Outgoing<Draft>(draft with { Job = null, Result = draft.Result with { Status = EventStatus.Failed, ErrorId = e.ErrorId, Reason = observer.Text(e) } }, null);
        }
    }

    private async Task<bool> CreateAsync(MvpJob job, CancellationToken cancellationToken)
    {
        try
        {
            await store.CreateAsync(job, cancellationToken);
        }
        catch (OpsException e) when (e.ErrorId == ErrorIds.JobExists)
        {
            // If a first attempt was accepted and only its response was lost, the job is our own.
            if ((await store.FindAsync(job.JobId, cancellationToken))?.RecordId != job.RecordId)
                throw;
        }

        return true;
    }

    private async IAsyncEnumerable<Outgoing<Draft>> ResendDraftsAsync(IAsyncEnumerable<MvpJob> jobs, string? databaseUrl, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (MvpJob job in jobs.WithCancellation(cancellationToken))
        {
            Draft draft = new(MvpSendResult.Of(job, EventStatus.Failed) with { State = job.State }, job, job.NeedsDatabaseUrl ? databaseUrl : null);
            if (job.NeedsDatabaseUrl && databaseUrl is null)
            {
                draft = draft with { Job = null, Result = Refused(draft.Result, JobMessages.DatabaseUrlNeeded(), observer) };
            }
            else if (await publisher.Presence.FaultAsync(job.EventBusName, observer, cancellationToken) is { } absence)
            {
                draft = draft with { Job = null, Result = Failed(draft.Result, ErrorIds.EventBusNotFound, absence, observer) };
            }
            else
            {
                Approval approval = await approve(new PlannedChange(job.JobId, JobMessages.Resend(MvpEvent.DetailType, job.EventBusName, MvpEvent.Time(job.CreatedAt), draft.Preview)), cancellationToken);
                if (approval != Approval.Write)
                    draft = draft with { Job = null, Result = draft.Result with { Status = approval == Approval.WhatIf ? EventStatus.WouldSend : EventStatus.Skipped } };
            }

            yield return new Outgoing<Draft>(draft, draft.Job is null ? null : draft.Entry);
        }
    }

    private async Task<MvpSendResult> MarkAsync((Draft Draft, EventResult? Sent) item, IRunObserver observer, CancellationToken cancellationToken)
    {
        (Draft draft, EventResult? sent) = item;
        if (draft.Job is not { } job || sent is null)
            return draft.Result;
        MvpSendResult result = draft.Result with { Status = sent.Status, EventId = sent.EventId };
        try
        {
            MvpJob marked = await _mover.ChangeAsync(
                job.JobId,
                now => sent.Status == EventStatus.Sent
                    ? (now with { EventId = sent.EventId }).MoveTo(MvpJobState.Queued, time.GetUtcNow())
                    : now.State == MvpJobState.Pending ? now with { Reason = observer.Text(JobMessages.NotSent(sent.Reason)), UpdatedAt = time.GetUtcNow() } : now,
                job,
                cancellationToken);
            return sent.Status == EventStatus.Sent
                ? result with { State = marked.State }
                : result with { State = marked.State, ErrorId = sent.ErrorId, Reason = observer.Text(JobMessages.Pending(sent.Reason)) };
        }
        catch (OpsException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return sent.Status == EventStatus.Sent
                ? result with { ErrorId = e.ErrorId, Reason = observer.Text(JobMessages.SentNotRecorded(sent.EventId, e)) }
                : result with { ErrorId = sent.ErrorId, Reason = sent.Reason };
        }
    }

    private static MvpSendResult Refused(MvpSendResult result, Message reason, IRunObserver observer) =>
        Failed(result, ErrorIds.InvalidRequest, reason, observer);

    private static MvpSendResult Failed(MvpSendResult result, string errorId, Message reason, IRunObserver observer) =>
        result with { Status = EventStatus.Failed, ErrorId = errorId, Reason = observer.Text(reason) };

    /// <summary>A request on its way. It has a job for as long as it is to be recorded and sent.</summary>
    private sealed record Draft(MvpSendResult Result, MvpJob? Job, string? DatabaseUrl)
    {
        public EventEntry Entry => MvpEvent.Entry(Job!, DatabaseUrl);

        /// <summary>The detail as it is shown: a plain URL is a secret, whatever it looks like.</summary>
        public DetailPreview Preview => new(MvpEvent.Entry(Job!, DatabaseUrl is null ? null : SecretRedactor.Mark).Detail);

        public override string ToString() => Result.JobId; // The URL is a secret.
    }
}
