using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.DeadLetters;

/// <summary>Reads a message as the services write dead letters.</summary>
/// <remarks>
/// EventBridge sends the event and attributes: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html. AWS Lambda sends the event and
/// the attributes RequestID, ErrorCode and ErrorMessage to a dead-letter queue, and a record that contains the event to an on-failure destination:
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html.
/// </remarks>
internal static class DeadLetterText
{
    /// <summary>What a message says, without a diagnosis.</summary>
    public static DeadLetter Read(DeadLetterQueue queue, QueueMessage message)
    {
        JsonObject? body = Parse(message.Body);
        DeadLetter letter = new()
        {
            QueueName = queue.Name,
            QueueArn = queue.Arn.ToString(),
            MessageId = message.Id,
            SentAt = message.SentAt,
            ReceiveCount = message.ReceiveCount,
            Body = message.Body,
            Origin = Get(message.Attributes, DeadLetterAttributes.Origin),
            Cause = DeadLetterCause.NotADeadLetter,
        };
        return message.Attributes.ContainsKey(DeadLetterAttributes.ErrorCode) ? OfEventBridge(letter, message.Attributes, body)
            : body?["requestContext"] is JsonObject context && body.ContainsKey("requestPayload") ? OfDestination(letter, context, body)
            : message.Attributes.ContainsKey("RequestID") && message.Attributes.ContainsKey("ErrorCode") ? OfFunction(letter, message.Attributes, body)
            : WithEvent(letter, body);
    }

    private static DeadLetter OfEventBridge(DeadLetter letter, IReadOnlyDictionary<string, string> attributes, JsonObject? body)
    {
        string? rule = Get(attributes, DeadLetterAttributes.RuleArn);
        (string? bus, string? name) = RuleOf(rule);
        string? code = Get(attributes, DeadLetterAttributes.ErrorCode), message = Get(attributes, DeadLetterAttributes.ErrorMessage), target = Get(attributes, DeadLetterAttributes.TargetArn);
        return WithEvent(letter, body) with
        {
            RuleArn = rule,
            EventBusName = bus,
            RuleName = name,
            TargetArn = target,
            ErrorCode = code,
            ErrorMessage = message,
            Cause = CauseReader.Of(code, message, Arn.TryParse(target, out Arn? arn) ? arn.Service : null),
            RetryAttempts = int.TryParse(Get(attributes, DeadLetterAttributes.RetryAttempts), NumberStyles.None, CultureInfo.InvariantCulture, out int attempts) ? attempts : null,
            ExhaustedRetryCondition = Get(attributes, DeadLetterAttributes.ExhaustedRetryCondition),
        };
    }

    private static DeadLetter OfDestination(DeadLetter letter, JsonObject context, JsonObject body)
    {
        string? arn = context.String("functionArn");
        JsonObject? response = body["responsePayload"] as JsonObject;
        return WithEvent(letter, body["requestPayload"] as JsonObject) with
        {
            TargetArn = arn?.EndsWith(":$LATEST", StringComparison.Ordinal) == true ? arn.Substring(0, arn.Length - ":$LATEST".Length) : arn,
            ErrorCode = response?.String("errorType") ?? context.String("condition"),
            ErrorMessage = response?.String("errorMessage"),
            Cause = DeadLetterCause.FunctionFailed,
            RetryAttempts = context["approximateInvokeCount"] is JsonValue count && count.TryGetValue(out int invoked) ? invoked - 1 : null,
            ExhaustedRetryCondition = context.String("condition"),
        };
    }

    private static DeadLetter OfFunction(DeadLetter letter, IReadOnlyDictionary<string, string> attributes, JsonObject? body) => WithEvent(letter, body) with
    {
        ErrorCode = Get(attributes, "ErrorCode"),
        ErrorMessage = Get(attributes, "ErrorMessage"),
        Cause = DeadLetterCause.FunctionFailed,
    };

    private static DeadLetter WithEvent(DeadLetter letter, JsonObject? happened) => happened is null ? letter : letter with
    {
        Event = happened,
        EventId = happened.String("id"),
        Source = happened.String("source"),
        DetailType = happened.String("detail-type"),
    };

    /// <summary>Event bus and rule of an ARN: <c>rule/name</c>, or <c>rule/bus/name</c>.</summary>
    private static (string? Bus, string? Rule) RuleOf(string? text)
    {
        if (!Arn.TryParse(text, out Arn? arn) || !arn.Resource.StartsWith("rule/", StringComparison.Ordinal) || arn.Resource.EndsWith("/", StringComparison.Ordinal))
            return (null, null);
        string[] parts = arn.Resource.Split('/');
        // The name of a partner event bus contains slashes; the name of a rule does not.
        return parts.Length == 2 ? (BusName.Default, parts[1]) : (string.Join("/", parts.Skip(1).Take(parts.Length - 2)), parts[parts.Length - 1]);
    }

    private static string? Get(IReadOnlyDictionary<string, string> attributes, string name) => attributes.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    private static JsonObject? Parse(string text)
    {
        try
        {
            return Document.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
