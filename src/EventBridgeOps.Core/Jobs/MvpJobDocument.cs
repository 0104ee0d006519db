using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Jobs;

/// <summary>A job as a JSON document: a line of the file, or the attributes in the table.</summary>
/// <remarks>Unknown fields, from a future version, are dropped when a job is written; no other writer is expected.</remarks>
public static class MvpJobDocument
{
    /// <summary>The key of the table.</summary>
    public const string JobId = "jobId";

    /// <summary>The user, which is the key of the index.</summary>
    public const string UserId = "userId";

    /// <summary>When it was recorded, as a text that sorts by time: the order of the index.</summary>
    public const string CreatedAt = "createdAt";

    /// <summary>The state.</summary>
    public const string State = "state";

    /// <summary>The number of writes.</summary>
    public const string Version = "version";

    // Records of the scripts that came before had only this one, and did not name it.
    private const string FormerBus = "mvp-development";

    /// <summary>Writes a job as a document. Null values are omitted.</summary>
    /// <param name="job">The job.</param>
    public static JsonObject Write(MvpJob job)
    {
        JsonObject document = new()
        {
            [JobId] = job.JobId,
            [UserId] = job.UserId,
            ["productId"] = job.ProductId,
            ["businessName"] = job.BusinessName,
            ["priority"] = job.Priority,
            [State] = Name(job.State),
            [CreatedAt] = MvpEvent.Time(job.CreatedAt),
            ["updatedAt"] = MvpEvent.Time(job.UpdatedAt),
            ["eventBusName"] = job.EventBusName,
            ["eventId"] = job.EventId,
            ["batchJobId"] = job.BatchJobId,
            ["batchSubmittedAt"] = job.BatchSubmittedAt is { } submitted ? MvpEvent.Time(submitted) : null,
            ["formerBatchJobIds"] = job.FormerBatchJobIds.Count == 0 ? null : new JsonArray([.. job.FormerBatchJobIds.Select(id => JsonValue.Create(id))]),
            ["reason"] = job.Reason,
            ["detail"] = job.Detail,
            ["needsDatabaseUrl"] = job.NeedsDatabaseUrl ? true : null,
            ["recordId"] = job.RecordId,
            [Version] = job.Version,
            ["history"] = new JsonArray([.. job.History.Select(Write)]),
        };
        foreach (string absent in document.Where(field => field.Value is null).Select(field => field.Key).ToList())
            document.Remove(absent);
        return document;
    }

    /// <summary>Reads a job from a document.</summary>
    /// <param name="document">The document.</param>
    /// <exception cref="JsonException">It is not a valid job.</exception>
    public static MvpJob Read(JsonObject document) => new()
    {
        JobId = Required(document, JobId),
        UserId = Required(document, UserId),
        ProductId = Required(document, "productId"),
        BusinessName = document.String("businessName"),
        Priority = document.String("priority") ?? "normal",
        State = StateOf(document),
        CreatedAt = Moment(document, CreatedAt),
        UpdatedAt = Moment(document, "updatedAt"),
        EventBusName = document.String("eventBusName") ?? FormerBus,
        EventId = document.String("eventId"),
        BatchJobId = document.String("batchJobId"),
        BatchSubmittedAt = document.ContainsKey("batchSubmittedAt") ? Moment(document, "batchSubmittedAt") : null,
        FormerBatchJobIds = document["formerBatchJobIds"] is JsonArray ids ? [.. ids.Select(Document.Text).OfType<string>()] : [],
        Reason = document.String("reason"),
        Detail = Required(document, "detail"),
        NeedsDatabaseUrl = document["needsDatabaseUrl"] is JsonValue needs && needs.TryGetValue(out bool does) && does,
        RecordId = document.String("recordId"),
        Version = document[Version] is JsonValue version && version.TryGetValue(out int number) ? number : throw new JsonException(JobMessages.DocumentFieldMissing(Version).ToString()),
        History = [.. (document["history"] as JsonArray ?? []).OfType<JsonObject>().Select(step => new MvpJobStep(StateOf(step), Moment(step, "time"), step.String("reason")))],
    };

    /// <summary>The stored name of a state.</summary>
    /// <param name="state">The state.</param>
    public static string Name(MvpJobState state) => state.ToString().ToLowerInvariant();

    private static JsonObject Write(MvpJobStep step)
    {
        JsonObject document = new() { [State] = Name(step.State), ["time"] = MvpEvent.Time(step.Time) };
        if (step.Reason is not null)
            document["reason"] = step.Reason;
        return document;
    }

    private static MvpJobState StateOf(JsonObject document) =>
        Enum.TryParse(document.String(State), ignoreCase: true, out MvpJobState state) ? state : throw new JsonException(JobMessages.DocumentState(document.String(State)).ToString());

    private static string Required(JsonObject document, string field) => document.String(field) ?? throw new JsonException(JobMessages.DocumentFieldMissing(field).ToString());

    private static DateTimeOffset Moment(JsonObject document, string field) =>
        DateTimeOffset.TryParse(document.String(field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : throw new JsonException(JobMessages.DocumentTime(field).ToString());
}
