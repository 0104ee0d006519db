using System.Text.Json.Nodes;

namespace EventBridgeOps.Projects.Templates;

/// <summary>Policy documents (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html).</summary>
internal static class ResourcePolicies
{
    public const string EventBridge = "events.amazonaws.com";

    public static JsonObject Document(params JsonNode[] statements) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) };

    /// <summary>Lets the rules of the project, and no others, send to a queue or a topic.</summary>
    public static JsonObject Send(StackParts parts, JsonNode resource, string action) => Document(new JsonObject
    {
        ["Sid"] = "EventBridge",
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = EventBridge },
        ["Action"] = action,
        ["Resource"] = resource,
        ["Condition"] = new JsonObject { ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = OneOrAll(parts.RuleArns) }, ["StringEquals"] = OfThisAccount() },
    });

    /// <summary>Lets EventBridge use a role for this account alone.</summary>
    public static JsonObject Trust() => Document(new JsonObject
    {
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = EventBridge },
        ["Action"] = "sts:AssumeRole",
        ["Condition"] = new JsonObject { ["StringEquals"] = OfThisAccount() },
    });

    /// <summary>A list of one is written as the one.</summary>
    public static JsonNode OneOrAll(IEnumerable<JsonNode?> values)
    {
        JsonNode?[] all = [.. values.Select(value => value?.DeepClone())];
        return all.Length == 1 ? all[0]! : new JsonArray(all);
    }

    private static JsonObject OfThisAccount() => new() { ["aws:SourceAccount"] = Functions.Ref("AWS::AccountId") };
}
