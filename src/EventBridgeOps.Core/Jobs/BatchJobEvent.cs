using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
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
    private static readonly Regex JobIdShape = new("job_[0-9]{13}_[0-9a-z]{9}(?![0-9a-z])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

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
        string batchId = detail.String("jobId") ?? throw Invalid(JobMessages.FieldMissing("detail.jobId"));
        string status = detail.String("status") ?? throw Invalid(JobMessages.FieldMissing("detail.status"));
        MvpJobState state = MvpJobStates.OfBatch(status) ?? throw Invalid(JobMessages.UnknownStatus(status));
        string jobId = FindJobId(detail) ?? throw Invalid(JobMessages.NamesNoJob(batchId));
        DateTimeOffset? time = DateTimeOffset.TryParse(document.String("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset when) ? when : null;
        return new BatchJobEvent(jobId, batchId, state, status, detail.String("statusReason"), time);
    }

    /// <summary>By name first, since a custom ID can have any format; otherwise by format.</summary>
    private static string? FindJobId(JsonObject detail)
    {
        List<KeyValuePair<string, string?>> values = [];
        foreach (string part in new[] { "parameters", "tags" })
            values.AddRange((detail[part] as JsonObject ?? []).Select(field => new KeyValuePair<string, string?>(field.Key, Document.Text(field.Value))));
        JsonObject? container = detail["container"] as JsonObject;
        values.AddRange((container?["environment"] as JsonArray ?? []).OfType<JsonObject>().Select(variable => new KeyValuePair<string, string?>(variable.String("name") ?? "", variable.String("value"))));

        string? named = values.Find(pair => pair.Key is "jobId" or "JOB_ID" or "MVP_JOB_ID" && !string.IsNullOrEmpty(pair.Value)).Value;
        return named ?? values.Select(pair => pair.Value).Append(detail.String("jobName"))
            .Concat((container?["command"] as JsonArray ?? []).Select(Document.Text))
            .OfType<string>().Select(text => JobIdShape.Match(text)).FirstOrDefault(match => match.Success)?.Value;
    }

    private static OpsException Invalid(Message fault, Exception? inner = null) => new(ErrorIds.InvalidEntry, JobMessages.NotAJobEvent(fault), inner);
}
