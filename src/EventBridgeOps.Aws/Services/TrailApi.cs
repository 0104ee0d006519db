using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Services;

/// <summary>AWS CloudTrail over the wire.</summary>
internal sealed class TrailApi(AwsDocumentClient client) : ITrailApi
{
    private const int PageSize = 50;

    private static readonly ServiceOperation LookupEvents = new(AwsService.CloudTrail, nameof(LookupEvents), "cloudtrail:LookupEvents");

    public async IAsyncEnumerable<JsonObject> LookupAsync(string eventName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new()
        {
            ["LookupAttributes"] = new JsonArray(new JsonObject { ["AttributeKey"] = "EventName", ["AttributeValue"] = eventName }),
            ["MaxResults"] = PageSize,
        };
        Message subject = ServicesMessages.EventHistory();
        await foreach (Answer page in Listing.PagesAsync(client, LookupEvents, subject, request, "NextToken", cancellationToken))
        {
            foreach (JsonObject happened in page.Documents("Events", "CloudTrailEvent"))
                yield return Read(page, happened.String("CloudTrailEvent")!);
        }
    }

    private static JsonObject Read(Answer page, string text)
    {
        try
        {
            return Document.Parse(text);
        }
        catch (JsonException)
        {
            throw page.Wrong(ServicesMessages.NotObjects("CloudTrailEvent"));
        }
    }
}
