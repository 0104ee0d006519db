using System.Text;
using System.Text.Json;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Which JSON values are equal: numbers by value, and objects in any order (https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.2).</summary>
internal static class JsonIdentity
{
    /// <summary>A text that only equal values have.</summary>
    public static string Of(JsonElement value)
    {
        StringBuilder text = new();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    Write(member.Name, text);
                    Write(member.Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Write(value.GetString()!, text);
                break;
            case JsonValueKind.Number:
                text.Append(JsonNumber.Of(value));
                break;
            default:
                text.Append(value.ValueKind);
                break;
        }
    }

    // With its length, no text can be taken for two.
    private static void Write(string part, StringBuilder text) => text.Append('"').Append(part.Length).Append(':').Append(part);
}
