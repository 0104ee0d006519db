using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Templates;

/// <summary>Expands <c>Fn::ForEach</c> of the <c>AWS::LanguageExtensions</c> transform where its collection is known.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html.</remarks>
/// <param name="values">The values of the template before the expansion.</param>
/// <param name="warn">Receives the loops that are not expanded.</param>
internal sealed class TemplateLoops(TemplateValues values, Action<Message> warn)
{
    private const string Prefix = "Fn::ForEach::";
    private const int MostNodes = 1_000_000;
    private static readonly Regex Placeholder = new(@"[$&]\{([A-Za-z0-9]+)\}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private int _nodes;

    /// <summary>A copy of a template with its loops expanded.</summary>
    public JsonObject Expand(JsonObject template) => HasLoop(template) ? (JsonObject)Expand(template, new Dictionary<string, string>(StringComparer.Ordinal))! : template;

    private static bool HasLoop(JsonNode? node) => node switch
    {
        JsonObject fields => fields.Any(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal) || HasLoop(field.Value)),
        JsonArray elements => elements.Any(HasLoop),
        _ => false,
    };

    private JsonNode? Expand(JsonNode? node, IReadOnlyDictionary<string, string> items)
    {
        if (++_nodes > MostNodes)
            throw new YamlFaultException(TemplateMessages.YamlTooLarge());
        switch (node)
        {
            case JsonObject { Count: 1 } call when Document.Text(call["Ref"]) is { } name && items.TryGetValue(name, out string? item):
                return JsonValue.Create(item);
            case JsonObject fields:
                JsonObject copy = [];
                foreach (KeyValuePair<string, JsonNode?> field in fields)
                    Add(copy, field, items);
                return copy;
            case JsonArray elements:
                return new JsonArray([.. elements.Select(element => Expand(element, items))]);
            default:
                return items.Count > 0 && Document.Text(node) is { } text ? JsonValue.Create(Replace(text, items)) : node?.DeepClone();
        }
    }

    private void Add(JsonObject fields, KeyValuePair<string, JsonNode?> field, IReadOnlyDictionary<string, string> items)
    {
        if (!field.Key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            fields[Replace(field.Key, items)] = Expand(field.Value, items);
            return;
        }

        if (field.Value is not JsonArray { Count: 3 } loop || Document.Text(loop[0]) is not { } identifier || loop[2] is not JsonObject body)
        {
            warn(TemplateMessages.LoopNotValid(field.Key));
            return;
        }

        JsonNode? collection = values.Of(Expand(loop[1], items));
        string[] symbols = [.. TemplateText.Symbols(collection).Distinct()];
        if (collection is not JsonArray list || symbols.Length > 0)
        {
            warn(symbols.Length > 0 ? TemplateMessages.LoopNotExpanded(field.Key, symbols) : TemplateMessages.LoopNotValid(field.Key));
            return;
        }

        foreach (string? item in list.Select(TemplateText.Of))
        {
            Dictionary<string, string> inner = items.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
            inner[identifier] = item ?? "";
            foreach (KeyValuePair<string, JsonNode?> output in body)
                Add(fields, output, inner);
        }
    }

    // '&{Identifier}' leaves out what a logical ID may not have.
    private static string Replace(string text, IReadOnlyDictionary<string, string> items) => items.Count == 0 ? text : Placeholder.Replace(text, found =>
        !items.TryGetValue(found.Groups[1].Value, out string? item) ? found.Value
        : found.Value[0] == '$' ? item
        : item.Where(letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')).Aggregate(new StringBuilder(), (kept, letter) => kept.Append(letter)).ToString());
}
