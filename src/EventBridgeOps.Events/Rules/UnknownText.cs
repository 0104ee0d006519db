using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Rules;

/// <summary>
/// What a file of rules does not give: it is marked in the texts of a rule (see <see cref="UnknownMark"/>), and found and left out by this.
/// </summary>
internal static class UnknownText
{
    private const string Pattern = "EventPattern";

    /// <summary>A text that stands for an unknown value, alone or within another text.</summary>
    public static string Of(string symbol) => UnknownMark.Of(symbol);

    /// <summary>Whether a part of a text is unknown.</summary>
    public static bool IsIn(string? text) => UnknownMark.IsIn(text);

    /// <summary>The text for people: <c>${Queue.Arn}</c>.</summary>
    public static string Show(string text) => UnknownMark.Show(text);

    /// <summary>The unknown values in a document, by the pointers to them.</summary>
    public static IEnumerable<UnknownValue> In(JsonNode? node, string path = "")
    {
        switch (node)
        {
            case JsonObject fields:
                return fields.SelectMany(field => Symbols(field.Key, $"{path}/{JsonPointers.Escape(Show(field.Key))}").Concat(In(field.Value, $"{path}/{JsonPointers.Escape(Show(field.Key))}")));
            case JsonArray elements:
                return elements.SelectMany((element, i) => In(element, $"{path}/{i}"));
            default:
                string? text = Document.Text(node);
                return path == "/" + Pattern && IsIn(text) && Parse(text!) is { } pattern ? In(pattern, path) : Symbols(text, path);
        }
    }

    /// <summary>A copy of a document in which unknown values are written for people.</summary>
    public static JsonNode? Shown(JsonNode? node) => Mapped(node, Show);

    /// <summary>A copy of a document with values in place of the symbols that have one.</summary>
    /// <param name="node">The document.</param>
    /// <param name="value">The value of a symbol; null if it has none.</param>
    public static JsonNode? Filled(JsonNode? node, Func<string, string?> value) => Mapped(node, text => UnknownMark.Fill(text, value));

    private static JsonNode? Mapped(JsonNode? node, Func<string, string> map) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => new KeyValuePair<string, JsonNode?>(map(field.Key), Mapped(field.Value, map))).GroupBy(field => field.Key).Select(same => same.Last())),
        JsonArray elements => new JsonArray([.. elements.Select(element => Mapped(element, map))]),
        _ => Document.Text(node) is { } text && IsIn(text) ? JsonValue.Create(map(text)) : node?.DeepClone(),
    };

    private static IEnumerable<UnknownValue> Symbols(string? text, string path) =>
        UnknownMark.Symbols(text).Select(symbol => new UnknownValue(path, symbol));

    private static JsonNode? Parse(string text)
    {
        try
        {
            return Document.ParseAny(text);
        }
        catch (JsonException)
        {
            return null; // The value is not in quotation marks: then the pattern is unknown as a whole.
        }
    }
}
