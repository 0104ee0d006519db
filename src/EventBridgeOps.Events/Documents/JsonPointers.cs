using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Events.Documents;

/// <summary>JSON pointers (https://www.rfc-editor.org/rfc/rfc6901).</summary>
public static class JsonPointers
{
    /// <summary>Adds a name to a pointer.</summary>
    /// <param name="pointer">The pointer of an object.</param>
    /// <param name="name">The name of a field.</param>
    public static string Add(string pointer, string name) => $"{pointer}/{Escape(name)}";

    /// <summary>Adds an index to a pointer.</summary>
    /// <param name="pointer">The pointer of an array.</param>
    /// <param name="index">The index, from 0.</param>
    public static string Add(string pointer, int index) => FormattableString.Invariant($"{pointer}/{index}");

    /// <summary>The pointer of a path.</summary>
    /// <param name="names">The names and indexes, from the outside in.</param>
    public static string Of(IEnumerable<string> names) => string.Concat(names.Select(name => "/" + Escape(name)));

    /// <summary>The names and indexes of a pointer, from the outside in.</summary>
    /// <param name="pointer">The pointer.</param>
    public static IReadOnlyList<string> Names(string pointer) => pointer.Length == 0 ? [] : [.. pointer.Substring(1).Split('/').Select(Unescape)];

    /// <summary>The last name or index of a pointer; empty for the whole.</summary>
    /// <param name="pointer">The pointer.</param>
    public static string Last(string pointer) => Unescape(pointer.Substring(pointer.LastIndexOf('/') + 1));

    /// <summary>The value at a pointer; null if there is none.</summary>
    /// <param name="root">The whole.</param>
    /// <param name="pointer">The pointer.</param>
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

    /// <summary>The value at a pointer; null if there is none, or it is <c>null</c>.</summary>
    /// <param name="root">The whole.</param>
    /// <param name="pointer">The pointer.</param>
    public static JsonNode? Find(JsonNode? root, string pointer) => Names(pointer).Aggregate(root, (node, name) => node switch
    {
        JsonObject fields => fields[name],
        JsonArray elements when int.TryParse(name, out int index) && index >= 0 && index < elements.Count => elements[index],
        _ => null,
    });

    /// <summary>A name as a part of a pointer.</summary>
    /// <param name="name">The name.</param>
    internal static string Escape(string name) => name.IndexOfAny(['~', '/']) < 0 ? name : name.Replace("~", "~0").Replace("/", "~1");

    /// <summary>The name that a part of a pointer stands for.</summary>
    /// <param name="part">The part.</param>
    internal static string Unescape(string part) => part.IndexOf('~') < 0 ? part : part.Replace("~1", "/").Replace("~0", "~");
}
