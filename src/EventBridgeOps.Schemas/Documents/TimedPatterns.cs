using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;
using Json.Schema.Keywords;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Regular expressions of schemas, as ECMA-262 means them as far as .NET can, with a limit of time: a schema can come from anybody.</summary>
internal static class TimedPatterns
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    private const int MostKnown = 1000;
    private static readonly ConcurrentDictionary<string, Regex> s_known = new(StringComparer.Ordinal);

    /// <summary>Long names of Unicode categories, which ECMA-262 has and .NET has not: https://unicode.org/reports/tr44/#GC_Values_Table.</summary>
    private static readonly Dictionary<string, string> s_categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L", ["Uppercase_Letter"] = "Lu", ["Lowercase_Letter"] = "Ll", ["Titlecase_Letter"] = "Lt", ["Modifier_Letter"] = "Lm", ["Other_Letter"] = "Lo",
        ["Mark"] = "M", ["Nonspacing_Mark"] = "Mn", ["Spacing_Mark"] = "Mc", ["Enclosing_Mark"] = "Me",
        ["Number"] = "N", ["Decimal_Number"] = "Nd", ["digit"] = "Nd", ["Letter_Number"] = "Nl", ["Other_Number"] = "No",
        ["Punctuation"] = "P", ["punct"] = "P", ["Symbol"] = "S", ["Math_Symbol"] = "Sm", ["Currency_Symbol"] = "Sc", ["Separator"] = "Z", ["Space_Separator"] = "Zs", ["Other"] = "C", ["Control"] = "Cc",
    };

    private static readonly Regex s_category = new(@"(?<=(?<!\\)(?:\\\\)*\\[pP]\{)(?<name>[A-Za-z_]+)(?=\})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The handlers of the keywords that have regular expressions.</summary>
    public static IReadOnlyList<IKeywordHandler> Handlers { get; } = [new TimedPattern(), new TimedPatternProperties()];

    /// <summary>The formats that are checked, with the regular expressions that can be read here.</summary>
    public static FormatRegistry Formats { get; } = MakeFormats();

    /// <summary>The regular expression.</summary>
    /// <param name="pattern">The pattern of a schema.</param>
    /// <exception cref="ArgumentException">.NET cannot read it.</exception>
    public static Regex Of(string pattern)
    {
        if (s_known.Count > MostKnown)
            s_known.Clear();
        return s_known.GetOrAdd(pattern, Make);
    }

    private static FormatRegistry MakeFormats()
    {
        FormatRegistry formats = new();
        formats.Register(new PredicateFormat("regex", IsReadable));
        return formats;
    }

    private static bool IsReadable(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
            return true;
        try
        {
            _ = Of(value.GetString()!);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static Regex Make(string pattern)
    {
        string known = s_category.Replace(pattern, name => s_categories.TryGetValue(name.Value, out string? category) ? category : name.Value);
        try
        {
            return new Regex(known, RegexOptions.ECMAScript, s_patience);
        }
        catch (ArgumentException)
        {
            return new Regex(known, RegexOptions.CultureInvariant, s_patience); // Unicode categories and lookbehind are not known in the mode for ECMAScript.
        }
    }

    private sealed class TimedPattern : PatternKeyword
    {
        public override object? ValidateKeywordValue(JsonElement value) => value.ValueKind is JsonValueKind.String ? Of(value.GetString()!) : base.ValidateKeywordValue(value);
    }

    private sealed class TimedPatternProperties : PatternPropertiesKeyword
    {
        public override object? ValidateKeywordValue(JsonElement value) =>
            value.ValueKind is JsonValueKind.Object ? value.EnumerateObject().ToDictionary(each => each.Name, each => Of(each.Name), StringComparer.Ordinal) : base.ValidateKeywordValue(value);
    }
}
