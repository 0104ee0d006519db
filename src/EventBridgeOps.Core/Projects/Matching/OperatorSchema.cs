using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Matching;

/// <summary>Converts a condition of an event pattern into a JSON Schema of the values for which it holds.</summary>
internal static class OperatorSchema
{
    private const string Special = @"\^$.|?*+()[]{}/";

    /// <summary>The schema; null if the values are not known.</summary>
    public static JsonObject? Of(JsonObject condition)
    {
        if (condition.Count != 1)
            return null;
        KeyValuePair<string, JsonNode?> only = condition.First();
        return only.Key switch
        {
            "exists" => PatternSchema.Types("string", "number", "boolean", "null", "array"),
            "numeric" => Numeric(only.Value as JsonArray),
            "anything-but" => AnythingBut(only.Value),
            "cidr" => PatternSchema.Types("string"),
            _ => Text(only.Key, only.Value),
        };
    }

    private static JsonObject? Text(string name, JsonNode? value)
    {
        bool ignoresCase = value is JsonObject nested && nested["equals-ignore-case"] is not null;
        if ((ignoresCase ? Document.Text(value!["equals-ignore-case"]) : Document.Text(value)) is not { } text)
            return null;
        string? pattern = name switch
        {
            "prefix" => "^" + Literal(text, ignoresCase),
            "suffix" => Literal(text, ignoresCase) + "$",
            "equals-ignore-case" => "^" + Literal(text, ignoresCase: true) + "$",
            "wildcard" => "^" + Wildcard(text) + "$",
            _ => null,
        };
        return pattern is null ? null : new JsonObject { ["type"] = "string", ["pattern"] = pattern };
    }

    private static JsonObject? Numeric(JsonArray? bounds)
    {
        if (bounds is null || bounds.Count is not (2 or 4))
            return null;
        JsonObject made = new() { ["type"] = "number" };
        for (int i = 0; i < bounds.Count; i += 2)
        {
            string? keyword = Document.Text(bounds[i]) switch { "<" => "exclusiveMaximum", "<=" => "maximum", ">" => "exclusiveMinimum", ">=" => "minimum", "=" => "const", _ => null };
            if (keyword is null || bounds[i + 1] is not { } number)
                return null;
            made[keyword] = number.DeepClone();
        }

        return made;
    }

    private static JsonObject? AnythingBut(JsonNode? excluded)
    {
        JsonObject? not;
        if (excluded is JsonObject condition)
        {
            KeyValuePair<string, JsonNode?> only = condition.FirstOrDefault();
            JsonObject?[] each = only.Value is JsonArray several ? [.. several.Select(value => Text(only.Key, value))] : [Text(only.Key, only.Value)];
            not = each.Length == 0 || each.Contains(null) ? null : PatternSchema.AnyOf(each!);
        }
        else
        {
            not = new JsonObject { ["enum"] = excluded is JsonArray values ? values.DeepClone() : new JsonArray(excluded?.DeepClone()) };
        }

        JsonObject made = PatternSchema.Types("string", "number", "boolean", "null");
        if (not is not null)
            made["not"] = not;
        return made;
    }

    private static string Literal(string text, bool ignoresCase)
    {
        StringBuilder pattern = new();
        foreach (char letter in text)
            pattern.Append(ignoresCase ? AnyCase(letter) : Escaped(letter));
        return pattern.ToString();
    }

    // Which letters are the same beyond ASCII depends on the library, so they match anything.
    private static string AnyCase(char letter) => letter > '\u007f' ? @"[\s\S]+" : char.IsLetter(letter)
        ? string.Format(CultureInfo.InvariantCulture, "[{0}{1}]", char.ToLowerInvariant(letter), char.ToUpperInvariant(letter))
        : Escaped(letter);

    private static string Escaped(char letter) => Special.Contains(letter) ? "\\" + letter : letter.ToString();

    private static string Wildcard(string text)
    {
        StringBuilder pattern = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '*')
                pattern.Append(@"[\s\S]*");
            else
                pattern.Append(Escaped(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]));
        }

        return pattern.ToString();
    }
}
