using System.Text.Json.Nodes;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The alarms of rules.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html. EventBridge does not send these metrics while they are zero.</remarks>
internal static class AlarmParts
{
    private static readonly (string Kind, string Metric, string Description)[] Metrics =
    [
        ("DeadLettersAlarm", "InvocationsSentToDlq", "Events were sent to a dead-letter queue."),
        ("LostEventsAlarm", "InvocationsFailedToBeSentToDlq", "Events were lost, because they could not be sent to a dead-letter queue."),
        ("FailuresAlarm", "FailedInvocations", "Events could not be delivered."),
    ];

    public static void Add(StackParts parts)
    {
        foreach (StackRule rule in parts.Rules)
        {
            parts.Unit = rule.Unit;
            foreach ((string kind, string metric, string description) in Metrics)
                parts.Add(rule.Id + kind, "AWS::CloudWatch::Alarm", Alarm($"{rule.Name}: {description}", "AWS/Events", metric, "Sum", Dimensions(rule)));
        }

        parts.Unit = null;
    }

    public static JsonObject Alarm(string description, string metrics, string metric, string statistic, params (string Name, JsonNode Value)[] dimensions) => new()
    {
        ["AlarmDescription"] = description,
        ["Namespace"] = metrics,
        ["MetricName"] = metric,
        ["Dimensions"] = new JsonArray([.. dimensions.Select(dimension => new JsonObject { ["Name"] = dimension.Name, ["Value"] = dimension.Value })]),
        ["Statistic"] = statistic,
        ["Period"] = 300,
        ["EvaluationPeriods"] = 1,
        ["Threshold"] = 0,
        ["ComparisonOperator"] = "GreaterThanThreshold",
        ["TreatMissingData"] = "notBreaching",
    };

    private static (string Name, JsonNode Value)[] Dimensions(StackRule rule) =>
        rule.IsOfDefaultBus ? [("RuleName", rule.Name)] : [("EventBusName", rule.BusName.DeepClone()), ("RuleName", rule.Name)];
}
