using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Jobs;

/// <summary>Reads requests from lines of JSON: <c>{userId, productId, businessName?, features?, priority?, ...}</c>, with names in any case.</summary>
public static class MvpRequestLine
{
    /// <summary>Reads a request.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="common">The values for fields that the line does not have.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRequest"/>: it is not a valid request.</exception>
    public static MvpRequest Parse(string json, MvpRequest common)
    {
        try
        {
            MvpRequest request = common with { IsLine = true };
            foreach (KeyValuePair<string, JsonNode?> field in Document.Parse(json).Where(field => field.Value is not null))
                request = With(request, field.Key, field.Value!);
            return request;
        }
        catch (JsonException e)
        {
            throw Invalid(e.InnerException is null && e.LineNumber is null ? JobMessages.Json(e.Message) : JobMessages.NotJson(e.BytePositionInLine + 1));
        }
    }

    private static MvpRequest With(MvpRequest request, string name, JsonNode value) => name.ToLowerInvariant() switch
    {
        "jobid" => request with { JobId = Text(name, value) },
        "userid" => request with { UserId = Text(name, value) },
        "productid" => request with { ProductId = Text(name, value) },
        "databaseurl" or "founderdashdburl" => request with { DatabaseUrl = Text(name, value) },
        "priority" => request with { Priority = Priority(Text(name, value)) },
        "businessname" => request with { BusinessName = Text(name, value) },
        "estimatedduration" => request with { EstimatedDuration = value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : Text(name, value) },
        "features" or "feature" => request with { Features = value is JsonArray list ? [.. list.Select(feature => Text(name, feature))] : SplitFeatures(Text(name, value)) },
        "useremail" => request with { UserEmail = Text(name, value) },
        "eventbusname" => request with { EventBusName = Text(name, value) },
        "metadata" => request with { Metadata = value is JsonObject fields ? (JsonObject)fields.DeepClone() : throw Invalid(JobMessages.NotAnObject(name)) },
        _ => throw Invalid(JobMessages.UnknownField(name)),
    };

    /// <summary>Splits a list written in one field: <c>auth,dashboard</c> or <c>auth; dashboard</c>.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> SplitFeatures(string text) =>
        [.. text.Split(',', ';').Select(feature => feature.Trim()).Where(feature => feature.Length > 0)];

    /// <summary>Reads the name of a priority, in any case.</summary>
    /// <param name="text">Its name.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRequest"/>: it is not a valid priority.</exception>
    public static MvpPriority Priority(string text) => text.Trim().ToLowerInvariant() switch
    {
        "low" => MvpPriority.Low,
        "normal" or "" => MvpPriority.Normal,
        "high" => MvpPriority.High,
        _ => throw Invalid(JobMessages.InvalidPriority(text)),
    };

    private static string Text(string name, JsonNode? value) =>
        value is JsonValue given && given.TryGetValue(out string? text) ? text : throw Invalid(JobMessages.NotAString(name));

    private static OpsException Invalid(Message fault) => new(ErrorIds.InvalidRequest, JobMessages.NotARequest(fault));
}
