using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Logs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.BusLogs;

/// <summary>
/// The logs of event buses: each step of an event is a record, which goes where the deliveries of the event bus for its level go. Left out are
/// EVENT_INGEST_FAILURE, because AWS does not document which failures it is for, and INVOCATION_THROTTLE_START, because the sandbox has no quota of
/// invocations; and of what the sandbox does not deliver there is no invocation. A forwarded event is logged where it matches a rule, as an event of AWS is.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html and eb-event-logs-schema.html</remarks>
internal sealed class BusLog : IDeliveryWatch
{
    /// <summary>The log stream of all records, as seen in an account.</summary>
    private const string Stream = "EventBridgeEventBusLogs";

    public void Answered(Operation operation, RawDocument? answer)
    {
        // Requests are not in the logs, only events.
    }

    public void Compared(Operation operation, BusEvent sent, IReadOnlyList<RawDocument> rules)
    {
        if (LogOf(operation, sent) is not { } log)
            return;

        bool isMatched = rules.Any(IsStandard);
        bool isSent = !sent.IsForwarded && sent.Root.GetProperty("source").GetString()?.StartsWith("aws.", StringComparison.Ordinal) != true;
        if (!isMatched && (!isSent || rules.Count > 0))
            return; // Events of AWS that match nothing, and events that match managed rules only, are not logged.

        log.Write("EVENT_RECEIPT", "TRACE", () => BusRecord.OfEvent(operation, sent, log.IsFull));
        log.Write("EVENT_INGEST_SUCCESS", "INFO", () => BusRecord.OfEvent(operation, sent, log.IsFull));
        log.Write("RULE_MATCH_START", "TRACE", () => BusRecord.OfEvent(operation, sent, log.IsFull));
        if (!isMatched)
            log.Write("NO_STANDARD_RULES_MATCHED", "INFO", () => RawDocument.Empty);
    }

    public void Matched(Operation operation, BusEvent sent, RawDocument rule, IReadOnlyList<PendingDelivery> deliveries)
    {
        if (IsStandard(rule) && LogOf(operation, sent) is { } log)
            log.Write("RULE_MATCH", "INFO", () => BusRecord.OfRule(rule, deliveries));
    }

    public void Attempted(Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryOutcome outcome, DeliveryRefusal? refusal)
    {
        if (outcome == DeliveryOutcome.NotSimulated || LogOf(operation, delivery.Event) is not { } log)
            return;
        if (operation.State["rules"].Find(EventNames.RuleKey(delivery.Event.Bus, delivery.RuleName)) is { } rule && !IsStandard(rule))
            return;

        log.Invocation = delivery.Id;
        if (delivery.Attempts == 0)
            log.Write("INVOCATION_START", "TRACE", () => BusRecord.OfStart(delivery, attempt, log.IsFull));
        log.Write("INVOCATION_ATTEMPT_START", "TRACE", () => BusRecord.OfStart(delivery, attempt, log.IsFull));
        (string type, string level) = refusal switch
        {
            null => ("INVOCATION_ATTEMPT_SUCCESS", "TRACE"),
            { Code: "THROTTLING" } => ("INVOCATION_ATTEMPT_THROTTLE", "ERROR"),
            { IsRetried: true } => ("INVOCATION_ATTEMPT_RETRYABLE_FAILURE", "ERROR"),
            _ => ("INVOCATION_ATTEMPT_PERMANENT_FAILURE", "ERROR"),
        };
        RawDocument? error = refusal is null ? null : BusRecord.OfError(delivery, refusal);
        log.Write(type, level, () => BusRecord.OfAttempt(delivery, refusal), error);
        if (outcome == DeliveryOutcome.Retrying)
            return;

        (type, level) = outcome switch
        {
            DeliveryOutcome.Delivered => ("INVOCATION_SUCCESS", "INFO"),
            DeliveryOutcome.DeadLettered => ("INVOCATION_DLQ", "ERROR"),
            _ => ("INVOCATION_FAILURE", "ERROR"),
        };
        log.Write(type, level, () => BusRecord.OfEnd(operation, delivery, attempt, refusal, log.IsFull), error);
    }

    private static bool IsStandard(RawDocument rule) => rule["ManagedBy"] is null;

    private static Log? LogOf(Operation operation, BusEvent sent) =>
        operation.State["buses"].Find(sent.Bus)?.Object("LogConfig") is { } config && config.Text("Level") is { } level and not "OFF"
            ? new(operation, sent, level, config.Text("IncludeDetail") == "FULL")
            : null;

    /// <summary>The log of one event.</summary>
    private sealed class Log(Operation operation, BusEvent sent, string level, bool isFull)
    {
        private readonly string arn = operation.Arn("events", "event-bus/" + sent.Bus);

        public bool IsFull => isFull;

        public string? Invocation { get; set; }

        public void Write(string type, string recordLevel, Func<RawDocument> details, RawDocument? error = null)
        {
            // A level has the records of those before it; a delivery source has those of one level.
            bool isWanted = level == "TRACE" || (level == "INFO" && recordLevel != "TRACE") || recordLevel == "ERROR";
            if (isWanted)
                Vending.Deliver(operation, arn, recordLevel + "_LOGS", Stream, () => BusRecord.Write(operation, sent, arn, Invocation, type, recordLevel, details(), error));
        }
    }
}
