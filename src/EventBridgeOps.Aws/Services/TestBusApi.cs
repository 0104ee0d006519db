using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>The temporary event buses and rules of live tests, over the wire.</summary>
internal sealed class TestBusApi(AwsDocumentClient client) : ITestBusApi
{
    private static readonly ServiceOperation CreateEventBus = Operation(nameof(CreateEventBus));
    private static readonly ServiceOperation PutRule = Operation(nameof(PutRule));
    private static readonly ServiceOperation RemoveTargets = Operation(nameof(RemoveTargets));
    private static readonly ServiceOperation DeleteRule = Operation(nameof(DeleteRule));
    private static readonly ServiceOperation DeleteEventBus = Operation(nameof(DeleteEventBus));

    public async Task CreateBusAsync(string name, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        try
        {
            await client.InvokeAsync(CreateEventBus, ServicesMessages.EventBus(name), new JsonObject { ["Name"] = name, ["Tags"] = TagList(tags) }, cancellationToken);
        }
        catch (ServiceCallException e) when (e.Call.Code == "ResourceAlreadyExistsException")
        {
            // The answer to the first attempt was lost. The name is random.
        }
    }

    public async Task PutRuleAsync(string eventBusName, string ruleName, string eventPattern, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        JsonObject rule = new() { ["Name"] = ruleName, ["EventBusName"] = eventBusName, ["EventPattern"] = eventPattern, ["State"] = "ENABLED", ["Description"] = "A live test of EventBridgeOps" };
        if (tags.Count > 0)
            rule["Tags"] = TagList(tags);
        await client.InvokeAsync(PutRule, ServicesMessages.Rule(ruleName, eventBusName), rule, cancellationToken);
    }

    public async Task RemoveTargetsAsync(string eventBusName, string ruleName, IReadOnlyList<string> targetIds, CancellationToken cancellationToken) =>
        await client.InvokeAsync(
            RemoveTargets, ServicesMessages.Rule(ruleName, eventBusName),
            new JsonObject { ["Rule"] = ruleName, ["EventBusName"] = eventBusName, ["Ids"] = new JsonArray([.. targetIds.Select(id => JsonValue.Create(id))]) }, cancellationToken);

    public async Task DeleteRuleAsync(string eventBusName, string ruleName, CancellationToken cancellationToken) =>
        await client.InvokeAsync(DeleteRule, ServicesMessages.Rule(ruleName, eventBusName), new JsonObject { ["Name"] = ruleName, ["EventBusName"] = eventBusName }, cancellationToken);

    public async Task DeleteBusAsync(string name, CancellationToken cancellationToken) =>
        await client.InvokeAsync(DeleteEventBus, ServicesMessages.EventBus(name), new JsonObject { ["Name"] = name }, cancellationToken);

    private static JsonArray TagList(IReadOnlyDictionary<string, string> tags) => new([.. tags.Select(tag => (JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);

    private static ServiceOperation Operation(string name) => new(AwsService.EventBridge, name, "events:" + name);
}
