using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>The state of an MVP job in a <c>Batch Job State Change</c> event.</summary>
/// <remarks>Shape: https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html.</remarks>
/// <param name="JobId">The ID of the MVP job.</param>
/// <param name="BatchJobId">The ID of the Batch job.</param>
/// <param name="State">The resulting state of the MVP job.</param>
/// <param name="Status">The status of the Batch job.</param>
/// <param name="Reason">The status reason from Batch; null when there is none.</param>
/// <param name="Time">The time of the event.</param>
public sealed record BatchJobEvent(string JobId, string BatchJobId, MvpJobState State, string Status, string? Reason, DateTimeOffset? Time)
{
    private const string BatchSource = "aws.batch";

    /// <summary>When the Batch job was submitted; null if the event does not say.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The Batch job that this one is a part of, as a child of an array or a node; null if it is not.</summary>
    public string? ParentId { get; init; }

    /// <summary>The account of the event; null if it has none.</summary>
    public string? AccountId { get; init; }

    /// <summary>The Region of the event; null if it has none.</summary>
    public string? Region { get; init; }

    /// <summary>Reads an event.</summary>
    /// <param name="happened">The event, as matched by rules.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEntry"/>: it is not such an event, or not of an MVP job.</exception>
    public static BatchJobEvent Read(EventDocument happened)
    {
        try
        {
            return Read(Document.Parse(happened.Text));
        }
        catch (JsonException e)
        {
            throw Invalid(JobMessages.EventNotReadable(EventDocument.Reason(e)), e);
        }
    }

    /// <summary>Reads events.</summary>
    /// <param name="events">Events, as matched by rules.</param>
    /// <param name="observer">Receives what is not such an event.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static async IAsyncEnumerable<BatchJobEvent> ReadAsync(IAsyncEnumerable<EventDocument> events, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (EventDocument happened in events.WithCancellation(cancellationToken))
        {
            BatchJobEvent? one = null;
            try
            {
                one = Read(happened);
            }
            catch (OpsException e)
            {
                observer.Failed(new ItemFailure(e, happened.Origin));
            }

            if (one is not null)
                yield return one;
        }
    }

    private static BatchJobEvent Read(JsonObject document)
    {
        if (document.ContainsKey("DetailType"))
            throw Invalid(JobMessages.EntryNotEvent());
        if (document.String("detail-type") is var type && type != "Batch Job State Change")
            throw Invalid(type is null ? JobMessages.FieldMissing("detail-type") : JobMessages.OtherType(type));
        if (document["detail"] is not JsonObject detail)
            throw Invalid(JobMessages.FieldMissing("detail"));
        if (document.String("source") is { } source && source != BatchSource)
            throw Invalid(JobMessages.OtherSource(source, BatchSource));
        string batchId = detail.String("jobId") ?? throw Invalid(JobMessages.FieldMissing("detail.jobId"));
        string status = detail.String("status") ?? throw Invalid(JobMessages.FieldMissing("detail.status"));
        MvpJobState state = MvpJobStates.OfBatch(status) ?? throw Invalid(JobMessages.UnknownStatus(status));
        string jobId = JobIdFinder.Find(detail) ?? throw Invalid(JobMessages.NamesNoJob(batchId));
        DateTimeOffset? time = DateTimeOffset.TryParse(document.String("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset when) ? when : null;
        return new BatchJobEvent(jobId, batchId, state, status, detail.String("statusReason"), time)
        {
            SubmittedAt = Moment(detail["createdAt"]),
            ParentId = ParentOf(batchId, detail),
            AccountId = document.String("account"),
            Region = document.String("region"),
        };
    }

    /// <summary>A child of an array is <c>id:index</c>, a node <c>id#index</c>: https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html, multi-node-parallel-jobs.html.</summary>
    private static string? ParentOf(string batchId, JsonObject detail)
    {
        int end = batchId.IndexOfAny([':', '#']);
        bool isPart = end > 0 || (detail["arrayProperties"] as JsonObject)?["index"] is not null || (detail["nodeProperties"] as JsonObject)?["nodeIndex"] is not null;
        return !isPart ? null : end > 0 ? batchId.Substring(0, end) : batchId;
    }

    /// <summary>Batch counts milliseconds since 1970.</summary>
    private static DateTimeOffset? Moment(JsonNode? milliseconds) => milliseconds is JsonValue value && value.TryGetValue(out long since) && since is > 0 and < 253402300800000 ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null;

    private static OpsException Invalid(Message fault, Exception? inner = null) => new(ErrorIds.InvalidEntry, JobMessages.NotAJobEvent(fault), inner);
}
