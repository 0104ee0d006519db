using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Sns;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>Sends what became of an event to a queue, a topic, a function or an event bus, with the role of the function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html</remarks>
internal static class FunctionOutput
{
    public const string Service = "lambda.amazonaws.com";

    /// <summary>The kinds of destinations, each with the action that the role needs.</summary>
    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["sqs"] = "sqs:SendMessage",
        ["sns"] = "sns:Publish",
        ["lambda"] = "lambda:InvokeFunction",
        ["events"] = "events:PutEvents",
    };

    /// <summary>Checks the ARN of a destination, that the role of the function may send there, and that it can take messages without a group.</summary>
    /// <exception cref="AwsError">Lambda would refuse it, or the sandbox does not have it.</exception>
    public static void Check(Operation operation, string roleArn, string functionArn, string destination, params string[] kinds)
    {
        if (!Arn.TryParse(destination, out Arn? arn) || !kinds.Contains(arn.Service))
            throw LambdaErrors.NotSupported("the destination " + destination);
        if (destination.EndsWith(Queue.FifoSuffix, StringComparison.Ordinal))
            throw LambdaErrors.Invalid($"The destination ARN {destination} is invalid.");
        if (destination == functionArn || destination == functionArn + ":$LATEST")
            throw LambdaErrors.Invalid("You can't specify the function as a destination for itself.");
        CheckRole(operation, roleArn, functionArn, Actions[arn.Service], destination);
    }

    /// <summary>Checks what the role of a function may do; where that is unknown, the call is accepted.</summary>
    /// <exception cref="AwsError">The role does not allow it.</exception>
    public static void CheckRole(Operation operation, string roleArn, string functionArn, string action, string resource)
    {
        if (!operation.Account.Roles.May(operation, roleArn, Service, functionArn, action, resource).IsDenied)
            return;
        string[] name = action.Split(':');
        throw LambdaErrors.Invalid($"The provided execution role does not have permissions to call {name[1]} on {name[0].ToUpperInvariant()}");
    }

    public static PolicyDecision May(Operation operation, Function function, string action, string resource) =>
        operation.Account.Roles.May(operation, function.Role, Service, function.Arn, action, resource);

    /// <summary>Sends a text.</summary>
    /// <returns>Whether it arrived.</returns>
    public static bool Send(Operation operation, Function function, string destination, RawDocument message, string? detailType = null)
    {
        if (!Arn.TryParse(destination, out Arn? arn) || !Actions.TryGetValue(arn.Service, out string? action) || !May(operation, function, action, destination).IsAllowed)
            return false;
        string text = message.Text("Message")!;
        try
        {
            switch (arn.Service)
            {
                case "sqs" when Queue.AtArn(operation, destination) is { } queue:
                    MessageOperations.Send(operation, queue, message.Without("Message").With("MessageBody", text));
                    return true;
                case "sns" when Topic.AtArn(operation, destination) is { } topic:
                    PublishOperation.Publish(operation, topic, message);
                    return true;
                case "lambda" when Function.AtArn(operation, destination) is { } other:
                    AsyncInvocations.Accept(operation, other, System.Text.Encoding.UTF8.GetBytes(text));
                    return true;
                case "events" when BusName.TryRead(destination, out _, out string? bus) && (bus == BusName.Default || operation.State["buses"].ContainsKey(bus!)) && text.Length <= EntryLimits.Bytes:
                    operation.Account.Events.Accept(operation, RawDocument.Empty
                        .With("Source", "lambda")
                        .With("DetailType", detailType)
                        .With("Detail", text)
                        .With("EventBusName", destination)
                        .With("Resources", [destination, function.Arn + ":$LATEST"]));
                    return true;
                default:
                    return false;
            }
        }
        catch (AwsError)
        {
            return false; // Too large, for example.
        }
    }
}
