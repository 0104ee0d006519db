using System.Globalization;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Logs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>
/// Log groups. Each event has a log stream of its own, named for its ID; how EventBridge names them is not documented. The name of the group may be
/// any one that the resource policies of CloudWatch Logs allow: it is the console that makes a policy for /aws/events/.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, "CloudWatch Logs permissions"</remarks>
internal sealed class LogsTarget : ITarget
{
    public string Service => "logs";

    public Message? Deliver(Attempt attempt)
    {
        // "It does not support Input or InputPath": https://github.com/aws/aws-cdk/pull/20748. What becomes of such a target is not documented.
        if (attempt.Target.Document["Input"] is not null || attempt.Target.Document["InputPath"] is not null)
            return DeliveryMessages.NoInputOfLogGroups();

        Operation operation = attempt.Operation;
        if (attempt.Target.Arn.AccountId != operation.Account.Id)
            return DeliveryMessages.OtherAccount(attempt.Target.Arn.AccountId);
        (long timestamp, string message) = attempt.Target.Document["InputTransformer"] is null
            ? (operation.Now.ToUnixTimeMilliseconds(), attempt.Input)
            : Transformed(attempt.Input);
        LogGroup group = LogGroup.AtArn(operation, attempt.Target.Arn.ToString()) ?? throw DeliveryRefusal.NoResource("The specified log group does not exist.");
        string stream = attempt.Event.Id;
        string arn = group.StreamArn(stream);
        // AWS's own example has the condition on the rule for PutLogEvents alone.
        Message? doubt = attempt.Doubt(LogPolicies.Allow(operation, Request("logs:CreateLogStream", arn, attempt, withRule: false)))
            ?? attempt.Doubt(LogPolicies.Allow(operation, Request("logs:PutLogEvents", arn, attempt, withRule: true)));
        if (doubt is not null)
            return doubt;

        if (!group.Streams.ContainsKey(stream))
            group.CreateStream(stream);
        group.Append(stream, [(timestamp, message)]);
        return null;
    }

    private static PolicyRequest Request(string action, string arn, Attempt attempt, bool withRule)
    {
        PolicyRequest request = PolicyRequest.OfEventBridge(action, arn, attempt.RuleArn, attempt.Operation.Account.Id);
        return withRule ? request : request with { Context = request.Context.Without("aws:SourceArn") };
    }

    /// <summary>What a transformer made, which must be {"timestamp": ..., "message": ...}, both of them texts.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html</remarks>
    private static (long Timestamp, string Message) Transformed(string input)
    {
        if (Json.IsObject(input) && RawDocument.Parse(input) is { Members.Count: 2 } given && given.Text("timestamp") is { } time && given.Text("message") is { Length: > 0 } message
            && Milliseconds(time) is { } timestamp)
        {
            return (timestamp, message);
        }

        throw new DeliveryRefusal("INVALID_INPUT", DeliveryMessages.InputOfLogGroup().ToString()); // AWS documents no code for it.
    }

    private static long? Milliseconds(string time)
    {
        if (long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number < 10_000_000_000_000)
            return number;
        return DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) && moment.ToUnixTimeMilliseconds() >= 0
            ? moment.ToUnixTimeMilliseconds()
            : null;
    }
}
