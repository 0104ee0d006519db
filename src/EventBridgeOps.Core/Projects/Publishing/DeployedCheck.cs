using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Compares what is deployed with the template: rules with their targets, and schemas.</summary>
/// <remarks>A value is compared as far as the environment decides it. What a function results in otherwise is known to CloudFormation alone.</remarks>
/// <param name="place">The project and the environment.</param>
/// <param name="rules">Amazon EventBridge.</param>
/// <param name="deployed">What is deployed.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="results">Makes the results.</param>
internal sealed class DeployedCheck(ProjectPlace place, IEventBridgeApi rules, IDeployedApi deployed, ItemRetry retry, CheckResults results)
{
    private Dictionary<string, StackResource> _known = [];

    /// <summary>Compares.</summary>
    /// <param name="resources">The resources of the stack.</param>
    /// <param name="depth">The depth of the results in the tree.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<CheckResult> RunAsync(IReadOnlyList<StackResource> resources, int depth, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _known = resources.Where(resource => resource.PhysicalId is not null).GroupBy(resource => resource.LogicalId, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonObject> each in ProjectStacks.DeclaredBy(place.Template))
        {
            if (!_known.TryGetValue(each.Key, out StackResource? resource))
            {
                // CloudFormation decides about those with a condition.
                if (!each.Value.ContainsKey("Condition"))
                    yield return results.Fail(depth, PublishMessages.Resource(each.Value.String("Type") ?? "", each.Key), PublishMessages.NotInStack(), PublishMessages.PublishAgain());
                continue;
            }

            if (each.Value["Properties"] is not JsonObject wanted)
                continue;
            Func<Task<Message?>>? compare = resource.Kind switch
            {
                RuleParts.Kind => () => RuleAsync(wanted, resource.PhysicalId!, cancellationToken),
                SchemaParts.SchemaKind => () => SchemaAsync(wanted, resource.PhysicalId!, cancellationToken),
                _ => null,
            };
            if (compare is null)
                continue;
            Message name = PublishMessages.Resource(resource.Kind, each.Key);
            yield return await results.GuardAsync(depth, name, PublishMessages.PublishAgain(), async () =>
                await compare() is { } difference ? results.Fail(depth, name, difference, PublishMessages.PublishAgain()) : results.Ok(depth, name, PublishMessages.AsInProject()), cancellationToken);
        }

