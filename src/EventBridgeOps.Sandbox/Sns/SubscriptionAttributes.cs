using System.Text.Json;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>The attributes of subscriptions.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html</remarks>
internal static class SubscriptionAttributes
{
    private static readonly string[] Unsupported = ["DeliveryPolicy", "SubscriptionRoleArn", "ReplayPolicy"];

    /// <summary>Checks attributes, laid over those that the subscription has.</summary>
    public static void Check(Operation operation, Topic topic, RawDocument all, RawDocument given)
    {
        foreach (KeyValuePair<string, JsonElement> attribute in given.Members)
        {
            string value = attribute.Value.GetString()!;
            if (Unsupported.Contains(attribute.Key))
                throw SnsErrors.NotSupported(SnsMessages.Attribute(attribute.Key).ToString());
            switch (attribute.Key)
            {
                case "RawMessageDelivery":
                    if (value is not ("true" or "false"))
                        throw SnsErrors.Invalid($"Attributes Reason: RawMessageDelivery: Invalid value [{value}]. Must be true or false.");
                    break;
                case "FilterPolicyScope":
                    if (value is not ("MessageAttributes" or "MessageBody"))
                        throw SnsErrors.Invalid($"FilterPolicyScope: Invalid value [{value}]. Please use either MessageBody or MessageAttributes");
                    break;
                case "FilterPolicy":
                    break; // Below, because its scope decides what it may be.
                case "RedrivePolicy":
                    CheckRedrive(operation, topic, value);
                    break;
                default:
                    throw SnsErrors.Invalid("AttributeName");
            }
        }

        if (all.Text("FilterPolicy") is { Length: > 0 } filter)
            FilterPolicy.Read(filter, all.Text("FilterPolicyScope"));
    }

    /// <summary>https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html: a queue of the same account and Region, FIFO for a FIFO topic.</summary>
    private static void CheckRedrive(Operation operation, Topic topic, string value)
    {
        if (value.Length == 0)
            return;
        string? arn = Json.IsObject(value) ? RawDocument.Parse(value).Text("deadLetterTargetArn") : null;
        if (arn is null)
            throw SnsErrors.Invalid("RedrivePolicy: deadLetterTargetArn is an invalid arn");
        Queue queue = Queue.AtArn(operation, arn) ?? throw SnsErrors.NotSupported(SnsMessages.OtherQueue(arn).ToString());
        if (queue.IsFifo != topic.IsFifo)
            throw SnsErrors.Invalid("RedrivePolicy: must use a FIFO queue as DLQ for a FIFO topic");
    }
}
