using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Templates;

/// <summary>
/// What the functions in a CloudFormation template stand for, as far as the template and the given values say. What they do not say is a mark
/// (<see cref="UnknownMark"/>) that names what decides it.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html.</remarks>
internal sealed class TemplateValues
{
    private const int LongestText = 1_000_000;

    // References of references; the nesting of the template itself has its own limit.
    private const int DeepestReference = 64;

    private static readonly Regex Variable = new(@"\$\{(!?)([^}]+)\}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex DynamicReference = new(@"\{\{resolve:[^{}]+\}\}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // AWS::NoValue.
    private static readonly JsonObject Nothing = [];

    private readonly JsonObject _template;
    private readonly TemplateParameters _parameters;
    private readonly TemplateConditions _conditions;
    private readonly TemplateResources _resources;
    private int _depth;
    private bool _showsSecrets; // Within conditions, whose results do not show them.

    /// <summary>Creates the values of a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="given">The values that the user gives.</param>
    public TemplateValues(JsonObject template, IReadOnlyDictionary<string, string> given)
    {
        _template = template;
        _parameters = new TemplateParameters(template, given);
        _conditions = new TemplateConditions(template, OfCondition);
        _resources = new TemplateResources(template, this);
    }

    /// <summary>A copy of a part of the template in which functions are replaced by what they stand for; null if it is <c>AWS::NoValue</c>.</summary>
    public JsonNode? Of(JsonNode? node) => Evaluate(node) is { } value && value != Nothing ? value : null;

    /// <summary>The text of a part of the template; null if it has none.</summary>
    public string? TextOf(JsonNode? node) => TemplateText.Of(Of(node));

    /// <summary>The elements of a list, each with the condition that decides whether it is there. An element that is not there is left out.</summary>
    public IEnumerable<(JsonNode? Value, Truth IsThere)> Elements(JsonNode? list)
    {
        if (Choice(list) is { } choice)
            return Branches(choice).SelectMany(branch => Elements(branch.Node).Select(element => (element.Value, Truth.All([branch.IsThere, element.IsThere]))));
        JsonArray elements = list as JsonArray ?? (Of(list) is JsonArray computed ? computed : list is null ? [] : [list.DeepClone()]);
        return elements.SelectMany(element => Choice(element) is { } one
            ? Branches(one).SelectMany(branch => Elements(new JsonArray(branch.Node?.DeepClone())).Select(inner => (inner.Value, Truth.All([branch.IsThere, inner.IsThere]))))
            : Evaluate(element) is { } value && value == Nothing ? [] : [(Of(element), Truth.True)]);
    }

    /// <summary>Whether a condition of the template holds.</summary>
    public Truth Condition(string name) => _conditions.Of(name);

    /// <summary>The ARN of a rule of the stack.</summary>
    public string RuleArn(string? bus, string rule) => _resources.RuleArn(bus, rule);

    /// <summary>The expression for the ARN of the resource that a text names in another way, as <c>Ref</c> does for most types; null if it names none.</summary>
    public string? ArnExpression(string text) => _resources.ArnExpression(text);

    /// <summary>Whether a symbol stands for a parameter whose value must not be shown.</summary>
    public bool IsSecret(string symbol) => _parameters.IsSecret(symbol);

    /// <summary>Whether a symbol stands for a resource of the template, or an attribute of one.</summary>
    public bool IsResource(string symbol) => _resources.Find(symbol.Split('.')[0]) is not null;

    /// <summary>A value by its symbol: as it is given, else a mark.</summary>
    public string Symbol(string symbol) => _parameters.Given(symbol) ?? UnknownMark.Of(UnknownMark.Show(symbol));

    /// <summary>A pseudo parameter, without <c>AWS::</c>.</summary>
    public string Pseudo(string name) => _parameters.GivenPseudo(name) ?? (name, _parameters.GivenPseudo(TemplatePlace.RegionSymbol)) switch
    {
        (TemplatePlace.PartitionSymbol, { } region) => Names.Partitions.Of(region),
        (TemplatePlace.UrlSuffixSymbol, { } region) => Names.Partitions.DnsSuffix(region),
        _ => UnknownMark.Of(name),
    };

    private JsonNode? OfCondition(JsonNode? node)
    {
        bool before = _showsSecrets;
        _showsSecrets = true;
        try
        {
            return Of(node);
        }
        finally
        {
            _showsSecrets = before;
        }
    }

    private JsonNode? Evaluate(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                return fields.Count == 1 && Call(fields.First()) is { } value ? value : Fields(fields);
            case JsonArray elements:
                return new JsonArray([.. elements.Select(Evaluate).Where(element => element is null || element != Nothing)]);
            default:
                return Document.Text(node) is { } text && text.Contains("{{") ? JsonValue.Create(DynamicReference.Replace(text, found => Symbol(found.Value.Trim('{', '}')))) : node?.DeepClone();
        }
    }

