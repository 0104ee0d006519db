using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Explaining;

/// <summary>What is almost right about something that does not match: common mistakes.</summary>
internal static class NearMiss
{
    // Shorter words are near to everything.
    private const int ShortestForDistance = 4;

    /// <summary>For a missing field: a path of the event that is almost the same.</summary>
    public static string? OfPath(string path, IReadOnlyCollection<string> paths)
    {
        string? other = paths.FirstOrDefault(p => string.Equals(p, path, StringComparison.OrdinalIgnoreCase));
        if (other != null)
        {
            return ExplainingTexts.EventHasOtherCase(other);
        }

        other = paths.FirstOrDefault(p => p.StartsWith(path + ".", StringComparison.Ordinal));
        if (other != null)
        {
            return ExplainingTexts.IsAnObject(path, other);
        }

        other = path.Length < ShortestForDistance ? null : paths
            .Select(p => (Path: p, Distance: Spelling.Distance(p, path)))
            .Where(p => p.Distance <= 2)
            .OrderBy(p => p.Distance)
            .Select(p => p.Path)
            .FirstOrDefault();
        if (other != null)
        {
            return ExplainingTexts.EventHas(other);
        }

        string last = path.Substring(path.LastIndexOf('.') + 1);
        other = paths.FirstOrDefault(p => p == last || p.EndsWith("." + last, StringComparison.Ordinal));
        return other == null ? null : ExplainingTexts.EventHas(other);
    }

    /// <summary>For a value: why it does not pass, where that is not obvious.</summary>
    public static string? OfValue(PatternNode expected, EventValue value)
    {
        if (expected.Kind != PatternNodeKind.Object)
        {
            return Plain(expected, value);
        }

        string op = expected.Members[0].Name;
        PatternNode operand = expected.Members[0].Value;
        if (op == "numeric")
        {
            return value.Kind switch
            {
                FieldValueKind.String => IsNumber(value.Text) ? ExplainingTexts.NumericOnly(value.Json) : null,
                FieldValueKind.Number => NotExact(value),
                _ => null,
            };
        }

        if (op is "prefix" or "suffix" or "wildcard" or "equals-ignore-case" && value.Kind != FieldValueKind.String)
        {
            return ExplainingTexts.StringsOnly(value.Json, op);
        }

        if (op is "prefix" or "suffix" && operand.IsString)
        {
            bool begins = op == "prefix";
            return (begins && value.Text.StartsWith(operand.Text, StringComparison.OrdinalIgnoreCase))
                || (!begins && value.Text.EndsWith(operand.Text, StringComparison.OrdinalIgnoreCase))
                ? ExplainingTexts.OtherCase(value.Json)
                : null;
        }

        return null;
    }

    private static string? Plain(PatternNode expected, EventValue value)
    {
        if (expected.IsString && value.Kind != FieldValueKind.String)
        {
            return expected.Text == value.Text ? ExplainingTexts.PatternHasString(value.Text, value.Kind == FieldValueKind.Number) : null;
        }

        if (!expected.IsString)
        {
            return value.Kind == FieldValueKind.String
                ? expected.Text == value.Text ? ExplainingTexts.EventHasString(expected.Text, expected.IsNumber) : null
                : expected.IsNumber ? NotExact(value) : null;
        }

        if (string.Equals(expected.Text, value.Text, StringComparison.OrdinalIgnoreCase))
        {
            return ExplainingTexts.OtherCase(value.Json);
        }

        if (expected.Text.Trim() == value.Text.Trim())
        {
            return ExplainingTexts.OtherSpace(value.Json);
        }

        int distance = expected.Text.Length < ShortestForDistance ? int.MaxValue : Spelling.Distance(expected.Text, value.Text);
        return distance > 2 ? null : ExplainingTexts.CharactersOff(value.Json, distance);
    }

    private static string? NotExact(EventValue value)
    {
        if (value.Kind != FieldValueKind.Number)
        {
            return null;
        }

        return NumberKey.TryOf(JsonText.ToUtf8(value.Text), out _)
            ? null
            : ExplainingTexts.TooManyDigits(value.Text);
    }

    private static bool IsNumber(string text) => double.TryParse(
        text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}
