using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>CloudWatch with its metrics, alarms and dashboards.</summary>
internal sealed class AlarmService : IService
{
    private readonly CloudWatchService metrics = new();

    public AlarmService() => Operations = Whole();

    public string Name => metrics.Name;

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; }

    public AwsError BadToken => metrics.BadToken;

    public AwsError Internal(int status) => metrics.Internal(status);

    private Dictionary<string, Func<Operation, RawDocument>> Whole()
    {
        Dictionary<string, Func<Operation, RawDocument>> operations = new()
        {
            ["PutMetricAlarm"] = AlarmSettings.Put,
            ["DescribeAlarms"] = AlarmReads.Describe,
            ["DescribeAlarmsForMetric"] = AlarmReads.DescribeForMetric,
            ["DescribeAlarmHistory"] = AlarmHistory.Describe,
            ["DeleteAlarms"] = AlarmSettings.Delete,
            ["SetAlarmState"] = AlarmSettings.SetState,
            ["EnableAlarmActions"] = AlarmSettings.EnableActions,
            ["DisableAlarmActions"] = AlarmSettings.DisableActions,
            ["PutDashboard"] = Dashboards.Put,
            ["GetDashboard"] = Dashboards.Get,
            ["ListDashboards"] = Dashboards.List,
            ["DeleteDashboards"] = Dashboards.Delete,
            ["TagResource"] = AlarmTags.Tag,
            ["UntagResource"] = AlarmTags.Untag,
            ["ListTagsForResource"] = AlarmTags.List,
        };
        foreach (KeyValuePair<string, Func<Operation, RawDocument>> one in metrics.Operations)
        {
            // What queues have is measured when metrics are asked for.
            operations[one.Key] = one.Key == "PutMetricData" ? one.Value : operation =>
            {
                QueueGauges.Measure(operation, operation.Now);
                return one.Value(operation);
            };
        }

        return operations;
    }
}
