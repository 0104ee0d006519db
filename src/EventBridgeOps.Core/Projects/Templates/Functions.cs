using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The functions of CloudFormation in their long form (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).</summary>
internal static class Functions
{
    private static readonly Regex Hole = new(@"\$\{([^!}][^}]*)\}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static JsonObject Ref(string id) => new() { ["Ref"] = id };

    public static JsonObject GetAtt(string id, string attribute) => new() { ["Fn::GetAtt"] = new JsonArray(id, attribute) };

    public static JsonObject Sub(string text) => new() { ["Fn::Sub"] = text };

    /// <summary>An ARN in the account and the Region of the stack.</summary>
    public static JsonObject Arn(string service, string resource) => Sub($"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}");

    /// <summary>A text without its variables, so that its other parts can be told apart.</summary>
    public static string Filled(string text) => Hole.Replace(text, "x");

    /// <summary>A text with its variables filled in.</summary>
    /// <param name="text">The text of <c>Fn::Sub</c>.</param>
    /// <param name="value">The value of an ID and its attribute, which is null for <c>Ref</c>.</param>
    public static string Filled(string text, Func<string, string?, string> value) => Hole.Replace(text, hole =>
    {
        (string id, string? attribute) = Dotted(hole.Groups[1].Value);
        return value(id, attribute);
    });

    /// <summary>A text, as far as an environment decides it: with its parameters, the account and the Region.</summary>
    /// <param name="value">The text, or a function.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="settings">The settings of the project.</param>
    /// <returns>Null if CloudFormation alone knows the text.</returns>
    public static string? Resolved(JsonNode? value, ProjectEnvironment environment, ProjectSettings settings)
    {
        string? text = Document.Text(value) ?? Document.Text((value as JsonObject)?["Fn::Sub"]) ?? (Target(value) is { } reference ? $"${{{reference.Id}{(reference.Attribute is null ? "" : "." + reference.Attribute)}}}" : null);
        string? filled = text is null ? null : Hole.Replace(text, hole => Value(hole.Groups[1].Value) ?? hole.Value);
        return filled?.Contains("${") == true ? null : filled;

        string? Value(string name) => name switch
        {
            "AWS::Partition" => Partitions.Of(environment.Region),
            "AWS::Region" => environment.Region,
            "AWS::AccountId" => environment.AccountId,
            StackNames.EventBusName or StackNames.EventBus or StackNames.EventBus + ".Name" => environment.BusName,
            StackNames.ProjectName => settings.Name,
            StackNames.EnvironmentName => environment.Name,
            _ => environment.Parameters.TryGetValue(name, out string? parameter) ? parameter : null,
        };
    }

    /// <summary>The name and the attribute that a value refers to; null if it is not a reference to one thing.</summary>
    public static (string Id, string? Attribute)? Target(JsonNode? value)
    {
        if (value is not JsonObject { Count: 1 } function)
            return null;
        if (Document.Text(function["Ref"]) is { } id)
            return (id, null);
        if (Attribute(function["Fn::GetAtt"]) is { } attribute)
            return attribute;
        return Document.Text(function["Fn::Sub"]) is { } text && Hole.Match(text) is { Success: true } hole && hole.Length == text.Length ? Dotted(hole.Groups[1].Value) : null;
    }

    /// <summary>Everything in a template that is referred to, with the attribute; null for <c>Ref</c>.</summary>
    public static IEnumerable<(string Id, string? Attribute)> References(JsonNode? node) => node switch
    {
        JsonArray elements => elements.SelectMany(References),
        JsonObject fields => fields.SelectMany(field => References(field, fields.Count == 1)),
        _ => [],
    };

    private static IEnumerable<(string Id, string? Attribute)> References(KeyValuePair<string, JsonNode?> field, bool isAlone) => field.Key switch
    {
        "Ref" when isAlone && Document.Text(field.Value) is { } id => [(id, null)],
        "Fn::GetAtt" when Attribute(field.Value) is { } attribute => [attribute],
        "Fn::Sub" => [.. Holes(field.Value), .. References((field.Value as JsonArray)?.ElementAtOrDefault(1))],
        _ => References(field.Value),
    };

    /// <summary>A copy in which references are replaced, and attributes have the form that JSON templates need.</summary>
    /// <param name="node">A part of a template.</param>
    /// <param name="replace">What a reference becomes; null to leave it. In the text of <c>Fn::Sub</c>, what it becomes must be a <c>Ref</c>, or <c>Fn::Sub</c> of a text.</param>
    public static JsonNode? Replaced(JsonNode? node, Func<string, string?, JsonObject?> replace)
    {
        switch (node)
        {
            case JsonArray elements:
                return new JsonArray([.. elements.Select(element => Replaced(element, replace))]);
            case JsonObject { Count: 1 } function when Document.Text(function["Ref"]) is { } id:
                return replace(id, null) ?? function.DeepClone();
            case JsonObject { Count: 1 } function when Attribute(function["Fn::GetAtt"]) is { } found:
                return replace(found.Id, found.Attribute) ?? (found.Attribute is null ? (JsonObject)function.DeepClone() : GetAtt(found.Id, found.Attribute));
            case JsonObject { Count: 1 } function when function["Fn::Sub"] is { } sub:
                return new JsonObject { ["Fn::Sub"] = ReplacedSub(sub, replace) };
            case JsonObject fields:
                return new JsonObject(fields.Select(field => new KeyValuePair<string, JsonNode?>(field.Key, Replaced(field.Value, replace))));
            default:
                return node?.DeepClone();
        }
    }

    private static JsonNode ReplacedSub(JsonNode sub, Func<string, string?, JsonObject?> replace)
    {
        JsonObject? own = (sub as JsonArray)?.ElementAtOrDefault(1) as JsonObject;
        string text = Document.Text(sub) ?? Document.Text((sub as JsonArray)?.FirstOrDefault()) ?? "";
        string made = Hole.Replace(text, hole =>
        {
            (string id, string? attribute) = Dotted(hole.Groups[1].Value);
            if (own?.ContainsKey(id) == true || replace(id, attribute) is not { } other)
                return hole.Value;
            return Document.Text(other["Ref"]) is { } parameter ? $"${{{parameter}}}" : Document.Text(other["Fn::Sub"])!;
        });
        return own is null ? made : new JsonArray(made, Replaced(own, replace));
    }

    private static IEnumerable<(string Id, string? Attribute)> Holes(JsonNode? sub)
    {
        JsonObject? own = (sub as JsonArray)?.ElementAtOrDefault(1) as JsonObject;
        string text = Document.Text(sub) ?? Document.Text((sub as JsonArray)?.FirstOrDefault()) ?? "";
        return Hole.Matches(text).Cast<Match>().Select(hole => Dotted(hole.Groups[1].Value)).Where(hole => own?.ContainsKey(hole.Id) != true);
    }

    private static (string Id, string? Attribute)? Attribute(JsonNode? given)
    {
        if (Document.Text(given) is { } dotted)
            return Dotted(dotted);
        return given is JsonArray parts && Document.Text(parts.FirstOrDefault()) is { } id && Document.Text(parts.ElementAtOrDefault(1)) is { } attribute ? (id, attribute) : null;
    }

    private static (string Id, string? Attribute) Dotted(string text) =>
        text.IndexOf('.') is > 0 and int dot ? (text.Substring(0, dot), text.Substring(dot + 1)) : (text, null);
}
