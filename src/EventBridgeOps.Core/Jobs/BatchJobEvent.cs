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

/// <summary>A <c>Batch Job State Change</c> event, as far as it tells of an MVP job.</summary>
/// <remarks>Shape: https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html.</remarks>
/// <param name="JobId">The MVP job's id.</param>
/// <param name="BatchJobId">Batch's id.</param>
/// <param name="State">Where the job is by it.</param>
/// <param name="Status">The Batch job's status.</param>
/// <param name="Reason">Why, where Batch says so.</param>
/// <param name="Time">When.</param>
public sealed record BatchJobEvent(string JobId, string BatchJobId, MvpJobState State, string Status, string? Reason, DateTimeOffset? Time)
{
    private static readonly Regex JobIdShape = new("job_[0-9]{13}_[0-9a-z]{9}(?![0-9a-z])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Reads an event.</summary>
    /// <param name="happened">The event as rules see it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEntry"/>: it is no such event, or says of no MVP job, and why.</exception>
    public static BatchJobEvent Read(EventDocument happened)
    {
        try
        {
            return Read(Document.Parse(happened.Text));
        }
        catch (JsonException e)
        {
            throw Invalid($"it cannot be told apart ({e.Message})", e);
        }
    }

    /// <summary>Reads events.</summary>
    /// <param name="events">Events as rules see them.</param>
    /// <param name="observer">Hears of what is no such event.</param>
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
            throw Invalid("it has DetailType, so it is an entry, as PutEvents takes it; an event, as rules see it, has detail-type");
        if (document.String("detail-type") is var type && type != "Batch Job State Change")
            throw Invalid(type is null ? "detail-type is missing" : $"it is of type '{type}'");
        if (document["detail"] is not JsonObject detail)
            throw Invalid("detail is missing");
        string batchId = detail.String("jobId") ?? throw Invalid("detail.jobId is missing");
        string status = detail.String("status") ?? throw Invalid("detail.status is missing");
        MvpJobState state = MvpJobStates.OfBatch(status) ?? throw Invalid($"its status '{status}' is not known");
        string jobId = FindJobId(detail) ?? throw Invalid($"Batch job {batchId} names no MVP job: neither its parameters, its environment, its tags nor its name hold a job id. Have the rule's input transformer pass $.detail.jobId on as parameter jobId or as the variable JOB_ID");
        DateTimeOffset? time = DateTimeOffset.TryParse(document.String("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset when) ? when : null;
        return new BatchJobEvent(jobId, batchId, state, status, detail.String("statusReason"), time);
    }

    /// <summary>By a name first, since an id of one's own may look like anything; else by its look.</summary>
    private static string? FindJobId(JsonObject detail)
    {
        List<KeyValuePair<string, string?>> values = [];
        foreach (string part in new[] { "parameters", "tags" })
            values.AddRange((detail[part] as JsonObject ?? []).Select(field => new KeyValuePair<string, string?>(field.Key, field.Value is JsonValue value && value.TryGetValue(out string? text) ? text : null)));
        JsonObject? container = detail["container"] as JsonObject;
        values.AddRange((container?["environment"] as JsonArray ?? []).OfType<JsonObject>().Select(variable => new KeyValuePair<string, string?>(variable.String("name") ?? "", variable.String("value"))));

        string? named = values.Find(pair => pair.Key is "jobId" or "JOB_ID" or "MVP_JOB_ID" && !string.IsNullOrEmpty(pair.Value)).Value;
        return named ?? values.Select(pair => pair.Value).Append(detail.String("jobName"))
            .Concat((container?["command"] as JsonArray ?? []).Select(word => word is JsonValue value && value.TryGetValue(out string? text) ? text : null))
            .OfType<string>().Select(text => JobIdShape.Match(text)).FirstOrDefault(match => match.Success)?.Value;
    }

    private static OpsException Invalid(string why, Exception? inner = null) => new(ErrorIds.InvalidEntry, $"This is no Batch Job State Change event of an MVP job: {why}.", inner);
}
