using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Installation;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon CloudWatch Logs and alarms over the wire.</summary>
internal sealed class MonitoringApi(AwsDocumentClient logs, AwsDocumentClient alarms) : IMonitoringApi
{
    private static readonly ServiceOperation FilterLogEvents = new(AwsService.Logs, nameof(FilterLogEvents), "logs:FilterLogEvents");
    private static readonly ServiceOperation DescribeAlarms = new(AwsService.CloudWatch, nameof(DescribeAlarms), "cloudwatch:DescribeAlarms");

    public async IAsyncEnumerable<LogEvent> FilterAsync(string logGroup, DateTimeOffset since, string? pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["logGroupName"] = logGroup, ["startTime"] = since.ToUnixTimeMilliseconds() };
        if (pattern is not null)
            request["filterPattern"] = pattern;
        Message subject = ServicesMessages.LogGroup(logGroup);
        await foreach (Answer page in Listing.PagesAsync(logs, FilterLogEvents, subject, request, "nextToken", cancellationToken))
        {
            foreach (JsonObject happened in page.Documents("events", "eventId"))
            {
                long milliseconds = happened["timestamp"] is JsonValue value && value.TryGetValue(out long time) ? time : throw page.Wrong(ServicesMessages.NotInteger("timestamp"));
                yield return new LogEvent(happened.String("eventId")!, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), happened.String("message") ?? "");
            }
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> DescribeAlarmsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["AlarmNames"] = new JsonArray([.. names.Select(name => (JsonNode)JsonValue.Create(name)!)]), ["MaxRecords"] = 100 };
        JsonObject answer = await alarms.InvokeAsync(DescribeAlarms, ServicesMessages.Alarms(), request, cancellationToken);
        return (answer["MetricAlarms"] as JsonArray ?? []).OfType<JsonObject>().ToDictionary(alarm => alarm.String("AlarmName") ?? "", alarm => alarm.String("StateValue") ?? "", StringComparer.Ordinal);
    }
}
