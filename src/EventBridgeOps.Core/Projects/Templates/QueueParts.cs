using System.Text.Json.Nodes;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The dead-letter queues that are created.</summary>
internal static class QueueParts
{
    // The limit of a queue and of an event: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html. An update without it may set another one.
    private const int MaximumMessageSize = 1_048_576;

    // 14 days, the longest that SQS keeps a message.
    private const int RetentionSeconds = 1_209_600;

    public static void Add(StackParts parts)
    {
        if (parts.Settings.DeadLetterQueue?.Name is { } name)
            Add(parts, name, StackNames.DeadLetterQueue);
        foreach (string other in parts.Project.Rules.SelectMany(rule => rule.Targets).Select(target => target.DeadLetterQueue?.Name).OfType<string>())
        {
            if (!parts.Queues.ContainsKey(other))
                Add(parts, other, parts.Id(other, "Queue"));
        }
    }

    private static void Add(StackParts parts, string name, string id)
    {
        parts.Queues.Add(name, id);
        parts.Add(id, "AWS::SQS::Queue", new JsonObject
        {
            ["QueueName"] = name.Contains("${") ? Functions.Sub(name) : name,
            ["MaximumMessageSize"] = MaximumMessageSize,
            ["MessageRetentionPeriod"] = RetentionSeconds,
            ["SqsManagedSseEnabled"] = true,
        });
        // A policy has room for 20 statements, so all rules share one: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html.
        parts.Add(id + "Policy", "AWS::SQS::QueuePolicy", new JsonObject { ["Queues"] = new JsonArray(Functions.Ref(id)), ["PolicyDocument"] = ResourcePolicies.Send(parts, Functions.GetAtt(id, "Arn"), "sqs:SendMessage") });
        parts.Add(id + "Alarm", "AWS::CloudWatch::Alarm", AlarmParts.Alarm("Events could not be delivered.", "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", ("QueueName", Functions.GetAtt(id, "QueueName"))));
        parts.Output(id + "Url", "The URL of the dead-letter queue", Functions.Ref(id));
        if (parts.Settings.Retains("deadLetterQueues"))
            parts.Retain(id);
    }
}
