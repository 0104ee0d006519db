using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads <c>aws_cloudwatch_event_rule</c> and <c>aws_cloudwatch_event_target</c> from what <c>terraform show -json</c> prints of a plan or a state.</summary>
/// <remarks>
/// https://developer.hashicorp.com/terraform/internals/json-format. What is known only after the plan is applied is named by the expression that it comes from.
/// </remarks>
internal static class TerraformRules
{
    private static readonly Regex Index = new(@"\[[^\]]*\]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static bool IsPlan(JsonObject document) => Root(document) is not null;

    public static IReadOnlyList<GivenRule> Read(JsonObject document, string name, IRunObserver observer)
    {
        JsonObject configuration = (document["configuration"] as JsonObject)?["root_module"] as JsonObject ?? [];
        List<Resource> resources = [.. Resources(Root(document)!, configuration)];
        Dictionary<string, GivenRule> byAddress = new(StringComparer.Ordinal);
        List<GivenRule> rules = [];
        foreach (Resource resource in resources.Where(resource => resource.Type == "aws_cloudwatch_event_rule"))
        {
            GivenRule rule = ReadRule(resource);
            rule.Add([], name, observer);
            rules.Add(rule);
            byAddress[resource.Address] = rule;
        }

        foreach (Resource resource in resources.Where(resource => resource.Type == "aws_cloudwatch_event_target"))
        {
            if (Owner(resource, rules, byAddress) is { } rule)
                rule.Add([ReadTarget(resource, resources)], name, observer);
            else
                observer.Warning(RuleFileMessages.RuleNotInPlan(name, resource.Address));
        }

        return rules;
    }

    private static JsonObject? Root(JsonObject document) => ((document["planned_values"] ?? document["values"]) as JsonObject)?["root_module"] as JsonObject;

    private static IEnumerable<Resource> Resources(JsonObject module, JsonObject configuration)
    {
        foreach (JsonObject resource in List(module["resources"]).Where(resource => resource.String("mode") is null or "managed"))
        {
            string type = resource.String("type") ?? "";
            string name = resource.String("name") ?? "";
            JsonObject expressions = List(configuration["resources"]).FirstOrDefault(other => other.String("type") == type && other.String("name") == name)?["expressions"] as JsonObject ?? [];
            yield return new Resource(resource.String("address") ?? $"{type}.{name}", module.String("address") ?? "", type, resource["values"] as JsonObject ?? [], expressions);
        }

        foreach (JsonObject child in List(module["child_modules"]))
        {
            string address = Index.Replace(child.String("address") ?? "", "");
            string call = address.Substring(address.LastIndexOf("module.", StringComparison.Ordinal) is >= 0 and var at ? at + "module.".Length : 0);
            JsonObject inner = ((configuration["module_calls"] as JsonObject)?[call] as JsonObject)?["module"] as JsonObject ?? [];
            foreach (Resource resource in Resources(child, inner))
                yield return resource;
        }
    }

    private static GivenRule ReadRule(Resource resource)
    {
        string bus = BusName.Of(resource.Text("event_bus_name"));
        JsonObject rule = new()
        {
            ["Name"] = resource.Values.String("name") ?? resource.Values.String("name_prefix") ?? resource.Address,
            ["State"] = resource.Values.String("state") ?? (resource.Values["is_enabled"] is JsonValue enabled && enabled.TryGetValue(out bool on) && !on ? "DISABLED" : "ENABLED"),
        };
        Copy(resource.Values, rule, ("event_pattern", "EventPattern"), ("schedule_expression", "ScheduleExpression"), ("description", "Description"), ("arn", "Arn"));
        return new GivenRule(bus, rule);
    }

    private static GivenRule? Owner(Resource target, List<GivenRule> rules, Dictionary<string, GivenRule> byAddress)
    {
        string bus = BusName.Of(target.Text("event_bus_name"));
        if (target.Values.String("rule") is { } name && rules.Find(rule => rule.Name == name && rule.EventBusName == bus) is { } named)
            return named;

        // 'aws_cloudwatch_event_rule.x.name' and 'aws_cloudwatch_event_rule.x' are both listed.
        return target.References("rule")
            .Select(reference => string.Join(".", reference.Split('.').Take(2)))
            .Select(address => target.Module.Length > 0 ? $"{target.Module}.{address}" : address)
            .Select(address => byAddress.TryGetValue(address, out GivenRule? rule) ? rule : null)
            .FirstOrDefault(rule => rule is not null);
    }

    private static JsonObject ReadTarget(Resource resource, IEnumerable<Resource> resources)
    {
        JsonObject target = new()
        {
            ["Id"] = resource.Values.String("target_id") ?? resource.Address,
            ["Arn"] = resource.Values.String("arn") ?? NewBus(resource, resources) ?? resource.Text("arn") ?? resource.Address,
        };
        Copy(resource.Values, target, ("input", "Input"), ("input_path", "InputPath"), ("role_arn", "RoleArn"));
        if (First(resource.Values["input_transformer"]) is { } transformer)
        {
            JsonObject document = new() { ["InputPathsMap"] = (transformer["input_paths"] as JsonObject)?.DeepClone() ?? new JsonObject() };
            Copy(transformer, document, ("input_template", "InputTemplate"));
            target["InputTransformer"] = document;
        }

        if (First(resource.Values["batch_target"]) is { } batch)
        {
            JsonObject? expressions = First(resource.Expressions["batch_target"]);
            JsonObject document = new() { ["JobDefinition"] = batch.String("job_definition") ?? Symbol(expressions?["job_definition"]) ?? $"{resource.Address}.job_definition" };
            Copy(batch, document, ("job_name", "JobName"));
            if (batch["array_size"] is { } size)
                document["ArrayProperties"] = new JsonObject { ["Size"] = size.DeepClone() };
            if (batch["job_attempts"] is { } attempts)
                document["RetryStrategy"] = new JsonObject { ["Attempts"] = attempts.DeepClone() };
            target["BatchParameters"] = document;
        }

        return target;
    }

    /// <summary>The ARN of an event bus of the same plan, which has none yet.</summary>
    private static string? NewBus(Resource target, IEnumerable<Resource> resources) => target.References("arn")
        .Select(reference => (target.Module.Length > 0 ? target.Module + "." : "") + string.Join(".", reference.Split('.').Take(2)))
        .Select(address => resources.FirstOrDefault(resource => resource.Type == "aws_cloudwatch_event_bus" && resource.Address == address)?.Values.String("name"))
        .OfType<string>()
        .Select(TemplateSymbols.BusArn)
        .FirstOrDefault();

    private static void Copy(JsonObject from, JsonObject to, params (string Field, string Name)[] fields)
    {
        foreach ((string field, string name) in fields)
        {
            if (from.String(field) is { } text)
                to[name] = text;
        }
    }

    private static IEnumerable<JsonObject> List(JsonNode? node) => (node as JsonArray)?.OfType<JsonObject>() ?? [];

    private static JsonObject? First(JsonNode? node) => List(node).FirstOrDefault();

    private static string? Symbol(JsonNode? expression) => References(expression).FirstOrDefault() is { } reference ? $"${{{reference}}}" : null;

    private static IEnumerable<string> References(JsonNode? expression) =>
        ((expression as JsonObject)?["references"] as JsonArray)?.Select(Document.Text).OfType<string>() ?? [];

    /// <summary>One resource, with the expressions that it was written with.</summary>
    private sealed record Resource(string Address, string Module, string Type, JsonObject Values, JsonObject Expressions)
    {
        public string? Text(string field) => Values.String(field) ?? Symbol(Expressions[field]);

        public IEnumerable<string> References(string field) => TerraformRules.References(Expressions[field]);
    }
}
