using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>What the sandbox says of SNS in its own words.</summary>
internal static class SnsMessages
{
    public static Message NotSupported(string what) => Message.Of($"The sandbox does not support {what}.");

    public static Message Protocol(string protocol) => Message.Of($"subscriptions with the protocol {protocol}");

    public static Message OtherQueue(string arn) => Message.Of($"subscriptions of queues in other accounts or Regions: {arn}");

    public static Message NotLoopback(string endpoint) => Message.Of($"endpoints that are not on this computer: {endpoint}");

    public static Message Attribute(string name) => Message.Of($"the attribute {name}");

    public static Message Operator(string name) => Message.Of($"the operator {name} of filter policies");

    public static Message PhoneNumbers() => Message.Of($"text messages and mobile endpoints");
}
