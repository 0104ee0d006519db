using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Sends requests so that no job is lost: recorded first, then sent, then marked. A crash in between leaves it <see cref="MvpJobState.Pending"/>.</summary>
/// <param name="store">Where jobs are kept.</param>
/// <param name="publisher">Sends the events.</param>
/// <param name="ids">Where new ids come from.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class MvpSender(IMvpJobStore store, EventPublisher publisher, IdSource ids, ItemRetry retry, TimeProvider time)
{
    private readonly JobMover _mover = new(store, retry);

    /// <summary>Sends requests.</summary>
    /// <param name="requests">What is asked for.</param>
    /// <param name="eventBusName">The bus of requests that name none.</param>
    /// <param name="throttleLimit">How many are recorded, and how many calls are under way, at a time.</param>
    /// <param name="approve">Asks whether a request is to be sent.</param>
    /// <param name="observer">Hears of progress and of what failed; the rest goes on.</param>
    /// <param name="cancellationToken">Ends all at once; what was recorded and not marked is pending.</param>
    /// <returns>One result for each request, in their order.</returns>
    public IAsyncEnumerable<MvpSendResult> SendAsync(
        IAsyncEnumerable<MvpRequest> requests, string eventBusName, int throttleLimit, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        new PublishOptions { ThrottleLimit = throttleLimit }.Check();
        IAsyncEnumerable<Outgoing<Draft>> recorded = OrderedParallel.SelectAsync(DraftAsync(requests, eventBusName, approve, observer, cancellationToken), throttleLimit, RecordAsync, cancellationToken);
        return FinishAsync(recorded, throttleLimit, observer, cancellationToken);
    }

    /// <summary>Sends again what is pending, with the same ids.</summary>
    /// <param name="jobs">The jobs, all pending.</param>
    /// <param name="databaseUrl">The database's plain URL, for those that had one.</param>
    /// <param name="throttleLimit">As above.</param>
    /// <param name="approve">Asks whether a job is to be sent.</param>
    /// <param name="observer">Hears of progress and of what failed; the rest goes on.</param>
    /// <param name="cancellationToken">Ends all at once.</param>
    public IAsyncEnumerable<MvpSendResult> ResendAsync(
        IAsyncEnumerable<MvpJob> jobs, string? databaseUrl, int throttleLimit, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        new PublishOptions { ThrottleLimit = throttleLimit }.Check();
        return FinishAsync(ResendDraftsAsync(jobs, databaseUrl, approve, cancellationToken), throttleLimit, observer, cancellationToken);
    }

    private async IAsyncEnumerable<MvpSendResult> FinishAsync(IAsyncEnumerable<Outgoing<Draft>> recorded, int throttleLimit, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int done = 0;
        await foreach (MvpSendResult result in OrderedParallel.SelectAsync(publisher.SendAsync(recorded, throttleLimit, cancellationToken), throttleLimit, MarkAsync, cancellationToken))
        {
            if (result.ErrorId is { } id)
                observer.Failed(new ItemFailure(new OpsException(id, $"Request {result} (user {result.UserId}, product {result.ProductId}): {result.Reason}"), result));
            observer.Progress(new RunProgress("Sending requests", ++done, null, result.JobId));
            yield return result;
        }
    }

    private async IAsyncEnumerable<Draft> DraftAsync(
        IAsyncEnumerable<MvpRequest> requests, string eventBusName, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool warned = false;
        await foreach (MvpRequest request in requests.WithCancellation(cancellationToken))
        {
            Draft draft = Prepare(request, eventBusName);
            if (draft.Result.Status != EventStatus.Failed)
            {
                string action = $"send {MvpEvent.DetailType} {draft.Job!.JobId} (user {request.UserId}, product {request.ProductId}{(draft.DatabaseUrl is null ? "" : ", with a plain database URL")})";
                Approval approval = await approve(new PlannedChange($"bus {draft.Job.EventBusName}", action), cancellationToken);
                if (approval != Approval.Write)
                    draft = draft with { Job = null, Result = draft.Result with { Status = approval == Approval.WhatIf ? EventStatus.WouldSend : EventStatus.Skipped } };
                else if (draft.DatabaseUrl is not null && !warned)
                {
                    warned = true;
                    observer.Warning("A plain database URL is sent in the event: everybody who can read the bus's events, its archives or its targets' logs can read it. A Secrets Manager ARN as DatabaseUrl avoids that.");
                }
            }

            yield return draft;
        }
    }

    private Draft Prepare(MvpRequest request, string eventBusName)
    {
        DateTimeOffset now = time.GetUtcNow();
        string jobId = request.JobId ?? ids.Next("job");
        string bus = request.EventBusName ?? eventBusName;
        MvpSendResult result = new() { JobId = jobId, UserId = request.UserId, ProductId = request.ProductId, EventBusName = bus };
        IReadOnlyList<string> faults = MvpRequestCheck.Faults(request);
        if (faults.Count > 0)
            return new Draft(Refused(result, $"{string.Join("; ", faults)}."), null, null);

        System.Text.Json.Nodes.JsonObject detail = MvpEvent.Detail(request, jobId, now);
        bool isPlain = request.DatabaseUrl is { } url && !MvpRequestCheck.IsSecretArn(url);
        if (request.DatabaseUrl is not null && !isPlain)
            detail = MvpEvent.WithDatabase(detail, request.DatabaseUrl);
        MvpJob job = new()
        {
            JobId = jobId,
            UserId = request.UserId!,
            ProductId = request.ProductId!,
            BusinessName = request.BusinessName,
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
        return EventPublisher.Fault(draft.Entry) is { } fault ? draft with { Job = null, Result = Refused(result, fault) } : draft;
    }

    private async Task<Outgoing<Draft>> RecordAsync(Draft draft, CancellationToken cancellationToken)
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
            return new Outgoing<Draft>(draft with { Job = null, Result = draft.Result with { Status = EventStatus.Failed, ErrorId = e.ErrorId, Reason = e.Message } }, null);
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
            // Where a first try was taken and only its answer was lost, it is our own.
            if ((await store.FindAsync(job.JobId, cancellationToken))?.RecordId != job.RecordId)
                throw;
        }

        return true;
    }

    private static async IAsyncEnumerable<Outgoing<Draft>> ResendDraftsAsync(IAsyncEnumerable<MvpJob> jobs, string? databaseUrl, ApproveChange approve, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (MvpJob job in jobs.WithCancellation(cancellationToken))
        {
            Draft draft = new(MvpSendResult.Of(job, EventStatus.Failed) with { State = job.State }, job, job.NeedsDatabaseUrl ? databaseUrl : null);
            if (job.NeedsDatabaseUrl && databaseUrl is null)
            {
                draft = draft with { Job = null, Result = Refused(draft.Result, "its event had a plain database URL, which is stored nowhere. Give it again with -DatabaseUrl (--database-url-stdin), or stop the job and send a new request.") };
            }
            else
            {
                Approval approval = await approve(new PlannedChange(job.JobId, $"send {MvpEvent.DetailType} to bus {job.EventBusName} again (recorded {MvpEvent.Time(job.CreatedAt)})"), cancellationToken);
                if (approval != Approval.Write)
                    draft = draft with { Job = null, Result = draft.Result with { Status = approval == Approval.WhatIf ? EventStatus.WouldSend : EventStatus.Skipped } };
            }

            yield return new Outgoing<Draft>(draft, draft.Job is null ? null : draft.Entry);
        }
    }

    private async Task<MvpSendResult> MarkAsync((Draft Draft, EventResult? Sent) item, CancellationToken cancellationToken)
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
                    : now.State == MvpJobState.Pending ? now with { Reason = $"not sent: {sent.Reason}", UpdatedAt = time.GetUtcNow() } : now,
                job,
                cancellationToken);
            return sent.Status == EventStatus.Sent
                ? result with { State = marked.State }
                : result with { State = marked.State, ErrorId = sent.ErrorId, Reason = $"{sent.Reason} The job is recorded as pending: Repair-MvpJob (ebops mvp repair) sends it again." };
        }
        catch (OpsException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return sent.Status == EventStatus.Sent
                ? result with { ErrorId = e.ErrorId, Reason = $"it was sent (event {sent.EventId}), but could not be marked so: {e.Message} Repair-MvpJob (ebops mvp repair) would send it once more, with the same id." }
                : result with { ErrorId = sent.ErrorId, Reason = sent.Reason };
        }
    }

    private static MvpSendResult Refused(MvpSendResult result, string reason) => result with { Status = EventStatus.Failed, ErrorId = ErrorIds.InvalidRequest, Reason = reason };

    /// <summary>A request on its way. It has a job for as long as it is to be recorded and sent.</summary>
    private sealed record Draft(MvpSendResult Result, MvpJob? Job, string? DatabaseUrl)
    {
        public EventEntry Entry => MvpEvent.Entry(Job!, DatabaseUrl);

        public override string ToString() => Result.JobId; // The URL is a secret.
    }
}
