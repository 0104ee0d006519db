using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Services;

/// <summary>Reads all pages of a listing of IAM: not <see cref="Listing"/>, since a list of a form's answer that is empty is an empty text.</summary>
internal static class IamListing
{
    /// <summary>The items that are structures.</summary>
    public static async Task<List<JsonObject>> ReadAsync(AwsDocumentClient client, ServiceOperation operation, Message subject, JsonObject request, string list, CancellationToken cancellationToken) =>
        [.. (await NodesAsync(client, operation, subject, request, list, cancellationToken)).OfType<JsonObject>()];

    /// <summary>The items that are texts.</summary>
    public static async Task<List<string>> TextsAsync(AwsDocumentClient client, ServiceOperation operation, Message subject, JsonObject request, string list, CancellationToken cancellationToken) =>
        [.. (await NodesAsync(client, operation, subject, request, list, cancellationToken)).Select(Document.Text).OfType<string>()];

    private static async Task<List<JsonNode>> NodesAsync(AwsDocumentClient client, ServiceOperation operation, Message subject, JsonObject request, string list, CancellationToken cancellationToken)
    {
        List<JsonNode> items = [];
        HashSet<string> used = new(StringComparer.Ordinal);
        JsonObject page = (JsonObject)request.DeepClone();
        while (true)
        {
            JsonObject answer = await client.InvokeAsync(operation, subject, page, cancellationToken);
            if (!answer.ContainsKey(list))
                throw new Answer(operation, subject, answer).Wrong(ServicesMessages.FieldMissing(list));
            items.AddRange((answer[list] as JsonArray ?? []).OfType<JsonNode>());
            if (answer.String("Marker") is not { Length: > 0 } marker)
                return items;
            if (!used.Add(marker))
                throw new OpsException(ErrorIds.RepeatedPageToken, ServicesMessages.RepeatedPageToken(operation.Name, subject));
            page = (JsonObject)request.DeepClone();
            page["Marker"] = marker;
        }
    }
}
