using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Rules;

/// <summary>
/// What a CloudFormation template's functions stand for, as far as the template itself tells: defaults of parameters, names of event buses and rules.
/// The rest stays a symbol, <c>${Queue.Arn}</c>; pseudo parameters without their colons, <c>${Region}</c>, since ARNs are read by theirs.
/// </summary>
internal sealed class TemplateSymbols(JsonObject template)
{
    private const int DeepestReference = 32;
    private static readonly Regex Variable = new(@"\$\{(!?)([^}]+)\}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The ARN of a rule of a stack that is not there yet.</summary>
    public static string RuleArn(string bus, string rule) => Arn(BusName.RuleResource(bus, rule));

    /// <summary>The ARN of an event bus that is not there yet.</summary>
    public static string BusArn(string bus) => Arn("event-bus/" + bus);

    /// <summary>A copy of a part of the template in which functions are replaced by what they stand for.</summary>
    public JsonNode? Resolve(JsonNode? node) => Resolve(node, 0);

    private JsonNode? Resolve(JsonNode? node, int depth) => node switch
    {
        JsonObject { Count: 1 } call when depth < DeepestReference && Call(call.First(), depth + 1) is { } value => value,
        JsonObject fields => new JsonObject(fields.Select(field => new KeyValuePair<string, JsonNode?>(field.Key, Resolve(field.Value, depth)))),
        JsonArray elements => new JsonArray([.. elements.Select(element => Resolve(element, depth))]),
        _ => node?.DeepClone(),
    };

    private JsonValue? Call(KeyValuePair<string, JsonNode?> call, int depth) => call.Key switch
    {
        "Ref" => Document.Text(call.Value) is { } name ? Symbol(name, depth) : null,
        "Fn::GetAtt" => call.Value is JsonArray parts ? Attribute(string.Join(".", parts.Select(part => Document.Text(part) ?? "")), depth) : Document.Text(call.Value) is { } path ? Attribute(path, depth) : null,
        "Fn::Sub" => Substitute(call.Value, depth),
        "Fn::Join" => Joined(call.Value, depth),
        { } function when function.StartsWith("Fn::", StringComparison.Ordinal) || function == "Condition" => JsonValue.Create($"${{{function.Replace("Fn::", "")}}}"),
        _ => null,
    };

    private JsonValue Symbol(string name, int depth)
    {
        if (name.StartsWith("AWS::", StringComparison.Ordinal))
            return JsonValue.Create($"${{{name.Substring(5)}}}");
        if ((template["Parameters"] as JsonObject)?[name] is JsonObject parameter)
            return parameter["Default"] is JsonValue value ? JsonValue.Create(Document.Text(value) ?? value.ToJsonString()) : JsonValue.Create($"${{{name}}}");
        return Resource(name) is { } resource && resource.String("Type") is "AWS::Events::EventBus" or "AWS::Events::Rule"
            ? JsonValue.Create(Name(name, resource, depth))
            : JsonValue.Create($"${{{name}}}");
    }

    private JsonValue Attribute(string path, int depth)
    {
        int dot = path.IndexOf('.');
        string name = dot > 0 ? path.Substring(0, dot) : path;
        if (dot > 0 && path.Substring(dot) is ".Arn" or ".Name" && Resource(name) is { } resource && resource.String("Type") == "AWS::Events::EventBus")
            return JsonValue.Create(path.EndsWith(".Arn", StringComparison.Ordinal) ? BusArn(Name(name, resource, depth)) : Name(name, resource, depth));
        return JsonValue.Create($"${{{path}}}");
    }

    private JsonValue? Substitute(JsonNode? argument, int depth)
    {
        JsonArray? both = argument as JsonArray;
        if (Document.Text(both is null ? argument : both.FirstOrDefault()) is not { } text)
            return null;
        JsonObject? given = both?.ElementAtOrDefault(1) as JsonObject;
        return JsonValue.Create(Variable.Replace(text, found =>
        {
            string name = found.Groups[2].Value.Trim();
            if (found.Groups[1].Length > 0)
                return $"${{{name}}}"; // ${!Literal}
            JsonNode? value = given?.ContainsKey(name) == true ? Resolve(given[name], depth)
                : name.IndexOf('.') > 0 ? Attribute(name, depth)
                : Symbol(name, depth);
            return Document.Text(value) ?? found.Value;
        }));
    }

    private JsonValue? Joined(JsonNode? argument, int depth) =>
        argument is JsonArray { Count: 2 } both && Document.Text(both[0]) is { } separator && both[1] is JsonArray parts
            ? JsonValue.Create(string.Join(separator, parts.Select(part => Document.Text(Resolve(part, depth)) ?? "${...}")))
            : null;

    private string Name(string logicalId, JsonObject resource, int depth) =>
        depth < DeepestReference && Document.Text(Resolve((resource["Properties"] as JsonObject)?["Name"], depth + 1)) is { Length: > 0 } name ? name : logicalId;

    private JsonObject? Resource(string name) => (template["Resources"] as JsonObject)?[name] as JsonObject;

    private static string Arn(string resource) => "arn:${Partition}:events:${Region}:${AccountId}:" + resource;
}
