using System.Globalization;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>A delivery as one line, for a reader who follows them as they come. What has one width stands first, so that the lines are aligned.</summary>
internal static class DeliveryLine
{
    private static readonly int s_outcome = Enum.GetNames<DeliveryOutcome>().Max(name => name.Length);

    /// <summary><c>2026-11-27 09:30:05  Delivered     1 attempt    3f9a...  bus/rule/target  reason</c>.</summary>
    public static string Of(SandboxDelivery delivery)
    {
        string attempts = delivery.Attempts == 1 ? "1 attempt" : string.Create(CultureInfo.InvariantCulture, $"{delivery.Attempts} attempts");
        string reason = delivery.Reason is null ? "" : $"  {(delivery.ErrorCode is null ? "" : delivery.ErrorCode + ": ")}{delivery.Reason}";
        string next = delivery.NextAttemptAt is { } time ? $"  next {Moment(time)}" : "";
        return $"{Moment(delivery.ChangedAt)}  {delivery.Outcome.ToString().PadRight(s_outcome)}  {attempts,-12}  {delivery.EventId}  {delivery.EventBusName}/{delivery.RuleName}/{delivery.TargetId}{next}{reason}";
    }

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
