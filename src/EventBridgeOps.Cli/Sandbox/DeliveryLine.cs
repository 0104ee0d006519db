using System.Globalization;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>A delivery as one line, for a reader who follows them as they come.</summary>
internal static class DeliveryLine
{
    /// <summary><c>09:30:05  Delivered  rule/target  attempt 1  event 3f9a...  reason</c>.</summary>
    public static string Of(SandboxDelivery delivery)
    {
        string attempts = delivery.Attempts == 1 ? "1 attempt" : string.Create(CultureInfo.InvariantCulture, $"{delivery.Attempts} attempts");
        string reason = delivery.Reason is null ? "" : $"  {(delivery.ErrorCode is null ? "" : delivery.ErrorCode + ": ")}{delivery.Reason}";
        string next = delivery.NextAttemptAt is { } time ? string.Create(CultureInfo.InvariantCulture, $"  next {time:HH:mm:ss}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{delivery.ChangedAt.UtcDateTime:HH:mm:ss}  {delivery.Outcome,-12}  {delivery.RuleName}/{delivery.TargetId}  {attempts}  {delivery.EventId}{next}{reason}");
    }
}
