using System.Text.Json;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>JSON pointers (https://www.rfc-editor.org/rfc/rfc6901).</summary>
internal static class JsonPointers
{
    public static string Add(string pointer, string name) => $"{pointer}/{name.Replace("~", "~0").Replace("/", "~1")}";

    public static string Add(string pointer, int index) => $"{pointer}/{index.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    public static string[] Names(string pointer) =>
        pointer.Length == 0 ? [] : [.. pointer.Substring(1).Split('/').Select(name => name.Replace("~1", "/").Replace("~0", "~"))];

    /// <summary>The value at a pointer; null if there is none.</summary>
    public static JsonElement? Find(JsonElement root, string pointer)
    {
        JsonElement value = root;
        foreach (string name in Names(pointer))
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement field))
                value = field;
            else if (value.ValueKind == JsonValueKind.Array && int.TryParse(name, out int index) && index >= 0 && index < value.GetArrayLength())
                value = value[index];
            else
                return null;
        }

        return value;
    }
}
