using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Jobs;

/// <summary>One request as a line of JSON: <c>{userId, productId, businessName?, features?, priority?, ...}</c>, whatever the case of the names.</summary>
public static class MvpRequestLine
{
    /// <summary>Reads a request.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="common">What counts where the line says nothing.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRequest"/>: it is none, and why.</exception>
    public static MvpRequest Parse(string json, MvpRequest common)
    {
        try
        {
            MvpRequest request = common;
            foreach (KeyValuePair<string, JsonNode?> field in Document.Parse(json).Where(field => field.Value is not null))
                request = With(request, field.Key, field.Value!);
            return request;
        }
        catch (JsonException e)
        {
            throw Invalid(e.InnerException is null && e.LineNumber is null ? e.Message : $"it is not JSON: it breaks at byte {e.BytePositionInLine + 1}."); // The message itself may quote the text.
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
        "metadata" => request with { Metadata = value is JsonObject fields ? (JsonObject)fields.DeepClone() : throw Invalid($"{name} is no object.") },
        _ => throw Invalid($"{name} is no field of a request; there are jobId, userId, productId, databaseUrl, priority, businessName, estimatedDuration, features, userEmail, metadata and eventBusName."),
    };

    /// <summary>A list as people write it in one field: <c>auth,dashboard</c> or <c>auth; dashboard</c>.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> SplitFeatures(string text) =>
        [.. text.Split(',', ';').Select(feature => feature.Trim()).Where(feature => feature.Length > 0)];

    /// <summary>A priority by its name, whatever its case.</summary>
    /// <param name="text">Its name.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRequest"/>: there is no such priority.</exception>
    public static MvpPriority Priority(string text) => text.Trim().ToLowerInvariant() switch
    {
        "low" => MvpPriority.Low,
        "normal" or "" => MvpPriority.Normal,
        "high" => MvpPriority.High,
        _ => throw Invalid($"Priority '{text}' is not low, normal or high."),
    };

    private static string Text(string name, JsonNode? value) =>
        value is JsonValue given && given.TryGetValue(out string? text) ? text : throw Invalid($"{name} is no text.");

    private static OpsException Invalid(string why) => new(ErrorIds.InvalidRequest, $"This is no MVP request: {why}");
}
