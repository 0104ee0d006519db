using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>What the functions in a template stand for.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html</remarks>
internal sealed class Evaluation(Template template, IReadOnlyDictionary<string, JsonNode> parameters, StackPlace place, IResourceValues resources)
{
    /// <summary>More than any service takes; a parameter that is named often could make a small template large.</summary>
    private const int LongestText = 4 * 1024 * 1024;

    /// <summary>AWS::NoValue.</summary>
    private static readonly JsonObject Nothing = [];

    private static readonly string[] Zones = ["a", "b", "c"];

    private static readonly Regex Dynamic = new(@"\{\{resolve:([^{}]+)\}\}", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, bool?> conditions = new(StringComparer.Ordinal);

    /// <summary>A part of the template in which functions are replaced by what they stand for; null if it stands for nothing.</summary>
    /// <exception cref="Wire.AwsError">It cannot be evaluated.</exception>
    public JsonNode? Value(JsonNode? node) => Evaluate(node) is { } value && value != Nothing ? value : null;

    /// <summary>Whether a resource or an output with this condition exists.</summary>
    public bool Holds(string? condition) => condition is null || Condition(condition);

    /// <summary>The resources that exist, by their logical IDs.</summary>
    public IEnumerable<ResourceDeclaration> Existing() => template.Resources.Values.Where(resource => Holds(resource.Condition));

    /// <summary>Evaluates all conditions, so that a wrong one shows even if it decides about nothing.</summary>
    public void CheckConditions()
    {
        foreach (KeyValuePair<string, JsonNode?> condition in template.Conditions)
            _ = Condition(condition.Key);
    }

    private JsonNode? Evaluate(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } call when call.First() is { } only && (only.Key == "Ref" || only.Key.StartsWith("Fn::", StringComparison.Ordinal)):
                return Call(only.Key, only.Value);
            case JsonObject fields:
                JsonObject copy = [];
                foreach (KeyValuePair<string, JsonNode?> field in fields)
                {
                    if (field.Key.StartsWith("Fn::", StringComparison.Ordinal))
                        throw StackErrors.Template($"Encountered unsupported function: {field.Key} beside other keys");
                    JsonNode? value = Evaluate(field.Value);
                    if (value is null)
                        throw StackErrors.Format($"[/Resources] 'null' values are not allowed in templates: {field.Key}");
                    if (value != Nothing)
                        copy[field.Key] = value;
                }

                return copy;
            case JsonArray elements:
                return new JsonArray([.. elements.Select(Evaluate).Where(element => element != Nothing)]);
            default:
                return NodeText.String(node) is { } text && text.Contains("{{resolve:")
                    ? JsonValue.Create(Dynamic.Replace(text, found => resources.Resolve(found.Groups[1].Value)))
                    : node?.DeepClone();
        }
    }

    private JsonNode Call(string function, JsonNode? argument) => function switch
    {
        "Ref" => Reference(NodeText.String(argument) ?? ""),
        "Fn::GetAtt" => Attribute(argument),
        "Fn::Sub" => Substitute(argument),
        "Fn::Join" => Join(argument),
        "Fn::Split" => Split(argument),
        "Fn::Select" => Select(argument),
        "Fn::FindInMap" => Find(argument),
        "Fn::If" => If(argument),
        "Fn::Base64" => Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(
            TextOf(argument) ?? throw StackErrors.Template("every Fn::Base64 object must have a String-typed value.")))),
        "Fn::ImportValue" => Text(resources.Import(
            TextOf(argument) ?? throw StackErrors.Template("the attribute in Fn::ImportValue must be a string or a function that returns a string"))),
        "Fn::GetAZs" => new JsonArray([.. Zones.Select(zone => JsonValue.Create((TextOf(argument) is { Length: > 0 } region ? region : place.Region) + zone))]),
        "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" => throw StackErrors.Template($"{function} can only be used in the Conditions block of the template"),
        "Fn::Cidr" or "Fn::Transform" or "Fn::ToJsonString" or "Fn::Length" => throw StackErrors.NotSupported(StackMessages.Function(function).ToString()),
        _ => throw StackErrors.Template($"Encountered unsupported function: {function}"),
    };

    private JsonNode Reference(string name) => name == "AWS::NoValue"
        ? Nothing
        : place.Value(name) ?? (parameters.TryGetValue(name, out JsonNode? value) ? value.DeepClone() : resources.Reference(Present(name)));

    /// <summary>A resource that a condition left out cannot be referred to.</summary>
    private string Present(string logicalId) => !template.Resources.TryGetValue(logicalId, out ResourceDeclaration? resource) || Holds(resource.Condition)
        ? logicalId
        : throw StackErrors.Format($"Unresolved resource dependencies [{logicalId}] in the Resources block of the template");

    private JsonNode Attribute(JsonNode? argument)
    {
        (string name, string? attribute) = TemplateReferences.Attribute(argument);
        if (argument is JsonArray both)
            attribute = TextOf(both[1]);
        return resources.Attribute(Present(name), attribute ?? "");
    }

    private JsonValue Substitute(JsonNode? argument)
    {
        (string text, JsonObject own) = TemplateReferences.Substitution(argument);
        string result = TemplateReferences.Variable.Replace(text, found =>
        {
            string name = found.Groups[2].Value.Trim();
            if (found.Groups[1].Length > 0)
                return $"${{{found.Groups[2].Value}}}";
            JsonNode? value = own.TryGetPropertyValue(name, out JsonNode? given) ? Value(given)
                : name.IndexOf('.') is > 0 and int dot ? resources.Attribute(Present(name.Substring(0, dot)), name.Substring(dot + 1))
                : Reference(name);
            return value == Nothing || value is null ? "" : NodeText.Of(value)
                ?? (value is JsonArray list ? string.Join(",", NodeText.List(list)) : throw StackErrors.Template($"Fn::Sub: the value of {name} is not a string"));
        });
        return Text(Dynamic.Replace(result, found => resources.Resolve(found.Groups[1].Value)));
    }

    private JsonValue Join(JsonNode? argument)
    {
        const string Fault = "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";
        return argument is JsonArray { Count: 2 } both && NodeText.String(both[0]) is { } delimiter && Value(both[1]) is JsonArray parts && parts.All(part => NodeText.Of(part) is not null)
            ? Text(string.Join(delimiter, parts.Select(NodeText.Of)))
            : throw StackErrors.Template(Fault);
    }

    private JsonArray Split(JsonNode? argument) =>
        argument is JsonArray { Count: 2 } both && NodeText.String(both[0]) is { Length: > 0 } delimiter && TextOf(both[1]) is { } text
            ? new JsonArray([.. text.Split([delimiter], StringSplitOptions.None).Select(part => JsonValue.Create(part))])
            : throw StackErrors.Template(
                "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.");

    private JsonNode Select(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 2 } both || Value(both[1]) is not JsonArray list || TextOf(both[0]) is not { } position)
            throw StackErrors.Template("Fn::Select requires a list argument with two elements: an index and a list");
        return int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Count && list[index] is { } selected
            ? selected.DeepClone()
            : throw StackErrors.Template($"Fn::Select cannot select nonexistent value at index {position}");
    }

    private JsonNode Find(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 3 } parts)
            throw StackErrors.Template("every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value");
        string[] keys = [.. parts.Select(TextOf).OfType<string>()];
        return keys.Length == 3 && ((template.Mappings[keys[0]] as JsonObject)?[keys[1]] as JsonObject)?[keys[2]] is { } found
            ? found.DeepClone()
            : throw StackErrors.Template($"Unable to get mapping for {string.Join("::", keys)}");
    }

    private JsonNode If(JsonNode? argument) =>
        argument is JsonArray { Count: 3 } parts && NodeText.String(parts[0]) is { } name
            ? Evaluate(parts[Condition(name) ? 1 : 2]) ?? throw StackErrors.Format("[/Resources] 'null' values are not allowed in templates")
            : throw StackErrors.Template("Fn::If requires a list argument with three elements");

    private bool Condition(string name)
    {
        if (conditions.TryGetValue(name, out bool? known))
            return known ?? throw StackErrors.Format($"Circular dependency between conditions: {name}");
        if (!template.Conditions.TryGetPropertyValue(name, out JsonNode? expression))
            throw StackErrors.Format($"Unresolved condition dependency {name} in the Conditions block of the template");
        conditions[name] = null;
        bool holds = Truth(expression);
        conditions[name] = holds;
        return holds;
    }

    private bool Truth(JsonNode? expression)
    {
        if (expression is not JsonObject { Count: 1 } call)
            throw StackErrors.Format("Every Conditions member must be a function of conditions.");
        (string function, JsonNode? argument) = (call.First().Key, call.First().Value);
        JsonArray arguments = argument as JsonArray ?? [];
        return function switch
        {
            "Condition" when NodeText.String(argument) is { } name => Condition(name),
            "Fn::Not" => arguments.Count == 1 ? !Truth(arguments[0]) : throw StackErrors.Template("every Fn::Not object requires one boolean parameter."),
            "Fn::And" or "Fn::Or" when arguments.Count is < 2 or > 10 =>
                throw StackErrors.Template($"every {function} object requires a list of at least 2 and at most 10 boolean parameters."),
            "Fn::And" => arguments.Select(Truth).ToList().TrueForAll(one => one),
            "Fn::Or" => arguments.Select(Truth).ToList().Exists(one => one),
            "Fn::Equals" => arguments.Count == 2
                ? Compared(arguments[0]) == Compared(arguments[1])
                : throw StackErrors.Template("every Fn::Equals object requires a list of 2 string parameters."),
            _ => throw StackErrors.Format($"Conditions can only be boolean operations on parameters and other conditions: {function}"),
        };
    }

    private string Compared(JsonNode? node) => Value(node) is { } value ? NodeText.Of(value) ?? value.ToJsonString() : "";

    private string? TextOf(JsonNode? node) => NodeText.Of(Value(node));

    private static JsonValue Text(string text) => text.Length <= LongestText
        ? JsonValue.Create(text)
        : throw StackErrors.Template("the result of a function is too long");
}
