using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Account;
using EventBridgeOps.Documents;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Rules;

/// <summary>One rule of a bus as the service sent it.</summary>
internal sealed record EventRule(string EventBusName, JsonObject Document)
{
    public string Name => Document.String("Name") ?? "";

    public string? State => Document.String("State");

    public string? ManagedBy => Document.String("ManagedBy");

    /// <summary>The account that owns the rule, as its ARN tells.</summary>
    public string? AccountId => Account.Arn.TryParse(Document.String("Arn"), out Arn? arn) ? arn.AccountId : null;

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

    public override string ToString() => $"{EventBusName}/{Name}";
}

/// <summary>The rules of one bus.</summary>
internal sealed record BusRules(string EventBusName, IReadOnlyList<EventRule> Rules);

internal static class BusRulesStream
{
    public static async IAsyncEnumerable<EventRule> SelectRules(this IAsyncEnumerable<BusRules> buses, ProgressCount progress, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BusRules bus in buses.WithCancellation(cancellationToken))
        {
            progress.Expect(bus.Rules.Count);
            foreach (EventRule rule in bus.Rules)
                yield return rule;
        }
    }
}
