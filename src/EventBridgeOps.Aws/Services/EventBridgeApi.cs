using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon EventBridge over the wire.</summary>
internal sealed class EventBridgeApi(AwsDocumentClient client) : IEventBridgeApi
{
    private const int PageSize = 100;

    private static readonly ServiceOperation ListEventBuses = Operation(nameof(ListEventBuses));
    private static readonly ServiceOperation DescribeEventBus = Operation(nameof(DescribeEventBus));
    private static readonly ServiceOperation ListRules = Operation(nameof(ListRules));
    private static readonly ServiceOperation DescribeRule = Operation(nameof(DescribeRule));
    private static readonly ServiceOperation ListTargetsByRule = Operation(nameof(ListTargetsByRule));
    private static readonly ServiceOperation ListRuleNamesByTarget = Operation(nameof(ListRuleNamesByTarget));
    private static readonly ServiceOperation ListTagsForResource = Operation(nameof(ListTagsForResource));
    private static readonly ServiceOperation PutTargets = Operation(nameof(PutTargets));
    private static readonly ServiceOperation TestEventPattern = Operation(nameof(TestEventPattern));

    public IAsyncEnumerable<JsonObject> ListEventBusesAsync(string? namePrefix, CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["Limit"] = PageSize };
        if (namePrefix is { Length: > 0 })
            request["NamePrefix"] = namePrefix;
        return DocumentsAsync(ListEventBuses, ServicesMessages.EventBuses(), request, "EventBuses", ["Name"], cancellationToken);
    }

    public Task<JsonObject> DescribeEventBusAsync(string eventBusName, CancellationToken cancellationToken) =>
        NamedAsync(DescribeEventBus, ServicesMessages.EventBus(eventBusName), new JsonObject { ["Name"] = eventBusName }, cancellationToken);

    public IAsyncEnumerable<JsonObject> ListRulesAsync(string eventBusName, string? namePrefix, CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["EventBusName"] = eventBusName, ["Limit"] = PageSize };
        if (namePrefix is { Length: > 0 })
            request["NamePrefix"] = namePrefix;
        return DocumentsAsync(ListRules, ServicesMessages.EventBus(eventBusName), request, "Rules", ["Name"], cancellationToken);
    }

    public Task<JsonObject> DescribeRuleAsync(string eventBusName, string ruleName, CancellationToken cancellationToken) =>
        NamedAsync(DescribeRule, ServicesMessages.Rule(ruleName, eventBusName), new JsonObject { ["Name"] = ruleName, ["EventBusName"] = eventBusName }, cancellationToken);

    public IAsyncEnumerable<JsonObject> ListTargetsByRuleAsync(string eventBusName, string ruleName, CancellationToken cancellationToken) =>
        DocumentsAsync(
            ListTargetsByRule, ServicesMessages.Rule(ruleName, eventBusName),
            new JsonObject { ["Rule"] = ruleName, ["EventBusName"] = eventBusName, ["Limit"] = PageSize }, "Targets", ["Id"], cancellationToken);

    public async IAsyncEnumerable<string> ListRuleNamesByTargetAsync(
        string eventBusName, string targetArn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["TargetArn"] = targetArn, ["EventBusName"] = eventBusName, ["Limit"] = PageSize };
        await foreach (Answer page in PagesAsync(ListRuleNamesByTarget, ServicesMessages.RuleTarget(targetArn, eventBusName), request, cancellationToken))
        {
            foreach (string name in page.Texts("RuleNames"))
                yield return name;
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> ListTagsAsync(string arn, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Tags(arn);
        Answer answer = new(ListTagsForResource, subject, await client.InvokeAsync(ListTagsForResource, subject, new JsonObject { ["ResourceARN"] = arn }, cancellationToken));
        return answer.Documents("Tags", "Key").ToDictionary(tag => tag.String("Key")!, tag => tag.String("Value") ?? "", StringComparer.Ordinal);
    }

    public async Task<bool> TestEventPatternAsync(string eventPattern, string document, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.EventPattern();
        JsonObject request = new() { ["EventPattern"] = eventPattern, ["Event"] = document };
        Answer answer = new(TestEventPattern, subject, await client.InvokeAsync(TestEventPattern, subject, request, cancellationToken));
        return answer.RequiredFlag("Result");
    }

    public async Task<IReadOnlyList<FailedTargetEntry>> PutTargetsAsync(
        string eventBusName, string ruleName, IReadOnlyList<JsonObject> targets, CancellationToken cancellationToken)
    {
        // Copies, because a document can be part of one other only, and the caller keeps his.
        JsonObject request = new()
        {
            ["Rule"] = ruleName,
            ["EventBusName"] = eventBusName,
            ["Targets"] = new JsonArray([.. targets.Select(target => target.DeepClone())]),
        };
        Message subject = ServicesMessages.Rule(ruleName, eventBusName);
        Answer answer = new(PutTargets, subject, await client.InvokeAsync(PutTargets, subject, request, cancellationToken));

        int count = answer.RequiredCount("FailedEntryCount");
        if (count == 0)
            return [];
        List<FailedTargetEntry> failed = answer.Documents("FailedEntries").Select(entry => FailedEntry(new Answer(PutTargets, subject, entry))).ToList();
        return failed.Count == 0 ? throw answer.Wrong(ServicesMessages.FailedEntriesMissing("FailedEntryCount", count)) : failed;
    }

    private async Task<JsonObject> NamedAsync(ServiceOperation operation, Message subject, JsonObject request, CancellationToken cancellationToken)
    {
        Answer answer = new(operation, subject, await client.InvokeAsync(operation, subject, request, cancellationToken));
        _ = answer.RequiredText("Name");
        return answer.Document;
    }

    private static FailedTargetEntry FailedEntry(Answer entry) =>
        new(entry.RequiredText("TargetId"), entry.Text("ErrorCode") ?? "Unknown", entry.Text("ErrorMessage") ?? "");

    private async IAsyncEnumerable<JsonObject> DocumentsAsync(
        ServiceOperation operation, Message subject, JsonObject request, string field, string[] names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Answer page in PagesAsync(operation, subject, request, cancellationToken))
        {
            foreach (JsonObject document in page.Documents(field, names))
                yield return document;
        }
    }

    private IAsyncEnumerable<Answer> PagesAsync(ServiceOperation operation, Message subject, JsonObject request, CancellationToken cancellationToken) =>
        Listing.PagesAsync(client, operation, subject, request, "NextToken", cancellationToken);

    private static ServiceOperation Operation(string name) => new(AwsService.EventBridge, name, "events:" + name);
}
