using System.Text;

namespace EventBridgeOps.Events.Entries;

/// <summary>An entry of <c>PutEvents</c>. (Rules match the <i>event</i> that EventBridge creates from it, with <c>source</c>, <c>detail-type</c> and <c>detail</c>.)</summary>
/// <remarks>Shape: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html. <see cref="ToString"/> shows no detail, which may hold secrets.</remarks>
public sealed record EventEntry
{
    /// <summary>The sender, for example <c>founderdash.web</c>. Sources that start with <c>aws.</c> are reserved for AWS services.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of event, which tells what the detail contains; at most 128 characters.</summary>
    public required string DetailType { get; init; }

    /// <summary>A JSON object, as text.</summary>
    public required string Detail { get; init; }

    /// <summary>The bus's name or ARN; null for the default bus.</summary>
    public string? EventBusName { get; init; }

    /// <summary>When it happened; null for the time of the call.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The ARNs of the resources that the event is about.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>An X-Ray trace header.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The ID in the detail, which does not change when the entry is sent again; null when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>The <c>id</c> of the event that is sent again; null for an entry that is new. It becomes the ID in a detail that has none.</summary>
    public string? EventId { get; init; }

    /// <summary>Where it was read, for people: <c>entries.jsonl:12</c>; null when it was not read from a file or a text.</summary>
    public string? Origin { get; init; }

    /// <summary>The size, where it was counted already.</summary>
    internal int? Size { get; init; }

    /// <summary>The event bus as shown to people.</summary>
    public string Bus => EventBusName ?? "default";

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"EventBusName = {Bus}, Source = {Source}, DetailType = {DetailType}, Id = {Id}");
        return true;
    }
}
