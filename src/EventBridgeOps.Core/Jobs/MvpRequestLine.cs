using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Jobs;

/// <summary>Reads requests from JSON: <c>{userId, productId, businessName?, features?, priority?, ...}</c>, with names in any case.</summary>
public static class MvpRequestLine
{
    /// <summary>Reads a request.</summary>
    /// <param name="utf8">A JSON object.</param>
    /// <param name="common">The values for fields that it does not have.</param>
    /// <param name="origin">Where it was read, for people.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRequest"/>: it is not a valid request.</exception>
    internal static MvpRequest Parse(ReadOnlyMemory<byte> utf8, MvpRequest common, string origin)
    {
        try
        {
            MvpRequest request = common with { Origin = origin };
            foreach (KeyValuePair<string, JsonNode?> field in Document.Parse(utf8.ToArray()).Where(field => field.Value is not null))
                request = With(request, field.Key, field.Value!);
            return request;
        }
        catch (JsonException e)
        {
            Message fault = e.InnerException is null && e.LineNumber is null ? JobMessages.Json(e.Message) : JobMessages.NotJson(e.BytePositionInLine + 1);
            throw Invalid(origin, JobMessages.WithForms(fault));
        }
        catch (RequestFaultException e)
        {
            throw Invalid(origin, e.Fault);
        }
    }

    /// <summary>The error that something is not a request.</summary>
    internal static OpsException Invalid(string origin, Message fault) => new(ErrorIds.InvalidRequest, JobMessages.NotARequestAt(origin, fault));

    private static MvpRequest With(MvpRequest request, string name, JsonNode value) => name.ToLowerInvariant() switch
    {
        "jobid" => request with { JobId = Text(name, value) },
        "userid" => request with { UserId = Text(name, value) },
        "productid" => request with { ProductId = Text(name, value) },
        "databaseurl" or "founderdashdburl" => request with { DatabaseUrl = Text(name, value), DatabaseVariable = null },
        "priority" => request with { Priority = Named(Text(name, value)) ?? throw new RequestFaultException(JobMessages.InvalidPriority(Text(name, value))) },
        "businessname" => request with { BusinessName = Text(name, value) },
        "estimatedduration" => request with { EstimatedDuration = value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : Text(name, value) },
        "features" or "feature" => request with { Features = value is JsonArray list ? [.. list.Select(feature => Text(name, feature))] : SplitFeatures(Text(name, value)) },
        "useremail" => request with { UserEmail = Text(name, value) },
        "eventbusname" => request with { EventBusName = Text(name, value) },
        "metadata" => request with { Metadata = value is JsonObject fields ? (JsonObject)fields.DeepClone() : throw new RequestFaultException(JobMessages.NotAnObject(name)) },
        _ => throw new RequestFaultException(JobMessages.UnknownField(name)),
    };

    /// <summary>Splits a list written in one field: <c>auth,dashboard</c> or <c>auth; dashboard</c>.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> SplitFeatures(string text) =>
        [.. text.Split(',', ';').Select(feature => feature.Trim()).Where(feature => feature.Length > 0)];

    /// <summary>Reads the name of a priority, in any case.</summary>
    /// <param name="text">Its name.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRequest"/>: it is not a valid priority.</exception>
    public static MvpPriority Priority(string text) => Named(text) ?? throw new OpsException(ErrorIds.InvalidRequest, JobMessages.NotARequest(JobMessages.InvalidPriority(text)));

    private static MvpPriority? Named(string text) => text.Trim().ToLowerInvariant() switch
    {
        "low" => MvpPriority.Low,
        "normal" or "" => MvpPriority.Normal,
        "high" => MvpPriority.High,
        _ => null,
    };

    private static string Text(string name, JsonNode? value) =>
        value is JsonValue given && given.TryGetValue(out string? text) ? text : throw new RequestFaultException(JobMessages.NotAString(name));

    /// <summary>What is wrong with a request, for whoever knows where it was read.</summary>
    private sealed class RequestFaultException(Message fault) : Exception
    {
        public Message Fault => fault;
    }
}
