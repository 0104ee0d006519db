using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Templates;

/// <summary>The parameters of a template, with the values that a user gives to them or to what else the template leaves open.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html.</remarks>
/// <param name="template">The template.</param>
/// <param name="given">The given values: of parameters, of pseudo parameters (<c>AWS::Region</c>), and of anything else by the symbol that stands for it.</param>
internal sealed class TemplateParameters(JsonObject template, IReadOnlyDictionary<string, string> given)
{
    private const string Pseudo = "AWS::";

    /// <summary>The declaration of a parameter; null if it is not declared.</summary>
    public JsonObject? Find(string name) => (template["Parameters"] as JsonObject)?[name] as JsonObject;

    /// <summary>Whether the value of a parameter must not be shown.</summary>
    public bool IsSecret(string name) => TemplateText.Of(Find(name)?["NoEcho"]) is "true" or "True";

    /// <summary>What stands for a parameter whose value is not known. Pseudo parameters stand without their colons, since ARNs are read by theirs.</summary>
    public string Symbol(string name) =>
        name.StartsWith(Pseudo, StringComparison.Ordinal) ? name.Substring(Pseudo.Length)
        : Find(name) is not null && (TemplatePlace.Has(name) || name is "StackId" or "StackName") ? $"Parameters.{name}"
        : name;

    /// <summary>A value that a user gives for a symbol; null for none.</summary>
    public string? Given(string symbol) =>
        given.TryGetValue(symbol, out string? value) || (Find(symbol) is null && given.TryGetValue(Pseudo + symbol, out value)) ? value : null;

    /// <summary>A value that a user gives for a pseudo parameter, with or without <c>AWS::</c>; null for none.</summary>
    public string? GivenPseudo(string name) =>
        given.TryGetValue(Pseudo + name, out string? value) || (Find(name) is null && given.TryGetValue(name, out value)) ? value : null;

    /// <summary>The value of a declared parameter: a text, or the texts of a list; null if it is not known.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a given value is not allowed.</exception>
    public JsonNode? Value(string name)
    {
        JsonObject parameter = Find(name)!;
        string type = parameter.String("Type") ?? "String";
        string? value = given.TryGetValue(name, out string? specified) ? Allowed(name, parameter, specified) : null;

        // The default of a parameter of such a type is the name of a parameter in Systems Manager; what is given here is its value.
        if (!type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal))
            value ??= TemplateText.Of(parameter["Default"]);
        return value is null ? null
            : type == "CommaDelimitedList" || type.Contains("List<") ? new JsonArray([.. value.Split(',').Select(item => JsonValue.Create(item.Trim()))])
            : JsonValue.Create(value);
    }

    private static string Allowed(string name, JsonObject parameter, string value)
    {
        string[] allowed = [.. (parameter["AllowedValues"] as JsonArray ?? []).Select(TemplateText.Of).OfType<string>()];
        return allowed.Length == 0 || allowed.Contains(value, StringComparer.Ordinal) || parameter.String("Type") is not (null or "String" or "Number")
            ? value
            : throw new OpsException(ErrorIds.InvalidArgument, TemplateMessages.NotAllowed(name, allowed));
    }
}

/// <summary>Texts in templates.</summary>
internal static class TemplateText
{
    /// <summary>The text of a value as CloudFormation uses it where it needs one: also of numbers and of <c>true</c> and <c>false</c>; null for anything else.</summary>
    public static string? Of(JsonNode? node) => node switch
    {
        null or JsonObject or JsonArray => null,
        _ => Document.Text(node) ?? node.ToJsonString(),
    };

    /// <summary>What a part of a template is called for people, on one line.</summary>
    public static string Render(JsonNode? node) => node switch
    {
        JsonArray elements => string.Join(" ", elements.Select(Render)),
        JsonObject fields => "{" + string.Join(" ", fields.Select(field => field.Key)) + "}",
        _ => UnknownMark.Show(TemplateText.Of(node) ?? "null"),
    };

    /// <summary>The symbols in a part of a template.</summary>
    public static IEnumerable<string> Symbols(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => UnknownMark.Symbols(field.Key).Concat(Symbols(field.Value))),
        JsonArray elements => elements.SelectMany(Symbols),
        _ => UnknownMark.Symbols(Document.Text(node)),
    };
}
