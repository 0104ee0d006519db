using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudTrail;

/// <summary>Looks into the event history of 90 days, which there is without a trail; the newest event is the first one.</summary>
/// <remarks>https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html</remarks>
internal static class LookupEventsOperation
{
    private const int MostOnPage = 50;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public static RawDocument Lookup(Operation operation)
    {
        RawDocument input = operation.Input;
        TrailErrors.Known(operation, "LookupAttributes", "StartTime", "EndTime", "MaxResults", "NextToken");
        if (input["MaxResults"] is not null && input.Number("MaxResults") is not (>= 1 and <= MostOnPage))
            throw new AwsError(400, "InvalidMaxResultsException", $"Max results must be between 1 and {MostOnPage}.");
        (decimal? start, decimal? end) = (Time(input, "StartTime"), Time(input, "EndTime"));
        if (start > end)
            throw new AwsError(400, "InvalidTimeRangeException", "Start time must be before end time.");
        List<RawDocument> attributes = input.List("LookupAttributes").Select(RawDocument.From).ToList();
        if (attributes.Count > 1)
            throw new AwsError(400, "InvalidLookupAttributesException", "You can only have one lookup attribute.");

        decimal oldest = (operation.Now - Kept).ToUnixTimeSeconds();
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["trailEvents"].Where(row => Seconds(row.Value) is var at && at >= oldest && (start is null || at >= start) && (end is null || at <= end)
                && attributes.TrueForAll(attribute => Passes(row.Value, attribute))),
            row => row.Key, input.Number("MaxResults"), input.Text("NextToken"), MostOnPage);
        return RawDocument.Empty.With("Events", page.Items.Select(row => Answer(row.Value))).With("NextToken", page.NextToken);
    }

    private static RawDocument Answer(RawDocument record)
    {
        RawDocument identity = record.Object("userIdentity")!;
        return RawDocument.Empty
            .With("EventId", record.Text("eventID"))
            .With("EventName", record.Text("eventName"))
            .With("ReadOnly", "false")
            .With("AccessKeyId", identity.Text("accessKeyId"))
            .With("EventTime", Json.Time(DateTimeOffset.FromUnixTimeSeconds(Seconds(record))))
            .With("EventSource", record.Text("eventSource"))
            .With("Username", UserName(identity))
            .With("Resources", Json.Array([]))
            .With("CloudTrailEvent", record.ToString());
    }

    private static bool Passes(RawDocument record, RawDocument attribute)
    {
        RawDocument identity = record.Object("userIdentity")!;
        string key = attribute.Text("AttributeKey") ?? "";
        string? has = key switch
        {
            "EventId" => record.Text("eventID"),
            "EventName" => record.Text("eventName"),
            "EventSource" => record.Text("eventSource"),
            "ReadOnly" => "false",
            "AccessKeyId" => identity.Text("accessKeyId"),
            "Username" => UserName(identity),
            _ => throw new AwsError(400, "InvalidLookupAttributesException", TrailMessages.NoAttribute(key).ToString()),
        };
        return has == attribute.Text("AttributeValue");
    }

    /// <summary>The name of a user, or of the session of a role.</summary>
    private static string UserName(RawDocument identity)
    {
        string arn = identity.Text("arn")!;
        return arn.Substring(arn.LastIndexOf('/') + 1);
    }

    private static long Seconds(RawDocument record) =>
        DateTimeOffset.Parse(record.Text("eventTime")!, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();

    private static decimal? Time(RawDocument input, string name) =>
        input[name] is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out decimal seconds) ? seconds : null;
}
