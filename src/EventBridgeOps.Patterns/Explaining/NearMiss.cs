using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Explaining;

/// <summary>What is nearly right about something that does not match: the mistakes that people make.</summary>
internal static class NearMiss
{
    // Shorter words are near to everything.
    private const int ShortestForDistance = 4;

    /// <summary>For a missing field: a path of the event that is nearly the same.</summary>
    public static string? OfPath(string path, IReadOnlyCollection<string> paths)
    {
        string? other = paths.FirstOrDefault(p => string.Equals(p, path, StringComparison.OrdinalIgnoreCase));
        if (other != null)
        {
            return $"the event has {other}: keys are case-sensitive";
        }

        other = paths.FirstOrDefault(p => p.StartsWith(path + ".", StringComparison.Ordinal));
        if (other != null)
        {
            return $"the event has {other}: {path} itself is an object, not a value";
        }

        other = path.Length < ShortestForDistance ? null : paths
            .Select(p => (Path: p, Distance: Spelling.Distance(p, path)))
            .Where(p => p.Distance <= 2)
            .OrderBy(p => p.Distance)
            .Select(p => p.Path)
            .FirstOrDefault();
        if (other != null)
        {
            return $"the event has {other}";
        }

        string last = path.Substring(path.LastIndexOf('.') + 1);
        other = paths.FirstOrDefault(p => p == last || p.EndsWith("." + last, StringComparison.Ordinal));
        return other == null ? null : $"the event has {other}";
    }

    /// <summary>For a value: why it does not pass, where that is not plain to see.</summary>
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
                FieldValueKind.String => IsNumber(value.Text) ? $"{value.Json} is a string: numeric compares numbers only" : null,
                FieldValueKind.Number => NotExact(value),
                _ => null,
            };
        }

        if (op is "prefix" or "suffix" or "wildcard" or "equals-ignore-case" && value.Kind != FieldValueKind.String)
        {
            return $"{value.Json} is no string: {op} compares strings only";
        }

        if (op is "prefix" or "suffix" && operand.IsString)
        {
            bool begins = op == "prefix";
            return (begins && value.Text.StartsWith(operand.Text, StringComparison.OrdinalIgnoreCase))
                || (!begins && value.Text.EndsWith(operand.Text, StringComparison.OrdinalIgnoreCase))
                ? $"{value.Json} differs only in case"
                : null;
        }

        return null;
    }

    private static string? Plain(PatternNode expected, EventValue value)
    {
        if (expected.IsString && value.Kind != FieldValueKind.String)
        {
            return expected.Text == value.Text ? $"the pattern has a string, the event {Noun(value)} {value.Text}" : null;
        }

        if (!expected.IsString)
        {
            return value.Kind == FieldValueKind.String
                ? expected.Text == value.Text ? $"the event has a string, the pattern {Noun(expected)} {expected.Text}" : null
                : expected.IsNumber ? NotExact(value) : null;
        }

        if (string.Equals(expected.Text, value.Text, StringComparison.OrdinalIgnoreCase))
        {
            return $"{value.Json} differs only in case";
        }

        if (expected.Text.Trim() == value.Text.Trim())
        {
            return $"{value.Json} differs only in white space at its ends";
        }

        int distance = expected.Text.Length < ShortestForDistance ? int.MaxValue : Spelling.Distance(expected.Text, value.Text);
        return distance > 2 ? null : $"{value.Json} is {distance} {(distance == 1 ? "character" : "characters")} off";
    }

    private static string? NotExact(EventValue value)
    {
        if (value.Kind != FieldValueKind.Number)
        {
            return null;
        }

        return NumberKey.TryOf(JsonText.ToUtf8(value.Text), out _)
            ? null
            : $"{value.Text} has more digits than a double holds: it equals only the same text";
    }

    private static string Noun(EventValue value) => value.Kind == FieldValueKind.Number ? "the number" : "the literal";

    private static string Noun(PatternNode node) => node.IsNumber ? "the number" : "the literal";

    private static bool IsNumber(string text) => double.TryParse(
        text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}
