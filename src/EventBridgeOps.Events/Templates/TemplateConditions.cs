using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Templates;

/// <summary>The conditions of a template: true, false, or unknown with what decides it.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html.</remarks>
/// <param name="template">The template.</param>
/// <param name="value">The value of a part of a condition.</param>
internal sealed class TemplateConditions(JsonObject template, Func<JsonNode?, JsonNode?> value)
{
    private readonly Dictionary<string, Truth> _known = new(StringComparer.Ordinal);

    /// <summary>Whether a condition of the template holds.</summary>
    public Truth Of(string name)
    {
        if (_known.TryGetValue(name, out Truth? known))
            return known;
        _known[name] = Truth.Unknown([name]); // A condition that refers to itself, or that is not there, stays so.
        if (template["Conditions"] is JsonObject conditions && conditions.TryGetPropertyValue(name, out JsonNode? condition))
            _known[name] = Evaluate(condition);
        return _known[name];
    }

    /// <summary>Whether an expression of conditions holds.</summary>
    public Truth Evaluate(JsonNode? condition)
    {
        if (condition is not JsonObject { Count: 1 } call)
            return TemplateText.Of(condition) switch { "true" => Truth.True, "false" => Truth.False, { } text => Truth.Unknown([text]), null => Truth.Unknown([TemplateText.Render(condition)]) };
        (string function, JsonNode? argument) = (call.First().Key, call.First().Value);
        JsonArray arguments = argument as JsonArray ?? [];
        return function switch
        {
            "Condition" when Document.Text(argument) is { } name => Of(name),
            "Fn::Not" when arguments.Count == 1 => Evaluate(arguments[0]).Not(),
            "Fn::And" when arguments.Count > 0 => Truth.All(arguments.Select(Evaluate)),
            "Fn::Or" when arguments.Count > 0 => Truth.All(arguments.Select(one => Evaluate(one).Not())).Not(),
            "Fn::Equals" when arguments.Count == 2 => Same(value(arguments[0]), value(arguments[1])),
            _ => Truth.Unknown([function.Replace("Fn::", "")]),
        };
    }

    private static Truth Same(JsonNode? left, JsonNode? right)
    {
        string[] symbols = [.. TemplateText.Symbols(left).Concat(TemplateText.Symbols(right)).Distinct()];
        bool same = Written(left) == Written(right);
        return symbols.Length > 0 && !same ? Truth.Unknown(symbols) : same ? Truth.True : Truth.False;
    }

    private static string Written(JsonNode? node) => TemplateText.Of(node) ?? Document.Write(node);
}

/// <summary>Whether something holds.</summary>
/// <param name="Value">True or false; null if it is unknown.</param>
/// <param name="Symbols">What decides it, if it is unknown.</param>
internal sealed record Truth(bool? Value, IReadOnlyList<string> Symbols)
{
    public static Truth True { get; } = new(true, []);

    public static Truth False { get; } = new(false, []);

    public static Truth Unknown(IReadOnlyList<string> symbols) => new(null, symbols);

    /// <summary>The opposite.</summary>
    public Truth Not() => this with { Value = !Value };

    /// <summary>Whether all of them hold: one that does not decides, whatever is unknown.</summary>
    public static Truth All(IEnumerable<Truth> several)
    {
        Truth[] all = [.. several];
        return all.Any(one => one.Value == false) ? False
            : all.All(one => one.Value == true) ? True
            : Unknown([.. all.SelectMany(one => one.Symbols).Distinct()]);
    }
}
