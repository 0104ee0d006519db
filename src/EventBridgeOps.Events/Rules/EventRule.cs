using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Rules;

/// <summary>A rule of an event bus, as returned by the service.</summary>
public sealed record EventRule(string EventBusName, JsonObject Document)
{
    /// <summary>The rule's name.</summary>
    public string Name => Document.String("Name") ?? "";

    /// <summary><c>ENABLED</c>, <c>DISABLED</c> or <c>ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS</c>.</summary>
    public string? State => Document.String("State");

    /// <summary>The AWS service that manages the rule; null for the account's own rules.</summary>
    public string? ManagedBy => Document.String("ManagedBy");

    /// <summary>The account ID in the ARN of the rule.</summary>
    public string? AccountId => Names.Arn.TryParse(Document.String("Arn"), out Arn? arn) ? arn.AccountId : null;

    /// <summary>Returns a summary of the rule with its targets.</summary>
    /// <param name="targets">The documents of its targets.</param>
    public RuleSummary Summarize(IEnumerable<JsonObject> targets) => new()
    {
        EventBusName = EventBusName,
        RuleName = Name,
        State = State,
        ScheduleExpression = Document.String("ScheduleExpression"),
        EventPattern = Document.String("EventPattern"),
        Description = Document.String("Description"),
        ManagedBy = ManagedBy,
        Arn = Document.String("Arn"),
        Targets = [.. targets.Select(RuleTarget.From)],
        Document = Documents.Document.Write(Document),
    };

    /// <summary>The event bus and the rule.</summary>
    public override string ToString() => $"{EventBusName}/{Name}";
}