        // What is in a nested stack of the project's own is not known here.
        HashSet<string> declared = [.. ProjectStacks.DeclaredBy(place.Template).Select(each => each.Key)];
        bool hasNested = place.Project.ResourceFiles.SelectMany(file => file.Resources).Any(each => (each.Value as JsonObject)?.String("Type") == StackResource.StackKind);
        foreach (StackResource left in hasNested ? [] : _known.Values.Where(resource => resource.Kind is RuleParts.Kind or SchemaParts.SchemaKind && !declared.Contains(resource.LogicalId)))
            yield return results.Fail(depth, PublishMessages.Resource(left.Kind, left.LogicalId), PublishMessages.NotInProject(), PublishMessages.PublishAgain());
    }

    private async Task<Message?> RuleAsync(JsonObject wanted, string physicalId, CancellationToken cancellationToken)
    {
        (string bus, string name) = RuleName.OfPhysicalId(physicalId);
        JsonObject rule = await retry.RunAsync(() => rules.DescribeRuleAsync(bus, name, cancellationToken), cancellationToken);
        JsonNode? pattern = rule.String("EventPattern") is { } text ? JsonNode.Parse(text) : null;
        if (!IsSame(wanted["EventPattern"], pattern))
            return PublishMessages.OtherPattern();
        if (!IsSame(wanted["ScheduleExpression"], rule["ScheduleExpression"]))
            return PublishMessages.OtherSchedule(rule.String("ScheduleExpression"));
        string state = wanted.String("State") ?? "ENABLED";
        if (rule.String("State") != state)
            return PublishMessages.OtherState(rule.String("State"), state);
        List<JsonObject> targets = await retry.RunAsync(() => rules.ListTargetsByRuleAsync(bus, name, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
        return Targets((wanted["Targets"] as JsonArray ?? []).OfType<JsonObject>().ToList(), targets);
    }

    private Message? Targets(List<JsonObject> wanted, List<JsonObject> found)
    {
        Dictionary<string, JsonObject> byId = found.ToDictionary(target => target.String("Id") ?? "", StringComparer.Ordinal);
        foreach (JsonObject target in wanted)
        {
            string id = target.String("Id") ?? "";
            if (!byId.TryGetValue(id, out JsonObject? there))
                return PublishMessages.NoTarget(id);
            byId.Remove(id);
            if (target.Select(field => field.Key).Union(there.Select(field => field.Key)).FirstOrDefault(field => !(IsParameters(field) ? Has(there[field], target[field]) : IsSame(target[field], there[field]))) is { } other)
                return PublishMessages.OtherTarget(id, other);
        }

        return byId.Count > 0 ? PublishMessages.OneMoreTarget(byId.Keys.First()) : null;
    }

    // EcsParameters, BatchParameters and others, which the service returns with what it adds by default.
    private static bool IsParameters(string field) => field.EndsWith("Parameters", StringComparison.Ordinal);

    private async Task<Message?> SchemaAsync(JsonObject wanted, string arn, CancellationToken cancellationToken)
    {
        // arn:aws:schemas:REGION:ACCOUNT:schema/REGISTRY/SCHEMA
        string[] parts = arn.Split('/');
        (string registry, string name) = (parts[parts.Length - 2], parts[parts.Length - 1]);
        string? found = await retry.RunAsync(() => deployed.ReadSchemaAsync(registry, name, cancellationToken), cancellationToken);
        return found is null ? PublishMessages.NoSchema(name) : JsonNode.DeepEquals(JsonNode.Parse(found), JsonNode.Parse(wanted.String("Content")!)) ? null : PublishMessages.OtherSchema(name);
    }

    /// <summary>Whether a value is as wanted, as far as the template says it.</summary>
    private bool IsSame(JsonNode? wanted, JsonNode? found) => wanted switch
    {
        JsonObject { Count: 1 } function when function.First().Key is "Ref" or "Condition" || function.First().Key.StartsWith("Fn::", StringComparison.Ordinal) => IsResult(function, found),
        JsonObject fields => found is JsonObject others && fields.Count == others.Count && fields.All(field => others.ContainsKey(field.Key) && IsSame(field.Value, others[field.Key])),
        JsonArray items => found is JsonArray others && items.Count == others.Count && items.Zip(others, IsSame).All(same => same),
        null => found is null,
        _ => found is JsonValue && wanted.ToString() == found.ToString(),
    };

    /// <summary>Whether a value has what is wanted. Templates write names in another case than the API (<c>AwsVpcConfiguration</c>), and two by another name.</summary>
    private bool Has(JsonNode? found, JsonNode? wanted) => (wanted, found) switch
    {
        (JsonObject { Count: 1 } function, not JsonObject) => IsSame(function, found),
        (JsonObject fields, JsonObject others) => fields.All(field => Has(Member(others, field.Key), field.Value))
            && others.All(other => IsByDefault(other.Key, other.Value) || fields.Any(field => IsNamed(other.Key, field.Key))),
        (JsonArray items, JsonArray others) => items.Count == others.Count && items.Zip(others, (item, other) => Has(other, item)).All(has => has),
        _ => IsSame(wanted, found),
    };

    private static JsonNode? Member(JsonObject fields, string name) => fields.FirstOrDefault(field => IsNamed(field.Key, name)).Value;

    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-events-rule-ecsparameters.html and API_EcsParameters.html.
    private static bool IsNamed(string name, string inTemplate) => string.Equals(name, inTemplate switch { "TagList" => "Tags", "PlacementStrategies" => "PlacementStrategy", _ => inTemplate }, StringComparison.OrdinalIgnoreCase);

    private static bool IsByDefault(string name, JsonNode? value) => value switch
    {
        null or JsonArray { Count: 0 } or JsonObject { Count: 0 } => true,
        JsonValue => value.ToString() is "" or "false" || (name == "TaskCount" && value.ToString() == "1"),
        _ => false,
    };

    /// <summary>Whether a value is what a function results in: a text that the environment decides, or a resource of the stack. What else a function results in is known to CloudFormation alone.</summary>
    private bool IsResult(JsonObject function, JsonNode? found)
    {
        if (place.Resolved(function) is { } known)
            return Document.Text(found) == known;
        if (Functions.Target(function) is not { } target || target.Attribute is not (null or "Arn") || !_known.TryGetValue(target.Id, out StackResource? resource))
            return found is not null;
        string physical = resource.PhysicalId!, text = Document.Text(found) ?? "";
        // An ARN has the name of the resource as a part, which is the last part of the URL of a queue.
        return text == physical || (target.Attribute is not null && text.Split('/', ':').Contains(physical.Substring(physical.LastIndexOf('/') + 1), StringComparer.Ordinal));
    }
}
