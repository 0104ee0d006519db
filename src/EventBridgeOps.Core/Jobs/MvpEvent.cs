using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Schedules;

namespace EventBridgeOps.Jobs;

/// <summary>The event that requests an MVP, as its consumers expect it.</summary>
public static class MvpEvent
{
    /// <summary>Its source.</summary>
    public const string Source = "founderdash.web";

    /// <summary>Its detail type.</summary>
    public const string DetailType = "MVP Development Request";

    internal const string BusinessNameField = "businessName";

    private const string DatabaseField = "founderdashDbUrl";

    /// <summary>The detail without its database, which may be a secret.</summary>
    internal static JsonObject Detail(MvpRequest request, string jobId, DateTimeOffset now)
    {
        JsonObject metadata = (JsonObject?)request.Metadata?.DeepClone() ?? [];
        foreach (string field in MetadataFields(request))
        {
            metadata[field] = field switch
            {
                BusinessNameField => request.BusinessName,
                "estimatedDuration" => DurationText.Read(request.EstimatedDuration!),
                "features" => new JsonArray([.. request.Features.Select(feature => JsonValue.Create(feature))]),
                _ => request.UserEmail,
            };
        }

        return new JsonObject
        {
            ["jobId"] = jobId,
            ["userId"] = request.UserId,
            ["productId"] = request.ProductId,
            ["priority"] = Name(request.Priority),
            ["timestamp"] = Time(now),
            ["metadata"] = metadata,
        };
    }

    /// <summary>The entry to send. Its id is the job's, which every consumer knows already.</summary>
    /// <param name="job">The job.</param>
    /// <param name="databaseUrl">The database, where the job's detail does not hold it.</param>
    internal static EventEntry Entry(MvpJob job, string? databaseUrl) => new()
    {
        Source = Source,
        DetailType = DetailType,
        Detail = databaseUrl is null ? job.Detail : Document.Write(WithDatabase(Document.Parse(job.Detail), databaseUrl)),
        EventBusName = job.EventBusName,
        Id = job.JobId,
    };

    internal static JsonObject WithDatabase(JsonObject detail, string databaseUrl)
    {
        JsonObject whole = [];
        foreach (KeyValuePair<string, JsonNode?> field in detail)
        {
            whole[field.Key] = field.Value?.DeepClone();
            if (field.Key == "productId")
                whole[DatabaseField] = databaseUrl; // Where consumers' examples have it.
        }

        return whole;
    }

    /// <summary>The fields of <c>metadata</c> that the request has as properties.</summary>
    internal static IEnumerable<string> MetadataFields(MvpRequest request)
    {
        if (request.BusinessName is not null)
            yield return BusinessNameField;
        if (request.EstimatedDuration is not null)
            yield return "estimatedDuration";
        if (request.Features.Count > 0)
            yield return "features";
        if (request.UserEmail is not null)
            yield return "userEmail";
    }

    internal static string Name(MvpPriority priority) => priority switch
    {
        MvpPriority.Low => "low",
        MvpPriority.High => "high",
        _ => "normal",
    };

    /// <summary>ISO 8601 in UTC, to the millisecond.</summary>
    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
