using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Automation;

/// <summary>
/// Messages of a dead-letter queue: the events whose cause is gone, or can be repaired, are delivered to their target, if the policy says so. Each other message is
/// moved to the queue for parked messages with what is known of its cause, so that it neither comes again without end nor expires unseen.
/// </summary>
/// <param name="queues">The queues.</param>
/// <param name="sources">What a diagnosis is made from.</param>
/// <param name="redrive">Delivers dead letters.</param>
/// <param name="scanner">Finds targets.</param>
/// <param name="repair">Repairs targets.</param>
/// <param name="settings">The policy.</param>
public sealed class DeadLetterTask(IMessageQueueApi queues, DiagnosisSources sources, DeadLetterRedrive redrive, TargetScanner scanner, DriftRepair repair, AutomationSettings settings)
{
    /// <summary>How often a message comes again after a failure that may pass, before it is parked.</summary>
    private const int MaxReceiveCount = 5;

    /// <summary>A message with its attributes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html.</summary>
    private const int MaxMessageBytes = 1024 * 1024;

    /// <summary>The cause of a message that EventBridge did not send.</summary>
    private const string NoCode = "NOT_A_DEAD_LETTER";

    /// <summary>Whether a document is a batch of messages: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html.</summary>
    /// <param name="document">The payload of the function.</param>
    public static bool IsBatch(JsonObject document) =>
        document["Records"] is JsonArray { Count: > 0 } records && records.All(record => record is JsonObject message && message.String("eventSource") == "aws:sqs");

    /// <summary>Delivers or parks the messages of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="observer">Receives warnings and failures.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What was done, and the IDs of the messages that must be delivered again.</returns>
    public async Task<(AutomationOutcome Outcome, IReadOnlyList<string> Again)> RunAsync(JsonObject batch, IRunObserver observer, CancellationToken cancellationToken)
    {
        Dictionary<string, (DeadLetter Letter, QueueMessage Message)> letters = ((JsonArray)batch["Records"]!).OfType<JsonObject>().Select(Read).GroupBy(each => each.Letter.MessageId).ToDictionary(each => each.Key, each => each.First(), StringComparer.Ordinal);
        List<string> changes = [];
        List<AutomationItem> items = settings.DeadLetters == DeadLetterMode.Redrive ? [.. await RepairAsync([.. letters.Values.Select(each => each.Letter)], changes, observer, cancellationToken)] : [];
        await using DeadLetterDoctor doctor = sources.Open(cancellationToken);
        LetterSender sender = redrive.Open(changes.Add, observer, cancellationToken);
        IReadOnlyDictionary<ResourceId, LastWrite> earlier = settings.DeadLetters == DeadLetterMode.Redrive
            ? await sender.EarlierAsync([.. letters.Values.Select(each => each.Letter)], cancellationToken)
            : new Dictionary<ResourceId, LastWrite>();
        List<string> again = [];
        OpsException? first = null;
        int redriven = 0, parked = 0;
        foreach ((DeadLetter letter, QueueMessage message) in letters.Values)
        {
            AutomationItem item = new("message", letter.MessageId, null, null, "Parked", null) { Cause = message.Attributes.TryGetValue(DeadLetterAttributes.ErrorCode, out string? code) ? code : NoCode };
            try
            {
                Diagnosis diagnosis = await doctor.ExamineAsync(letter);
                SentLetter? sent = settings.DeadLetters == DeadLetterMode.Redrive ? await SendAsync(letter, diagnosis, sender, earlier, cancellationToken) : null;
                if (sent is { Status: DeadLetterStatus.Redriven })
                {
                    redriven++;
                    items.Add(item with { From = letter.TargetArn, To = sent.DeliveryId, Status = nameof(DeadLetterStatus.Redriven), Reason = sent.Reason is { } more ? observer.Text(more) : null });
                    continue;
                }

                if (sent is { Status: DeadLetterStatus.Failed, Error: { } error } && FailureList.MayPass(error) && letter.ReceiveCount is null or < MaxReceiveCount)
                    throw error;
                string reason = observer.Text(sent?.Reason ?? diagnosis.Said);
                await ParkAsync(letter, message, reason, cancellationToken);
                parked++;
                items.Add(item with { Reason = reason });
            }
            catch (OpsException e) when (!cancellationToken.IsCancellationRequested)
            {
                first ??= e;
                again.Add(letter.MessageId);
                observer.Failed(new ItemFailure(e, letter.MessageId));
                items.Add(item with { Status = "Failed", Reason = observer.Text(e) });
            }
        }

        Message said = redriven > 0 ? AutomationMessages.RedrivenAndParked(redriven, parked) : AutomationMessages.Parked(parked);
        AutomationOutcome outcome = new()
        {
            Task = AutomationTask.DeadLetter,
            Status = first is null ? AutomationStatus.Done : AutomationStatus.Failed,
            Message = observer.Text(first is null ? said : AutomationMessages.WithFailures(said, again.Count, first)),
            ChangeIds = changes,
            Items = items,
        };
        return (outcome, again);
    }

