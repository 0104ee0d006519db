using System.Text;

namespace EventBridgeOps.Events.Entries;

/// <summary>What <c>PutEvents</c> takes. (Rules see another thing, the <i>event</i>, with <c>source</c>, <c>detail-type</c> and <c>detail</c>.)</summary>
/// <remarks>Shape: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html. <see cref="ToString"/> shows no detail, which may hold secrets.</remarks>
public sealed record EventEntry
{
    /// <summary>Who sends it, for example <c>founderdash.web</c>. What begins with <c>aws.</c> is AWS's own.</summary>
    public required string Source { get; init; }

    /// <summary>What to expect in the detail; at most 128 characters.</summary>
    public required string DetailType { get; init; }

    /// <summary>A JSON object, as text.</summary>
    public required string Detail { get; init; }

    /// <summary>The bus's name or ARN; null for the default bus.</summary>
    public string? EventBusName { get; init; }

    /// <summary>When it happened; null for the time of the call.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>ARNs of what it is about.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>An X-Ray trace header.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The id in the detail that stays the same when the entry is sent again; null when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>The size, where it was counted already.</summary>
    internal int? Size { get; init; }

    /// <summary>The bus as people name it.</summary>
    public string Bus => EventBusName ?? "default";

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"EventBusName = {Bus}, Source = {Source}, DetailType = {DetailType}, Id = {Id}");
        return true;
    }
}
