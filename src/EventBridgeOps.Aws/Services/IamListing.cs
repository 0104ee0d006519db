using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Services;

/// <summary>Reads all items of a listing of IAM. A list of a form's answer that is empty is an empty text.</summary>
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
        await foreach (Answer page in Listing.PagesAsync(client, operation, subject, request, "Marker", cancellationToken))
        {
            if (!page.Document.ContainsKey(list))
                throw page.Wrong(ServicesMessages.FieldMissing(list));
            items.AddRange((page.Document[list] as JsonArray ?? []).OfType<JsonNode>());
        }

        return items;
    }
}
