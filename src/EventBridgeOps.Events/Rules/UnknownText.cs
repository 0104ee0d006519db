using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Rules;

/// <summary>
/// Marks in texts what a file of rules does not give, so that <c>${Queue.Arn}</c> that stands for an unknown value is never taken for a text that was written so.
/// The marks are noncharacters, which Unicode keeps for use within a program (https://www.unicode.org/faq/private_use.html#noncharacters).
/// </summary>
internal static class UnknownText
{
    private const string Pattern = "EventPattern";
    private static readonly Regex Mark = new("\uFDD0([^\uFDD0\uFDD1]*)\uFDD1", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>A text that stands for an unknown value, alone or within another text.</summary>
    public static string Of(string symbol) => $"\uFDD0{symbol}\uFDD1";

    /// <summary>Whether a part of a text is unknown.</summary>
    public static bool IsIn(string? text) => text is not null && text.Contains('\uFDD0') && Mark.IsMatch(text);

    /// <summary>The text for people: <c>${Queue.Arn}</c>.</summary>
    public static string Show(string text) => text.Contains('\uFDD0') ? Mark.Replace(text, found => $"${{{found.Groups[1].Value}}}") : text;

    /// <summary>The unknown values in a document, by the pointers to them.</summary>
    public static IEnumerable<UnknownValue> In(JsonNode? node, string path = "")
    {
        switch (node)
        {
            case JsonObject fields:
                return fields.SelectMany(field => Symbols(field.Key, $"{path}/{Escape(Show(field.Key))}").Concat(In(field.Value, $"{path}/{Escape(Show(field.Key))}")));
            case JsonArray elements:
                return elements.SelectMany((element, i) => In(element, $"{path}/{i}"));
            default:
                string? text = Document.Text(node);
                return path == "/" + Pattern && IsIn(text) && Parse(text!) is { } pattern ? In(pattern, path) : Symbols(text, path);
        }
    }

    /// <summary>A copy of a document in which unknown values are written for people.</summary>
    public static JsonNode? Shown(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => new KeyValuePair<string, JsonNode?>(Show(field.Key), Shown(field.Value))).GroupBy(field => field.Key).Select(same => same.Last())),
        JsonArray elements => new JsonArray([.. elements.Select(Shown)]),
        _ => Document.Text(node) is { } text && IsIn(text) ? JsonValue.Create(Show(text)) : node?.DeepClone(),
    };

    /// <summary>
    /// The part of an event pattern that does not depend on unknown values: a field that does is left out, which only ever makes a pattern match more.
    /// Null if nothing is left, so that any event may match.
    /// </summary>
    /// <param name="pattern">The event pattern's JSON text.</param>
    /// <param name="unknown">Unknown values of the rule; those outside its pattern do not matter.</param>
    /// <exception cref="JsonException">The pattern is not JSON.</exception>
    public static string? KnownPart(string pattern, IEnumerable<UnknownValue> unknown)
    {
        string[][] paths = [.. unknown.Where(value => value.IsOfPattern).Select(value => value.Path.Split('/').Skip(2).Select(Unescape).ToArray())];
        if (paths.Any(path => path.Length == 0))
            return null;
        JsonObject known = Document.Parse(pattern);
        foreach (string[] path in paths)
            Relax(known, path, 0);
        return Prune(known) ? Document.Write(known) : null;
    }

    // Whatever is unknown below a field, the field's whole condition is; only '$or' has conditions of its own inside.
    private static void Relax(JsonObject fields, string[] path, int at)
    {
        switch (fields.TryGetPropertyValue(path[at], out JsonNode? value) ? value : null)
        {
            case JsonObject inner when at + 1 < path.Length:
                Relax(inner, path, at + 1);
                break;
            case JsonArray alternatives when path[at] == "$or" && at + 1 < path.Length && int.TryParse(path[at + 1], out int i) && i < alternatives.Count && alternatives[i] is JsonObject alternative && at + 2 < path.Length:
                Relax(alternative, path, at + 2);
                break;
            default:
                fields.Remove(path[at]);
                break;
        }
    }

    /// <summary>Removes what has no condition left; false if nothing remains.</summary>
    private static bool Prune(JsonObject fields)
    {
        foreach (KeyValuePair<string, JsonNode?> field in fields.ToList())
        {
            bool open = field.Value is JsonObject inner ? !Prune(inner)
                : field.Key == "$or" && field.Value is JsonArray alternatives && alternatives.Any(alternative => alternative is JsonObject condition && !Prune(condition));
            if (open)
                fields.Remove(field.Key);
        }

        return fields.Count > 0;
    }

    private static IEnumerable<UnknownValue> Symbols(string? text, string path) =>
        IsIn(text) ? Mark.Matches(text!).Cast<Match>().Select(found => new UnknownValue(path, found.Groups[1].Value)) : [];

    private static JsonNode? Parse(string text)
    {
        try
        {
            return Document.ParseAny(text);
        }
        catch (JsonException)
        {
            return null; // An unknown value that is not a string: then all of the pattern is unknown.
        }
    }

    private static string Escape(string key) => key.Replace("~", "~0").Replace("/", "~1");

    private static string Unescape(string key) => key.Replace("~1", "/").Replace("~0", "~");
}
