using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Text as <c>--output text</c> of the AWS CLI writes it: values on a line, separated by tabs; the fields of objects in the order of their names; nested values on lines that begin with the name of their field.</summary>
internal static class TabbedText
{
    private const string None = "None";

    /// <summary>A line of values.</summary>
    public static string Line(IEnumerable<string?> values) => string.Join('\t', values.Select(value => value is null ? None : InertText.OneLine(value)));

    /// <summary>The text of a JSON value.</summary>
    public static string Of(JsonNode? value)
    {
        StringBuilder text = new();
        Write(text, value, name: null, scalars: null);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? value, string? name, string[]? scalars)
    {
        switch (value)
        {
            case JsonObject fields:
                WriteFields(text, fields, name, scalars ?? ScalarsOf(fields));
                break;
            case JsonArray items when items.Any(item => item is JsonObject):
                string[] all = [.. items.OfType<JsonObject>().SelectMany(ScalarsOf).Distinct(StringComparer.Ordinal)];
                foreach (JsonNode? item in items)
                    Write(text, item, name, all);
                break;
            case JsonArray items:
                WriteScalars(text, [.. items.Where(item => item is not JsonArray)], name);
                foreach (JsonArray item in items.OfType<JsonArray>())
                    Write(text, item, name, scalars: null);
                break;
            default:
                text.Append(Line([Text(value)])).Append('\n');
                break;
        }
    }

    private static void WriteFields(StringBuilder text, JsonObject fields, string? name, string[] scalars)
    {
        if (scalars.Length > 0)
            text.Append(Line([.. name is null ? Array.Empty<string>() : [name], .. scalars.Order(StringComparer.Ordinal).Select(field => Text(fields[field]))])).Append('\n');
        foreach ((string field, JsonNode? value) in fields.Where(field => field.Value is JsonObject or JsonArray).OrderBy(field => field.Key, StringComparer.Ordinal))
            Write(text, value, field.ToUpperInvariant(), scalars: null);
    }

    private static void WriteScalars(StringBuilder text, JsonNode?[] values, string? name)
    {
        if (name is not null)
            text.AppendJoin("", values.Select(value => Line([name, Text(value)]) + "\n"));
        else if (values.Length > 0)
            text.Append(Line(values.Select(Text))).Append('\n');
    }

    private static string[] ScalarsOf(JsonObject fields) => [.. fields.Where(field => field.Value is not (JsonObject or JsonArray)).Select(field => field.Key)];

    private static string? Text(JsonNode? value) => value?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => JsonText.Plain(value),
    };
}
