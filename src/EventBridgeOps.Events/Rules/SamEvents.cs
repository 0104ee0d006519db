using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Templates;

namespace EventBridgeOps.Events.Rules;

/// <summary>The rules that AWS SAM makes of the events of functions and state machines, as the properties of <c>AWS::Events::Rule</c> resources.</summary>
/// <remarks>https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventbridgerule.html and the pages beside it.</remarks>
internal static class SamEvents
{
    private const string Function = "AWS::Serverless::Function";
    private const string StateMachine = "AWS::Serverless::StateMachine";
    private const int LongestTargetId = 64;

    /// <summary>The events of a resource that EventBridge delivers; none if it is not a function or state machine of AWS SAM.</summary>
    public static IEnumerable<SamEvent> Of(string logicalId, JsonObject resource, JsonObject template, TemplateValues values)
    {
        bool isFunction = resource.String("Type") == Function;
        if ((!isFunction && resource.String("Type") != StateMachine) || (resource["Properties"] as JsonObject)?["Events"] is not JsonObject events)
            yield break;
        JsonObject owner = WithGlobals(resource, (template["Globals"] as JsonObject)?[isFunction ? "Function" : "StateMachine"] as JsonObject);
        foreach (KeyValuePair<string, JsonNode?> one in events)
        {
            if (one.Value is not JsonObject source || source["Properties"] is not JsonObject properties)
                continue;
            string id = logicalId + one.Key;
            switch (source.String("Type"))
            {
                case "EventBridgeRule" or "CloudWatchEvent" or "Schedule":
                    yield return new SamEvent(id, Rule(id, properties, logicalId, owner, isFunction, values));
                    break;
                case "ScheduleV2":
                    yield return new SamEvent(id, null);
                    break;
            }
        }
    }

    // What a resource says itself is not replaced by the defaults; a list or map of its own is extended, but no event depends on one.
    private static JsonObject WithGlobals(JsonObject resource, JsonObject? globals)
    {
        JsonObject own = (JsonObject)resource["Properties"]!.DeepClone();
        JsonNode? ignored = resource["IgnoreGlobals"];
        foreach (KeyValuePair<string, JsonNode?> field in globals ?? [])
        {
            if (!own.ContainsKey(field.Key) && Document.Text(ignored) != "*" && !(ignored as JsonArray ?? []).Any(name => Document.Text(name) == field.Key))
                own.Add(field.Key, field.Value?.DeepClone());
        }

        return own;
    }

    private static JsonObject Rule(string id, JsonObject source, string ownerId, JsonObject owner, bool isFunction, TemplateValues values)
    {
        JsonObject rule = [];
        Copy(source, rule, ("EventBusName", "EventBusName"), ("Pattern", "EventPattern"), ("Schedule", "ScheduleExpression"), ("Description", "Description"), ("RuleName", "Name"), ("State", "State"));
        if (source["Schedule"] is not null)
        {
            rule.Remove("Name");
            Copy(source, rule, ("Name", "Name"));
        }

        if (source["Enabled"] is { } enabled)
            rule["State"] = values.TextOf(enabled) switch { "true" => RuleStates.Enabled, "false" => RuleStates.Disabled, { } other => other, null => null };
        JsonObject target = new()
        {
            ["Id"] = (source["Target"] as JsonObject)?["Id"]?.DeepClone() ?? TargetId(id, isFunction),
            ["Arn"] = Arn(ownerId, owner, isFunction),
        };
        if (!isFunction)
            target["RoleArn"] = source["RoleArn"]?.DeepClone() ?? GetAtt(id + "Role");
        Copy(source, target, ("Input", "Input"), ("InputPath", "InputPath"), ("InputTransformer", "InputTransformer"), ("RetryPolicy", "RetryPolicy"));
        if (source["DeadLetterConfig"] is JsonObject letters)
            target["DeadLetterConfig"] = new JsonObject { ["Arn"] = letters["Arn"]?.DeepClone() ?? GetAtt(letters.String("QueueLogicalId") ?? id + "Queue") };
        rule["Targets"] = new JsonArray(target);
        return rule;
    }

    // A function that publishes an alias is invoked by it; a state machine only if it says so.
    private static JsonObject Arn(string id, JsonObject owner, bool isFunction)
    {
        bool byAlias = isFunction || TemplateText.Of(owner["UseAliasAsEventTarget"]) == "true";
        return byAlias && owner["AutoPublishAlias"] is { } alias
            ? new JsonObject { ["Fn::Join"] = new JsonArray(":", new JsonArray(GetAtt(id), alias.DeepClone())) }
            : GetAtt(id);
    }

    private static string TargetId(string id, bool isFunction)
    {
        string suffix = isFunction ? "LambdaTarget" : "StepFunctionsTarget";
        return id.Length + suffix.Length <= LongestTargetId ? id + suffix : id.Substring(0, LongestTargetId - suffix.Length) + suffix;
    }

    private static JsonObject GetAtt(string id) => new() { ["Fn::GetAtt"] = new JsonArray(id, "Arn") };

    private static void Copy(JsonObject from, JsonObject to, params (string Field, string Name)[] fields)
    {
        foreach ((string field, string name) in fields)
        {
            if (from[field] is { } value)
                to[name] = value.DeepClone();
        }
    }
}

/// <summary>An event of a function or state machine of AWS SAM.</summary>
/// <param name="LogicalId">The logical ID of what AWS SAM makes of it.</param>
/// <param name="Rule">The properties of its rule; null for a schedule of EventBridge Scheduler.</param>
internal sealed record SamEvent(string LogicalId, JsonObject? Rule);
