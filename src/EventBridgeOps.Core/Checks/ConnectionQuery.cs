using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Checks;

/// <summary>What to check.</summary>
public sealed record ConnectionQuery
{
    /// <summary>The name or ARN of the event bus.</summary>
    public required string EventBusName { get; init; }

    /// <summary>Only these rules, with or without wildcards.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = ["*"];

    /// <summary>The event whose path is checked; its <see cref="EventEntry.Detail"/> has an ID if it is an MVP request.</summary>
    public required EventEntry Entry { get; init; }

    /// <summary>Send the event and follow it to a Batch job.</summary>
    public bool Send { get; init; }

    /// <summary>How long to wait for a Batch job.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How long to wait for a Batch job by default.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The check that the user specifies, else <see cref="DefaultBus"/>, <c>RULE_NAME</c>, and an MVP request.</summary>
    /// <param name="eventBusName">The bus; null when not specified.</param>
    /// <param name="ruleName">Rules; null or empty when not specified.</param>
    /// <param name="source">The source of the event; null for that of an MVP request.</param>
    /// <param name="detailType">The detail type of the event; null for that of an MVP request.</param>
    /// <param name="detail">The detail of the event as JSON text; null for that of a test request.</param>
    /// <param name="ids">Creates new IDs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static ConnectionQuery From(
        string? eventBusName, IReadOnlyList<string>? ruleName, string? source, string? detailType, string? detail, IdSource ids, TimeProvider time, Func<string, string?> environment)
    {
        string bus = DefaultBus.Of(eventBusName, environment);
        return new ConnectionQuery
        {
            EventBusName = bus,
            RuleName = RuleQuery.Choose(ruleName, environment("RULE_NAME"), "*"),
            Entry = new EventEntry
            {
                Source = Given(source) ?? MvpEvent.Source,
                DetailType = Given(detailType) ?? MvpEvent.DetailType,
                Detail = Given(detail) ?? Document.Write(MvpEvent.Detail(
                    new MvpRequest { UserId = "ebops-check", ProductId = "ebops-check", BusinessName = "Test of the connection", Metadata = new JsonObject { ["test"] = true } }, ids.Next("job"), time.GetUtcNow())),
                EventBusName = bus,
            },
        };
    }

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the detail is not a JSON object, or the event cannot be sent.</exception>
    public void Check()
    {
        if (Send && EntryLimits.IsReserved(Entry.Source))
            throw new OpsException(ErrorIds.InvalidArgument, CheckMessages.ReservedNotSent(Entry.Source));
        try
        {
            Document.Parse(Entry.Detail);
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidArgument, CheckMessages.DetailNotAnObject(EventDocument.Reason(e, Entry.Detail)), e);
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
