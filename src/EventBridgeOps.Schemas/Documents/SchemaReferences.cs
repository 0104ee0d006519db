using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>The files to which schemas refer by <c>$ref</c>.</summary>
public static class SchemaReferences
{
    /// <summary>The files to which a file refers, directly or not: their texts by their paths, relative to the folder, with slashes.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="read">Reads a file of the folder, or of one in it; null if there is none.</param>
    public static Dictionary<string, string> Closure(string file, string text, Func<string, string?> read)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        Queue<(string File, string Text)> open = new([(file, text)]);
        while (open.Count > 0)
        {
            (string from, string content) = open.Dequeue();
            foreach (string path in Of(content).Select(reference => Path(from, reference)).OfType<string>().Where(path => path != file && !found.ContainsKey(path)).Distinct(StringComparer.Ordinal).ToArray())
            {
                if (read(path) is not { } other)
                    continue;
                found.Add(path, other);
                open.Enqueue((path, other));
            }
        }

        return found;
    }

    /// <summary>The path of a file that a reference names; null if it leads out of the folder, or to no file.</summary>
    /// <param name="from">The path of the file with the reference.</param>
    /// <param name="reference">The reference.</param>
    public static string? Path(string from, string reference)
    {
        string name = Uri.UnescapeDataString(reference.Split('#')[0]);
        if (name.Length == 0 || name[0] == '/' || name.IndexOfAny(['\\', ':']) >= 0)
            return null;
        List<string> parts = [.. from.Split('/')];
        parts.RemoveAt(parts.Count - 1);
        foreach (string part in name.Split('/'))
        {
            if (part == ".." && parts.Count == 0)
                return null;
            if (part == "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ""))
                parts.Add(part);
        }

        return string.Join("/", parts);
    }

    private static IEnumerable<string> Of(string text)
    {
        if (!text.Contains("$ref"))
            return [];
        try
        {
            return Of(Document.Parse(text));
        }
        catch (JsonException)
        {
            return []; // Whoever reads the schema says why.
        }
    }

    private static IEnumerable<string> Of(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == "$ref" && Document.Text(field.Value) is { } reference ? [reference] : Of(field.Value)),
        JsonArray elements => elements.SelectMany(Of),
        _ => [],
    };
}