    private JsonObject Fields(JsonObject fields)
    {
        JsonObject copy = [];
        foreach (KeyValuePair<string, JsonNode?> field in fields)
        {
            // Beside other fields it adds some that only CloudFormation knows.
            JsonNode? value = field.Key == "Fn::Transform" ? Unknown("Transform", field.Value) : Evaluate(field.Value);
            if (value is null || value != Nothing)
                copy.Add(field.Key, value);
        }

        return copy;
    }

    private JsonNode? Call(KeyValuePair<string, JsonNode?> call)
    {
        if (call.Key != "Ref" && !call.Key.StartsWith("Fn::", StringComparison.Ordinal))
            return null;
        if (_depth > DeepestReference)
            return Unknown(call.Key, null);
        _depth++;
        try
        {
            return Call(call.Key, call.Value);
        }
        finally
        {
            _depth--;
        }
    }

    private JsonNode? Call(string function, JsonNode? argument) => function switch
    {
        "Ref" => Document.Text(argument) is { } name ? Reference(name) : null,
        "Fn::GetAtt" => Attribute(argument),
        "Fn::Sub" => Substitute(argument),
        "Fn::Join" => Join(argument),
        "Fn::Split" => Split(argument),
        "Fn::Select" => Select(argument),
        "Fn::FindInMap" => Find(argument),
        "Fn::If" => If(argument),
        "Fn::ToJsonString" => Text(UnknownMark.Write(Of(argument)), function, argument),
        "Fn::Length" => Of(argument) is JsonArray list ? JsonValue.Create(list.Count) : Unknown(function, argument),
        "Fn::Base64" => TextOf(argument) is { } text && !UnknownMark.IsIn(text) ? JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))) : Unknown(function, argument),
        "Fn::Transform" => Unknown(function, (argument as JsonObject)?["Name"]),
        _ => Unknown(function, argument),
    };

    private JsonNode Reference(string name)
    {
        if (name == "AWS::NoValue")
            return Nothing;
        if (name.StartsWith("AWS::", StringComparison.Ordinal))
            return JsonValue.Create(Pseudo(name.Substring(5)));
        if (_parameters.Find(name) is null)
            return JsonValue.Create(_resources.Reference(name) ?? Symbol(name));
        JsonNode? value = _parameters.Value(name);
        return value is null || (_parameters.IsSecret(name) && !_showsSecrets) ? JsonValue.Create(UnknownMark.Of(_parameters.Symbol(name))) : value;
    }

    private JsonValue Attribute(JsonNode? argument)
    {
        string path = argument is JsonArray parts ? string.Join(".", parts.Select(part => TextOf(part) ?? "")) : TextOf(argument) ?? "";
        return JsonValue.Create(Attribute(path));
    }

    private string Attribute(string path)
    {
        int dot = path.IndexOf('.');
        return _parameters.Given(path) ?? (dot > 0 ? _resources.Attribute(path.Substring(0, dot), path.Substring(dot + 1)) : null) ?? Symbol(path);
    }

    private JsonValue Substitute(JsonNode? argument)
    {
        JsonArray? both = argument as JsonArray;
        if (Document.Text(both is null ? argument : both.FirstOrDefault()) is not { } text)
            return Unknown("Fn::Sub", argument);
        Dictionary<string, string> own = (both?.ElementAtOrDefault(1) as JsonObject ?? []).ToDictionary(value => value.Key, value => TextOf(value.Value) ?? Show("Fn::Sub", value.Value), StringComparer.Ordinal);
        string replaced = Variable.Replace(text, found =>
        {
            string name = found.Groups[2].Value.Trim();
            return found.Groups[1].Length > 0 ? $"${{{name}}}" // ${!Literal}
                : own.TryGetValue(name, out string? value) ? value
                : name.Contains('.') ? Attribute(name)
                : Reference(name) is { } node && node == Nothing ? "" : TemplateText.Of(Reference(name)) ?? string.Join(",", Reference(name).AsArray().Select(TemplateText.Of));
        });
        return Text(DynamicReference.Replace(replaced, found => Symbol(UnknownMark.Show(found.Value).Trim('{', '}'))), "Fn::Sub", argument);
    }

    private JsonValue Join(JsonNode? argument) =>
        argument is JsonArray { Count: 2 } both && Document.Text(both[0]) is { } separator && Of(both[1]) is JsonArray parts
            ? Text(string.Join(separator, parts.Select(part => TemplateText.Of(part) ?? Show("Fn::Join", part))), "Fn::Join", argument)
            : Unknown("Fn::Join", argument is JsonArray { Count: 2 } unknown ? unknown[1] : argument);

    // What stands for an unknown value may hold the delimiter, except where it cannot: regions, accounts and names have neither ':' nor '/'.
    private JsonNode Split(JsonNode? argument) =>
        argument is JsonArray { Count: 2 } both && Document.Text(both[0]) is { Length: > 0 } delimiter && TextOf(both[1]) is { } text
        && UnknownMark.Symbols(text).All(symbol => delimiter is ":" or "/" && (TemplatePlace.Has(symbol) || (IsResource(symbol) && !symbol.Contains('.'))))
            ? new JsonArray([.. text.Split([delimiter], StringSplitOptions.None).Select(part => JsonValue.Create(part))])
            : Unknown("Fn::Split", argument);

    private JsonNode Select(JsonNode? argument) =>
        argument is JsonArray { Count: 2 } both
        && int.TryParse(TextOf(both[0]), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
        && Of(both[1]) is JsonArray list && index < list.Count && list[index] is { } selected
            ? selected.DeepClone()
            : Unknown("Fn::Select", argument);

    private JsonNode Find(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 3 or 4 } parts)
            return Unknown("Fn::FindInMap", argument);
        string?[] keys = [.. parts.Take(3).Select(TextOf)];
        if (keys.Any(key => key is null || UnknownMark.IsIn(key)))
            return Unknown("Fn::FindInMap", new JsonArray([.. parts.Take(3).Select(part => part?.DeepClone())]));
        JsonNode? node = _template["Mappings"];
        foreach (string? key in keys)
            node = (node as JsonObject)?[key!];
        return node is not null ? Of(node) ?? Nothing
            : (parts.ElementAtOrDefault(3) as JsonObject)?["DefaultValue"] is { } otherwise ? Evaluate(otherwise)!
            : Unknown("Fn::FindInMap", argument);
    }

    private JsonNode? If(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 3 } parts || Document.Text(parts[0]) is not { } name)
            return Unknown("Fn::If", argument);
        Truth truth = Condition(name);
        if (truth.Value is { } holds)
            return Evaluate(parts[holds ? 1 : 2]);
        (JsonNode? yes, JsonNode? no) = (Evaluate(parts[1]), Evaluate(parts[2]));
        return JsonNode.DeepEquals(yes, no) && yes != Nothing ? yes : JsonValue.Create(Symbol(Decided(name, truth)));
    }

    private static JsonArray? Choice(JsonNode? node) => node is JsonObject { Count: 1 } call && call["Fn::If"] is JsonArray { Count: 3 } parts && Document.Text(parts[0]) is not null ? parts : null;

    private IEnumerable<(JsonNode? Node, Truth IsThere)> Branches(JsonArray choice)
    {
        Truth truth = Condition(Document.Text(choice[0])!);
        return new[] { (choice[1], truth), (choice[2], truth.Not()) }.Where(branch => branch.Item2.Value != false);
    }

    private static string Decided(string condition, Truth truth) => $"If {condition} {string.Join(" ", truth.Symbols.Where(symbol => symbol != condition))}".TrimEnd();

    private JsonValue Text(string text, string function, JsonNode? argument) => text.Length > LongestText ? Unknown(function, argument) : JsonValue.Create(text);

    private JsonValue Unknown(string function, JsonNode? argument) => JsonValue.Create(Show(function, argument));

    // The symbol of a call: its name and its arguments, as far as they are known.
    private string Show(string function, JsonNode? argument)
    {
        const int longest = 120;
        string symbol = $"{function.Replace("Fn::", "")} {TemplateText.Render(argument is null ? null : Of(argument))}".Trim();
        return Symbol(symbol.Length > longest ? symbol.Substring(0, longest) + "..." : symbol);
    }
}
