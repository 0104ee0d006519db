using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Matching;

/// <summary>Converts a condition of an event pattern into a JSON Schema of the values for which it holds.</summary>
internal static class OperatorSchema
{
    private const string Special = @"\^$.|?*+()[]{}/";
    private const string AddressLetters = "0123456789ABCDEFabcdef:.";

    /// <summary>The schema of what matches a text that EventBridge may take for an IP address, and so matches in other spellings: <c>10.0.0.1</c> is <c>010.0.0.01</c>. Null for other texts.</summary>
    public static JsonObject? Address(string text) => text.IndexOfAny(['.', ':']) >= 0 && text.All(letter => AddressLetters.Contains(letter))
        ? new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9A-Fa-f:.]+$" } : null;

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
        if (pattern is null)
            return null;
        JsonObject made = new() { ["type"] = "string", ["pattern"] = pattern };
        Limit(made, name, text, ignoresCase || name == "equals-ignore-case");
        return made;
    }

    // How long a text is that matches, which a schema's limits can exclude. Letters beyond ASCII can be others, of other lengths, without regard to case; halves of a character count once.
    private static void Limit(JsonObject made, string name, string text, bool ignoresCase)
    {
        string literal = name == "wildcard" ? WithoutStars(text) : text;
        int least = literal.Count(letter => ignoresCase ? letter <= '\u007f' : !char.IsLowSurrogate(letter));
        if (least > 0)
            made["minLength"] = least;
        bool isWhole = name == "equals-ignore-case" ? least == text.Length : name == "wildcard" && !HasStar(text);
        if (isWhole)
            made["maxLength"] = literal.Length;
    }

    private static string WithoutStars(string wildcard) => string.Concat(Units(wildcard).Where(unit => unit is not null));

    private static bool HasStar(string wildcard) => Units(wildcard).Any(unit => unit is null);

    // The letters of a wildcard; null for a star that stands for any.
    private static IEnumerable<char?> Units(string wildcard)
    {
        for (int i = 0; i < wildcard.Length; i++)
        {
            if (wildcard[i] == '*')
                yield return null;
            else
                yield return wildcard[i] == '\\' && i + 1 < wildcard.Length ? wildcard[++i] : wildcard[i];
        }
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
            JsonObject[] each = [.. (only.Value is JsonArray several ? several : [.. new[] { only.Value?.DeepClone() }]).Where(value => IsExact(only.Key, value)).Select(value => Text(only.Key, value)).OfType<JsonObject>()];
            not = each.Length == 0 ? null : PatternSchema.AnyOf(each);
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

    // What is excluded must not be more than EventBridge excludes: the schema of a letter beyond ASCII accepts others too.
    private static bool IsExact(string name, JsonNode? value) => name != "equals-ignore-case" || Document.Text(value)?.All(letter => letter <= '\u007f') != false;

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

    private static string Wildcard(string text) => string.Concat(Units(text).Select(unit => unit is { } letter ? Escaped(letter) : @"[\s\S]*"));
}
