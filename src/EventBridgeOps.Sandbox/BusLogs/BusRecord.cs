using System.Text;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.BusLogs;

/// <summary>
/// Records in the logs of event buses. Left out are the fields that the sandbox cannot fill: request_id, target_properties and target_response_body.
/// The values of the statuses are not documented; here they are SUCCESS, or the error code that a dead letter has.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-logs-schema.html; event_bus_name is in the records of accounts.</remarks>
internal static class BusRecord
{
    private const int MostBytes = 1_048_576;

    public static string Write(
        Operation operation, BusEvent sent, string busArn, string? invocation, string type, string level, RawDocument details, RawDocument? error)
    {
        RawDocument record = RawDocument.Empty
            .With("resource_arn", busArn)
            .With("event_bus_name", sent.Bus)
            .With("event_id", sent.Id)
            .With("invocation_id", invocation)
            .With("message_timestamp_ms", operation.Now.ToUnixTimeMilliseconds())
            .With("message_type", type)
            .With("log_level", level)
            .With("details", details);
        if (error is not null)
            record = record.With("error", error);
        string text = record.ToString();
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
            return text;

        // "EventBridge truncates data fields to keep the record below the 1 MB size limitation."
        string[] dropped = [.. details.Only("event_detail", "target_input").Members.Select(member => member.Key)];
        return record.With("details", details.Without(dropped)).With("dropped_fields", dropped).ToString();
    }

    /// <summary>An event, before its rules are known.</summary>
    public static RawDocument OfEvent(Operation operation, BusEvent sent, bool isFull)
    {
        RawDocument root = RawDocument.From(sent.Root);
        RawDocument details = RawDocument.Empty.With("caller_account_id", operation.Account.Id);
        if (DateTimeOffset.TryParse(root.Text("time"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            details = details.With("source_time_ms", time.ToUnixTimeMilliseconds());
        details = details
            .With("source", root.Text("source"))
            .With("detail_type", root.Text("detail-type"))
            .With("resources", root.Texts("resources"));
        return isFull && root["detail"] is { } detail ? details.With("event_detail", detail.GetRawText()) : details;
    }

    public static RawDocument OfRule(RawDocument rule, IReadOnlyList<PendingDelivery> deliveries) => RawDocument.Empty
        .With("rule_arn", rule.Text("Arn"))
        .With("target_arns", deliveries.Select(delivery => delivery.Target.Arn.ToString()))
        .With("invocation_ids", deliveries.Select(delivery => delivery.Id));

    public static RawDocument OfStart(PendingDelivery delivery, Attempt attempt, bool isFull)
    {
        RawDocument details = OfTarget(delivery).With("attempt_count", delivery.Attempts + 1);
        return isFull ? details.With("target_input", attempt.Input) : details;
    }

    public static RawDocument OfAttempt(PendingDelivery delivery, DeliveryRefusal? refusal) => OfTarget(delivery)
        .With("attempt_type", delivery.Attempts == 0 ? "FIRST" : "RETRY")
        .With("attempt_count", delivery.Attempts + 1)
        .With("invocation_status", refusal?.Code ?? "SUCCESS")
        .With("target_duration_ms", 0);

    public static RawDocument OfEnd(Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryRefusal? refusal, bool isFull)
    {
        long latency = (long)(operation.Now - delivery.StartedAt).TotalMilliseconds;
        RawDocument details = isFull ? OfTarget(delivery).With("target_input", attempt.Input) : OfTarget(delivery);
        details = details.With("total_attempts", delivery.Attempts + 1).With("final_invocation_status", refusal?.Code ?? "SUCCESS");
        if (delivery.Attempts == 0)
            details = details.With("ingestion_to_start_latency_ms", latency).With("ingestion_to_complete_latency_ms", latency);
        if (refusal is null)
            details = details.With("ingestion_to_success_latency_ms", latency);
        return details.With("target_duration_ms", 0);
    }

    public static RawDocument OfError(PendingDelivery delivery, DeliveryRefusal refusal) =>
        RawDocument.Empty.With("error_message", refusal.Message).With("aws_service", delivery.Target.Arn.Service);

    private static RawDocument OfTarget(PendingDelivery delivery) => RawDocument.Empty
        .With("rule_arn", delivery.RuleArn)
        .With("role_arn", delivery.Target.Document.Text("RoleArn"))
        .With("target_arn", delivery.Target.Arn.ToString());
}
