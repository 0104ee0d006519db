using System.Globalization;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>What happened to alarms: AWS keeps 30 days of it, the sandbox the last 1,000 items of a Region.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html</remarks>
internal static class AlarmHistory
{
    private const int Most = 1000;

    public static void Add(Operation operation, string alarm, string type, string summary, RawDocument data)
    {
        Table history = operation.State["alarmHistory"];
        history[operation.State.NextNumber().ToString("D12", CultureInfo.InvariantCulture)] = RawDocument.Empty
            .With("AlarmName", alarm)
            .With("AlarmType", "MetricAlarm")
            .With("Timestamp", Alarm.Moment(operation.Now))
            .With("HistoryItemType", type)
            .With("HistorySummary", summary)
            .With("HistoryData", data.ToString());
        if (history.Count > Most)
            history.Remove(history.Keys.First());
    }

    public static RawDocument Describe(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Number("maxRecords", input["MaxRecords"], 1, 100);
        constraints.OneOf("historyItemType", input["HistoryItemType"], "ConfigurationUpdate", "StateUpdate", "Action");
        constraints.OneOf("scanBy", input["ScanBy"], "TimestampDescending", "TimestampAscending");
        MetricErrors.Check(constraints);
        DateTimeOffset start = MetricTime.Read(input, "StartDate") ?? DateTimeOffset.MinValue, end = MetricTime.Read(input, "EndDate") ?? DateTimeOffset.MaxValue;
        bool isAscending = input.Text("ScanBy") == "TimestampAscending";
        // The keys of a page are in the order of the texts, so the newest first have keys that count down.
        IEnumerable<(string Key, RawDocument Item)> items = operation.State["alarmHistory"]
            .Where(row => (input.Text("AlarmName") ?? row.Value.Text("AlarmName")) == row.Value.Text("AlarmName") && (input.Text("HistoryItemType") ?? row.Value.Text("HistoryItemType")) == row.Value.Text("HistoryItemType"))
            .Where(row => MetricTime.Read(row.Value, "Timestamp") is { } at && at >= start && at <= end)
            .Select(row => (isAscending ? row.Key : (999_999_999_999 - long.Parse(row.Key, CultureInfo.InvariantCulture)).ToString("D12", CultureInfo.InvariantCulture), row.Value))
            .OrderBy(item => item.Item1, StringComparer.Ordinal);
        Paging.Page<(string Key, RawDocument Item)> page = operation.Page(items, item => item.Key, input.Number("MaxRecords"), input.Text("NextToken"));
        return RawDocument.Empty
            .With("AlarmHistoryItems", page.Items.Select(item => item.Item.With("Timestamp", MetricTime.Write(MetricTime.Read(item.Item, "Timestamp")!.Value))))
            .With("NextToken", page.NextToken);
    }
}
