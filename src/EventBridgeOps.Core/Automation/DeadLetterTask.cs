using System.Text.Json.Nodes;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Automation;

/// <summary>Messages of a dead-letter queue: each is moved to the queue for parked messages with what is known of its cause, so that it neither comes again without end nor expires unseen.</summary>
/// <param name="queues">The queues.</param>
/// <param name="parkedQueueUrl">The queue for parked messages; null if there is none: messages then stay in their queue.</param>
public sealed class DeadLetterTask(IMessageQueueApi queues, string? parkedQueueUrl)
{
    /// <summary>The cause of a message that EventBridge did not send.</summary>
    private const string NoCode = "NOT_A_DEAD_LETTER";

    /// <summary>Whether a document is a batch of messages: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html.</summary>
    /// <param name="document">The payload of the function.</param>
    public static bool IsBatch(JsonObject document) =>
        document["Records"] is JsonArray { Count: > 0 } records && records.All(record => record is JsonObject message && message.String("eventSource") == "aws:sqs");

    /// <summary>Parks the messages of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="observer">Receives warnings and failures.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What was done, and the IDs of the messages that must be delivered again.</returns>
    public async Task<(AutomationOutcome Outcome, IReadOnlyList<string> Again)> RunAsync(JsonObject batch, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<string> again = [];
        List<AutomationItem> items = [];
        OpsException? first = null;
        foreach (JsonObject message in ((JsonArray)batch["Records"]!).OfType<JsonObject>())
        {
            string id = message.String("messageId") ?? "";
            string reason = observer.Text(Diagnose(message)), cause = Attribute(message, DeadLetterAttributes.ErrorCode) ?? NoCode;
            try
            {
                if (parkedQueueUrl is null)
                    throw new OpsException(ErrorIds.InvalidSettings, AutomationMessages.NoParkedQueue());
                await queues.SendAsync(parkedQueueUrl, message.String("body") ?? "", Attributes(message, reason), cancellationToken);
                items.Add(new AutomationItem("message", id, null, null, "Parked", reason) { Cause = cause });
            }
            catch (OpsException e) when (!cancellationToken.IsCancellationRequested)
            {
                first ??= e;
                again.Add(id);
                observer.Failed(new ItemFailure(e, id));
                items.Add(new AutomationItem("message", id, null, null, "Failed", observer.Text(e)) { Cause = cause });
            }
        }

        Message said = AutomationMessages.Parked(items.Count - again.Count);
        AutomationOutcome outcome = new()
        {
            Task = AutomationTask.DeadLetter,
            Status = first is null ? AutomationStatus.Done : AutomationStatus.Failed,
            Message = observer.Text(first is null ? said : AutomationMessages.WithFailures(said, again.Count, first)),
            Items = items,
        };
        return (outcome, again);
    }

    /// <summary>What EventBridge says of a dead letter: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html.</summary>
    private static Message Diagnose(JsonObject message) =>
        Attribute(message, DeadLetterAttributes.ErrorCode) is { } code
            ? AutomationMessages.DeadLetter(code, Attribute(message, DeadLetterAttributes.ErrorMessage), Attribute(message, DeadLetterAttributes.RuleArn), Attribute(message, DeadLetterAttributes.TargetArn))
            : AutomationMessages.NotADeadLetter();

    private static string? Attribute(JsonObject message, string name) =>
        (message["messageAttributes"] as JsonObject)?[name] is JsonObject attribute ? attribute.String("stringValue") : null;

    /// <summary>The attributes of the message, which has at most ten, and the diagnosis.</summary>
    private static Dictionary<string, string> Attributes(JsonObject message, string reason)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal) { ["EBOPS_DIAGNOSIS"] = reason };
        foreach (string name in DeadLetterAttributes.All)
        {
            if (Attribute(message, name) is { Length: > 0 } value)
                attributes[name] = value;
        }

        return attributes;
    }
}

/// <summary>Amazon SQS, as far as messages are sent.</summary>
public interface IMessageQueueApi
{
    /// <summary>SendMessage.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="body">The text of the message.</param>
    /// <param name="attributes">Its attributes, which are texts.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <exception cref="Services.ServiceCallException">The service rejected the call or could not be reached.</exception>
    Task SendAsync(string queueUrl, string body, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken);
}
