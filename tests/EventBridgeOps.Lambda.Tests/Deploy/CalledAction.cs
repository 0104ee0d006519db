using System.Text.Json.Nodes;
using System.Web;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Doors;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>What IAM is asked for a call: an action on a resource.</summary>
/// <param name="Action">The action.</param>
/// <param name="Resource">The ARN, or <c>*</c> for an action that does not support resources.</param>
/// <param name="PassedTo">The service to which a role is passed; null for any other action.</param>
internal sealed record CalledAction(string Action, string Resource, string? PassedTo = null)
{
    private const string Account = "123456789012";
    private const string Place = $"eu-west-1:{Account}";

    /// <summary>What IAM is asked for a call that the sandbox recorded with its body.</summary>
    /// <remarks>The resources of actions: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.</remarks>
    public static IEnumerable<CalledAction> Of(SandboxCall call)
    {
        JsonObject body = Body(call);
        string action = $"{call.Service}:{call.Operation}";
        return (call.Service, call.Operation) switch
        {
            ("sts", _) => [],
            ("dynamodb", _) => [new(action, $"arn:aws:dynamodb:{Place}:table/{body["TableName"]}")],
            ("ssm", _) => [new(action, $"arn:aws:ssm:{Place}:parameter/{Text(body, "Name").TrimStart('/')}")],
            ("sqs", _) => [new(action.Replace("Batch", "", StringComparison.Ordinal), $"arn:aws:sqs:{Place}:{(Text(body, "QueueUrl") is { Length: > 0 } url ? url.Split('/')[^1] : Text(body, "QueueName"))}")],
            ("sns", _) => [new(action, Text(body, "TopicArn"))],
            ("ecr", _) => [new(action, $"arn:aws:ecr:{Place}:repository/{body["repositoryName"]}")],
            ("iam", "GetRole") => [new(action, $"arn:aws:iam::{Account}:role/{body["RoleName"]}")],
            ("iam", _) => [new(action, Text(body, "PolicySourceArn"))],
            // Its name is in the path, which is not recorded.
            ("lambda", "Invoke") => [new("lambda:InvokeFunction", $"arn:aws:lambda:{Place}:function:any")],
            ("lambda", _) => [new(action, $"arn:aws:lambda:{Place}:function:any")],
            ("events", "PutEvents") => [new(action, Bus(Text((JsonObject)body["Entries"]![0]!, "EventBusName")))],
            ("events", "DescribeEventBus") => [new(action, Bus(Text(body, "Name")))],
            ("events", "ListTagsForResource") => [new(action, Text(body, "ResourceARN"))],
            ("events", "DescribeRule" or "ListTargetsByRule" or "PutTargets") => [new(action, Rule(body)), .. Passed(body["Targets"], "RoleArn", "events.amazonaws.com")],
            ("batch", "RegisterJobDefinition") =>
            [
                new(action, Definition(body)),
                .. body["tags"] is JsonObject { Count: > 0 } ? [new CalledAction("batch:TagResource", Definition(body))] : Array.Empty<CalledAction>(),
                .. Passed(body["containerProperties"], "jobRoleArn", "ecs-tasks.amazonaws.com"), .. Passed(body["containerProperties"], "executionRoleArn", "ecs-tasks.amazonaws.com"),
            ],
            ("batch", "DeregisterJobDefinition") => [new(action, Text(body, "jobDefinition") is var named && named.StartsWith("arn:", StringComparison.Ordinal) ? named : $"arn:aws:batch:{Place}:job-definition/{named}")],
            ("batch", "SubmitJob") =>
            [
                new(action, Text(body, "jobQueue")), new(action, Text(body, "jobDefinition") is var named && named.StartsWith("arn:", StringComparison.Ordinal) ? named : $"arn:aws:batch:{Place}:job-definition/{named}"),
                .. body["tags"] is JsonObject { Count: > 0 } ? [new CalledAction("batch:TagResource", $"arn:aws:batch:{Place}:job/any")] : Array.Empty<CalledAction>(),
            ],
            ("ecs", "DescribeServices") => ((JsonArray)body["services"]!).Select(service => new CalledAction(action, Service(body, service!.ToString()))),
            ("ecs", "UpdateService" or "ListServiceDeployments") => [new(action, Service(body, Text(body, "service")))],
            ("ecs", "RegisterTaskDefinition") =>
            [
                new(action, "*"),
                .. body["tags"] is JsonArray { Count: > 0 } ? [new CalledAction("ecs:TagResource", $"arn:aws:ecs:{Place}:task-definition/{body["family"]}:1")] : Array.Empty<CalledAction>(),
                .. Passed(body, "taskRoleArn", "ecs-tasks.amazonaws.com"), .. Passed(body, "executionRoleArn", "ecs-tasks.amazonaws.com"),
            ],
            _ => [new(action, "*")],
        };
    }

    private static IEnumerable<CalledAction> Passed(JsonNode? holder, string field, string service) => holder switch
    {
        JsonArray several => several.SelectMany(one => Passed(one, field, service)),
        JsonObject one when one[field] is { } role => [new("iam:PassRole", role.ToString(), service)],
        _ => [],
    };

    private static string Bus(string bus) => bus.StartsWith("arn:", StringComparison.Ordinal) ? bus : $"arn:aws:events:{Place}:event-bus/{(bus.Length > 0 ? bus : "default")}";

    private static string Rule(JsonObject body)
    {
        string bus = Text(body, "EventBusName"), name = Text(body, "Name") is { Length: > 0 } named ? named : Text(body, "Rule");
        return $"arn:aws:events:{Place}:rule/{(bus is "" or "default" ? "" : bus + "/")}{name}";
    }

    private static string Definition(JsonObject body) => $"arn:aws:batch:{Place}:job-definition/{body["jobDefinitionName"]}";

    private static string Service(JsonObject body, string service) =>
        service.StartsWith("arn:", StringComparison.Ordinal) ? service : $"arn:aws:ecs:{Place}:service/{Text(body, "cluster").Split('/')[^1]}/{service}";

    private static string Text(JsonObject body, string name) => body[name]?.ToString() ?? "";

    private static JsonObject Body(SandboxCall call)
    {
        if (call.Body is not { Length: > 0 } text)
            return [];
        if (text[0] == '{')
            return (JsonObject)JsonNode.Parse(text)!;
        System.Collections.Specialized.NameValueCollection form = HttpUtility.ParseQueryString(text);
        return new JsonObject(form.AllKeys.Select(key => new KeyValuePair<string, JsonNode?>(key!, form[key])));
    }
}
