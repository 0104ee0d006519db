using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>The message that CloudWatch publishes when an alarm changes its state.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html</remarks>
internal static class AlarmNotification
{
    private const int LongestSubject = 100;

    /// <summary>The names by which the message calls Regions; another one is called by its code.</summary>
    private static readonly Dictionary<string, string> Regions = new(StringComparer.Ordinal)
    {
        ["us-east-1"] = "US East (N. Virginia)",
        ["us-east-2"] = "US East (Ohio)",
        ["us-west-1"] = "US West (N. California)",
        ["us-west-2"] = "US West (Oregon)",
        ["eu-west-1"] = "EU (Ireland)",
        ["eu-west-2"] = "EU (London)",
        ["eu-central-1"] = "EU (Frankfurt)",
    };

    /// <summary>The members of Publish.</summary>
    public static RawDocument Of(Operation operation, Alarm before, Alarm after)
    {
        RawDocument alarm = after.Document;
        string region = Regions.TryGetValue(operation.Call.Region, out string? name) ? name : operation.Call.Region;
        string subject = $"{after.State}: \"{after.Name}\" in {region}";
        RawDocument message = RawDocument.Empty
            .With("AlarmName", after.Name)
            .With("AlarmDescription", Json.Parse(alarm["AlarmDescription"]?.GetRawText() ?? "null"))
            .With("AWSAccountId", operation.Account.Id)
            .With("AlarmConfigurationUpdatedTimestamp", alarm.Text("AlarmConfigurationUpdatedTimestamp"))
            .With("NewStateValue", after.State)
            .With("NewStateReason", alarm.Text("StateReason"))
            .With("StateChangeTime", alarm.Text("StateUpdatedTimestamp"))
            .With("Region", region)
            .With("AlarmArn", after.Arn)
            .With("OldStateValue", before.State)
            .With("OKActions", alarm.Texts("OKActions"))
            .With("AlarmActions", alarm.Texts("AlarmActions"))
            .With("InsufficientDataActions", alarm.Texts("InsufficientDataActions"))
            .With("Trigger", Trigger(after));
        return RawDocument.Empty.With("Subject", subject.Length > LongestSubject ? subject.Substring(0, LongestSubject) : subject).With("Message", message.ToString());
    }

    private static RawDocument Trigger(Alarm alarm)
    {
        RawDocument trigger = RawDocument.Empty.With("MetricName", alarm.Metric.Name).With("Namespace", alarm.Metric.Namespace);
        trigger = alarm.Document.Text("Statistic") is { } statistic
            ? trigger.With("StatisticType", "Statistic").With("Statistic", statistic.ToUpperInvariant())
            : trigger.With("StatisticType", "ExtendedStatistic").With("ExtendedStatistic", alarm.Statistic);
        return trigger
            .With("Unit", Json.Parse(alarm.Document["Unit"]?.GetRawText() ?? "null"))
            .With("Dimensions", alarm.Metric.Dimensions.Select(dimension => RawDocument.Empty.With("value", dimension.Value).With("name", dimension.Key)))
            .With("Period", alarm.Period)
            .With("EvaluationPeriods", alarm.EvaluationPeriods)
            .With("ComparisonOperator", alarm.Comparison)
            .With("Threshold", Json.Figure(alarm.Threshold))
            .With("TreatMissingData", alarm.Missing)
            .With("EvaluateLowSampleCountPercentile", "");
    }
}
