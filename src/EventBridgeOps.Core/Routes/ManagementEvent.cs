using System.Text.Json;

namespace EventBridgeOps.Routes;

/// <summary>Says whether an event is a read-only management event that AWS CloudTrail delivers, which most rules do not receive.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html.</remarks>
internal static class ManagementEvent
{
    private static readonly string[] ReadVerbs = ["Describe", "Get", "List"];

    // Of AWS STS; they start with Get, and are mutating all the same.
    private static readonly string[] Mutating = ["GetFederationToken", "GetSessionToken"];

    /// <summary>Whether an event is one; null when it may be, and does not say whether it is a management event or a data event.</summary>
    /// <param name="event">The event.</param>
    public static bool? IsReadOnly(JsonElement @event)
    {
        // Only AWS can send events whose source starts with "aws.".
        if (!Text(@event, "source").StartsWith("aws.", StringComparison.Ordinal) || !Text(@event, "detail-type").EndsWith(" via CloudTrail", StringComparison.Ordinal)
            || !@event.TryGetProperty("detail", out JsonElement detail) || detail.ValueKind != JsonValueKind.Object)
            return false;
        string name = Text(detail, "eventName");
        if (!ReadVerbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)) || (Text(@event, "source") == "aws.sts" && Mutating.Contains(name, StringComparer.Ordinal)) || Flag(detail, "readOnly") == false)
            return false;
        return Flag(detail, "managementEvent") ?? (Text(detail, "eventCategory") is { Length: > 0 } category ? category == "Management" : null);
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static bool? Flag(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    } : null;
}
