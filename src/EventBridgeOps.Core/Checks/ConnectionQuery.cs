using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Checks;

/// <summary>What to check.</summary>
public sealed record ConnectionQuery
{
    /// <summary>The bus's name or ARN.</summary>
    public required string EventBusName { get; init; }

    /// <summary>Only these rules, with or without wildcards.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = ["*"];

    /// <summary>The event that is to arrive; its <see cref="EventEntry.Detail"/> holds an id where it is an MVP request.</summary>
    public required EventEntry Entry { get; init; }

    /// <summary>Send the event, and follow it to a Batch job.</summary>
    public bool Send { get; init; }

    /// <summary>How long a Batch job may take to show.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How long a Batch job may take to show when nothing else is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The check that a user means: what is given, else <c>EVENTBRIDGE_BUS_NAME</c>, <c>RULE_NAME</c>, and an MVP request.</summary>
    /// <param name="eventBusName">The bus; null when none is given.</param>
    /// <param name="ruleName">Rules; null or empty when none are given.</param>
    /// <param name="source">The event's source; null for an MVP request's.</param>
    /// <param name="detailType">The event's detail type; null for an MVP request's.</param>
    /// <param name="detail">The event's detail as JSON text; null for that of a request for a test.</param>
    /// <param name="ids">Where new ids come from.</param>
    /// <param name="time">The clock.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static ConnectionQuery From(
        string? eventBusName, IReadOnlyList<string>? ruleName, string? source, string? detailType, string? detail, IdSource ids, TimeProvider time, Func<string, string?> environment)
    {
        string bus = Given(eventBusName) ?? Given(environment("EVENTBRIDGE_BUS_NAME")) ?? MvpEvent.DefaultBus;
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

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