    /// <summary>Repairs the targets whose revision is not ACTIVE, as far as the policy for drift allows.</summary>
    private async Task<IReadOnlyList<AutomationItem>> RepairAsync(IReadOnlyList<DeadLetter> letters, List<string> changes, IRunObserver observer, CancellationToken cancellationToken)
    {
        DeadLetter[] stale = [.. letters.Where(letter => letter is { Cause: DeadLetterCause.RevisionNotActive or DeadLetterCause.Rejected or DeadLetterCause.Other, RuleName: not null, EventBusName: not null })];
        if (stale.Length == 0 || settings.Drift.Mode == DriftMode.Report)
            return [];
        RuleQuery rules = new() { EventBusName = [.. stale.Select(letter => letter.EventBusName!).Distinct()], RuleName = [.. stale.Select(letter => letter.RuleName!).Distinct()] };
        List<TargetRevision> drift = [];
        await foreach (TargetRevision target in scanner.ScanAsync(new TargetQuery { Rules = rules }, observer, cancellationToken))
        {
            if (target.IsDrift() && stale.Any(letter => letter.EventBusName == target.EventBusName && letter.RuleName == target.RuleName))
                drift.Add(target);
        }

        (IReadOnlyList<TargetSyncResult> repaired, IReadOnlyList<AutomationItem> others) = await repair.RunAsync(drift, observer, cancellationToken);
        changes.AddRange(TargetFollower.Changes(repaired.Select(result => result.ChangeId)));
        return [.. repaired.Select(TargetFollower.Item), .. others];
    }

    /// <summary>Delivers a letter; null if its cause still exists, or is not known.</summary>
    private static async Task<SentLetter?> SendAsync(DeadLetter letter, Diagnosis diagnosis, LetterSender sender, IReadOnlyDictionary<ResourceId, LastWrite> earlier, CancellationToken cancellationToken)
    {
        LastWrite? before = earlier.TryGetValue(letter.Name, out LastWrite? last) ? last : null;
        return diagnosis.Delivery is { } delivery && (diagnosis.State == DeadLetterState.Ready || before is { Status: ChangeItemStatus.Written })
            ? await sender.SendAsync(delivery, before, force: false, cancellationToken)
            : null;
    }

    private async Task ParkAsync(DeadLetter letter, QueueMessage message, string reason, CancellationToken cancellationToken)
    {
        if (settings.ParkedQueueUrl is not { } parked)
            throw new OpsException(ErrorIds.InvalidSettings, AutomationMessages.NoParkedQueue());
        // A message has at most ten attributes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html.
        Dictionary<string, string> attributes = DeadLetterAttributes.All.Where(name => message.Attributes.TryGetValue(name, out string? value) && value.Length > 0).ToDictionary(name => name, name => message.Attributes[name], StringComparer.Ordinal);
        attributes[DeadLetterAttributes.Diagnosis] = reason;
        attributes[DeadLetterAttributes.Origin] = letter.Name.Name;
        // Without room for it, the message would come again until it expires.
        if (Bytes(message.Body) + attributes.Sum(attribute => Bytes(attribute.Key) + Bytes(attribute.Value) + Bytes("String")) > MaxMessageBytes)
            attributes.Remove(DeadLetterAttributes.Diagnosis);
        await queues.SendAsync(parked, message.Body, attributes, cancellationToken);
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static (DeadLetter Letter, QueueMessage Message) Read(JsonObject record)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonNode?> attribute in record["messageAttributes"] as JsonObject ?? [])
        {
            if ((attribute.Value as JsonObject)?.String("stringValue") is { } text)
                attributes[attribute.Key] = text;
        }

        QueueMessage message = new QueueMessage(record.String("messageId") ?? "", record.String("receiptHandle") ?? "", record.String("body") ?? "", attributes).With(record["attributes"] as JsonObject ?? []);
        // The queue is only named; it is read by AWS Lambda.
        DeadLetterQueue queue = new(Arn.TryParse(record.String("eventSourceARN"), out Arn? arn) ? arn : Arn.In("sqs", "", "", "unknown"), "");
        return (DeadLetterText.Read(queue, message), message);
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
