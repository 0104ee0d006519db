using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>Alarms are described.</summary>
internal static class AlarmReads
{
    private static readonly string[] Times = ["StateUpdatedTimestamp", "StateTransitionedTimestamp", "AlarmConfigurationUpdatedTimestamp"];

    private static readonly string[] OfStatistic = ["Statistic", "ExtendedStatistic", "Unit"];

    public static RawDocument Describe(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Number("maxRecords", input["MaxRecords"], 1, 100);
        constraints.List("alarmNames", input["AlarmNames"], 0, 100, required: false);
        constraints.OneOf("stateValue", input["StateValue"], Alarm.Ok, Alarm.InAlarm, Alarm.NoData);
        MetricErrors.Check(constraints);
        List<string> names = [.. input.Texts("AlarmNames")], types = [.. input.Texts("AlarmTypes")];
        if (names.Count > 0 && input.Text("AlarmNamePrefix") is not null)
            throw MetricErrors.Invalid("AlarmNamePrefix and AlarmNames cannot both be specified");
        bool isOfMetrics = types.Count == 0 || types.Contains("MetricAlarm");
        Paging.Page<RawDocument> page = operation.Page(
            Alarm.All(operation).Values.Where(alarm => isOfMetrics
                && (names.Count == 0 || names.Contains(alarm.Text("AlarmName")!))
                && alarm.Text("AlarmName")!.StartsWith(input.Text("AlarmNamePrefix") ?? "", StringComparison.Ordinal)
                && (input.Text("StateValue") ?? alarm.Text("StateValue")) == alarm.Text("StateValue")
                && (input.Text("ActionPrefix") is not { } prefix || alarm.Texts("AlarmActions").Any(action => action.StartsWith(prefix, StringComparison.Ordinal)))),
            alarm => alarm.Text("AlarmName")!, input.Number("MaxRecords") ?? 50, input.Text("NextToken"));
        return RawDocument.Empty.With("CompositeAlarms", Array.Empty<RawDocument>()).With("MetricAlarms", page.Items.Select(Shown)).With("NextToken", page.NextToken);
    }

    public static RawDocument DescribeForMetric(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("namespace", input["Namespace"], true, 1, 255);
        MetricName metric = MetricName.Read(constraints, "", input, input.Text("Namespace"));
        MetricErrors.Check(constraints);
        return RawDocument.Empty.With("MetricAlarms", Alarm.All(operation).Values.Where(alarm => MetricName.From(alarm).Key == metric.Key
            && OfStatistic.All(name => input.Text(name) is not { } wanted || wanted == alarm.Text(name))
            && (input.Number("Period") is not { } period || period == alarm.Number("Period"))).Select(Shown));
    }

    /// <summary>An alarm with its times as the protocols have them.</summary>
    private static RawDocument Shown(RawDocument alarm) => Times.Aggregate(alarm, (shown, time) => shown.With(time, MetricTime.Write(MetricTime.Read(alarm, time)!.Value)));
}
