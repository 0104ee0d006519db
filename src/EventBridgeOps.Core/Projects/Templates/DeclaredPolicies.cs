using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The permissions that the project's own resources declare.</summary>
internal sealed class DeclaredPolicies(StackParts parts)
{
    /// <summary>The policy documents of a queue or a topic.</summary>
    public IEnumerable<JsonObject> Of(string id) => parts.Own.Values.Where(resource => resource.String("Type") switch
    {
        "AWS::SQS::QueuePolicy" => Names(resource, "Queues", id),
        "AWS::SNS::TopicPolicy" => Names(resource, "Topics", id),
        "AWS::SQS::QueueInlinePolicy" => Names(resource, "Queue", id),
        "AWS::SNS::TopicInlinePolicy" => Names(resource, "TopicArn", id),
        _ => false,
    }).Select(resource => resource["Properties"]?["PolicyDocument"] as JsonObject ?? []);

    /// <summary>Whether EventBridge may invoke a function.</summary>
    public bool HasPermission(string id) => parts.Own.Values.Any(resource => resource.String("Type") == "AWS::Lambda::Permission" && Names(resource, "FunctionName", id) && Document.Text(resource["Properties"]?["Principal"]) == ResourcePolicies.EventBridge);

    /// <summary>Whether EventBridge may write to a log group. A policy names groups in its text, also by patterns.</summary>
    public bool HasLogPolicy(string id) => parts.Own[id]["Properties"]?["ResourcePolicyDocument"] is not null ||
        parts.Own.Values.Any(resource => resource.String("Type") == "AWS::Logs::ResourcePolicy" && Document.Write(resource["Properties"]?["PolicyDocument"]).Contains(ResourcePolicies.EventBridge));

    /// <summary>Whether a policy allows a rule to do something. What cannot be computed is taken to be as it should.</summary>
    public bool Allows(JsonObject policy, string action, ProjectRule rule)
    {
        string bus = rule.BusName ?? parts.Environment.BusName;
        string arn = Arn.In("events", parts.Environment.Region, parts.Environment.AccountId, bus == ProjectEnvironment.DefaultBus ? $"rule/{rule.Name}" : $"rule/{bus}/{rule.Name}").ToString();
        return Several(policy["Statement"]).OfType<JsonObject>().Any(statement =>
            statement.String("Effect") == "Allow" && IsEventBridge(statement["Principal"]) && Several(statement["Action"]).Any(each => Matches(each, action))
            && (statement["Condition"] as JsonObject ?? []).All(test => Holds(test.Key, test.Value as JsonObject ?? [], arn)));
    }

    private bool Holds(string operation, JsonObject values, string arn) => values.All(value =>
    {
        string? actual = value.Key.ToUpperInvariant() switch
        {
            "AWS:SOURCEARN" => arn,
            "AWS:SOURCEACCOUNT" => parts.Environment.AccountId,
            _ => null,
        };
        if (actual is null || operation is not ("ArnLike" or "ArnEquals" or "StringLike" or "StringEquals"))
            return true;
        // ArnEquals and ArnLike behave the same: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
        return Several(value.Value).Any(expected => operation == "StringEquals" ? Resolved(expected) is not { } text || text == actual : Matches(expected, actual));
    });

    private bool Matches(JsonNode? pattern, string text) => Resolved(pattern) is not { } known || Wildcards.IsMatch(text, known);

    private static bool IsEventBridge(JsonNode? principal) =>
        Document.Text(principal) == "*" || (principal is JsonObject of && (Several(of["Service"]).Any(service => Document.Text(service) == ResourcePolicies.EventBridge) || Several(of["AWS"]).Any(account => Document.Text(account) == "*")));

    private string? Resolved(JsonNode? value) => Functions.Resolved(value, parts.Environment, parts.Settings);

    private static bool Names(JsonObject resource, string property, string id) => Functions.References(resource["Properties"]?[property]).Any(reference => reference.Id == id);

    private static JsonNode?[] Several(JsonNode? value) => value is JsonArray several ? several.ToArray() : [value];
}
