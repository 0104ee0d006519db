using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Sns;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>An alarm changes its state: an event on the default event bus, a line in its history, and its actions.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html</remarks>
internal static class AlarmState
{
    private const string Service = "cloudwatch.amazonaws.com";

    public static void Change(Operation operation, Alarm alarm, string state, string reason, string? data)
    {
        string now = Alarm.Moment(operation.Now);
        bool isOther = state != alarm.State;
        RawDocument changed = alarm.Document.Without("StateReasonData")
            .With("StateValue", state)
            .With("StateReason", reason)
            .With("StateReasonData", data)
            .With("StateUpdatedTimestamp", now);
        Alarm after = new(isOther ? changed.With("StateTransitionedTimestamp", now) : changed);
        Alarm.All(operation)[alarm.Name] = after.Document;
        if (!isOther)
            return;

        AlarmHistory.Add(operation, alarm.Name, "StateUpdate", $"Alarm updated from {alarm.State} to {state}", RawDocument.Empty
            .With("version", "1.0")
            .With("oldState", HistoryState(alarm))
            .With("newState", HistoryState(after)));
        operation.Account.Events.Report(operation, "aws.cloudwatch", "CloudWatch Alarm State Change", [alarm.Arn], RawDocument.Empty
            .With("alarmName", alarm.Name)
            .With("state", EventState(after))
            .With("previousState", EventState(alarm))
            .With("configuration", Configuration(operation, alarm)));
        if (!after.Document.Flag("ActionsEnabled"))
            return;
        string list = state switch { Alarm.Ok => "OKActions", Alarm.InAlarm => "AlarmActions", _ => "InsufficientDataActions" };
        foreach (string action in after.Document.Texts(list))
            Notify(operation, alarm, after, action);
    }

    /// <summary>Publishes to a topic, whose policy must let CloudWatch do it; the default policy does, for the alarms of the account.</summary>
    private static void Notify(Operation operation, Alarm before, Alarm after, string topicArn)
    {
        string? failure = null;
        if (Topic.AtArn(operation, topicArn) is not { } topic)
        {
            failure = "Resource not found";
        }
        else
        {
            PolicyRequest request = PolicyRequest.OfService(Service, "sns:Publish", topicArn, after.Arn, operation.Account.Id);
            PolicyDecision decision = PolicyEvaluation.OfResource(topic.Policy, request with { Context = request.Context.With("aws:SourceOwner", operation.Account.Id) });
            failure = decision.IsAllowed ? Published(operation, topic, AlarmNotification.Of(operation, before, after)) : decision.Reason.ToString();
        }

        RawDocument data = RawDocument.Empty.With("actionState", failure is null ? "Succeeded" : "Failed").With("notificationResource", topicArn).With("error", failure);
        AlarmHistory.Add(operation, after.Name, "Action", failure is null
            ? $"Successfully executed action {topicArn}"
            : $"Failed to execute action {topicArn}. Received error: \"{failure}\"", data);
    }

    private static string? Published(Operation operation, Topic topic, RawDocument message)
    {
        try
        {
            PublishOperation.Publish(operation, topic, message);
            return null;
        }
        catch (AwsError e)
        {
            return e.Message;
        }
    }

    private static RawDocument HistoryState(Alarm alarm)
    {
        RawDocument state = RawDocument.Empty.With("stateValue", alarm.State).With("stateReason", alarm.Document.Text("StateReason"));
        return alarm.Document.Text("StateReasonData") is { } data && Json.IsObject(data) ? state.With("stateReasonData", RawDocument.Parse(data)) : state;
    }

    private static RawDocument EventState(Alarm alarm) => RawDocument.Empty
        .With("value", alarm.State)
        .With("reason", alarm.Document.Text("StateReason"))
        .With("reasonData", alarm.Document.Text("StateReasonData"))
        .With("timestamp", alarm.Document.Text("StateUpdatedTimestamp"));

    private static RawDocument Configuration(Operation operation, Alarm alarm)
    {
        MetricName metric = alarm.Metric;
        RawDocument dimensions = metric.Dimensions.Aggregate(RawDocument.Empty, (known, dimension) => known.With(dimension.Key, dimension.Value));
        RawDocument stat = RawDocument.Empty
            .With("metric", RawDocument.Empty.With("namespace", metric.Namespace).With("name", metric.Name).With("dimensions", dimensions))
            .With("period", alarm.Period)
            .With("stat", alarm.Statistic);
        return RawDocument.Empty
            .With("description", alarm.Document.Text("AlarmDescription"))
            .With("metrics", [RawDocument.Empty.With("id", operation.Account.Random.Id()).With("metricStat", stat).With("returnData", true)]);
    }
}
