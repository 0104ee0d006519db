using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.EventSchemas;

/// <summary>Reads schemas from files, with the files beside them to which they refer.</summary>
public static class SchemaFile
{
    private const int Megabytes = 10;

    /// <summary>Reads a schema.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="fullPath">Its full path; null if <paramref name="path"/> is one.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>, or <see cref="ErrorIds.InvalidSchema"/> with the first fault.</exception>
    public static EventSchema Read(string path, string? fullPath = null) => TryRead(path, fullPath).Require(path);

    /// <summary>Reads a schema, or says all that is wrong with it.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="fullPath">Its full path; null if <paramref name="path"/> is one.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>.</exception>
    public static SchemaReading TryRead(string path, string? fullPath = null)
    {
        string full = fullPath ?? path;
        string text = InputFile.ReadText(path, Megabytes, full);
        Dictionary<string, string> others = new(StringComparer.Ordinal);
        Collect(text, Path.GetDirectoryName(full) ?? ".", others);
        return EventSchema.Read(text, Path.GetFileName(path) is { Length: > 0 } name ? name : path, others);
    }

    // Only files in the same folder: what a schema names is not trusted to lead elsewhere.
    private static void Collect(string text, string folder, Dictionary<string, string> others)
    {
        JsonNode? root;
        try
        {
            root = Document.Parse(text);
        }
        catch (JsonException)
        {
            return;
        }

        foreach (string name in References(root).Select(reference => reference.Split('#')[0]).Where(name => name.Length > 0 && !others.ContainsKey(name) && name.IndexOfAny(['/', '\\', ':']) < 0 && name != "..").Distinct().ToList())
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path))
                continue;
            others[name] = InputFile.ReadText(path, Megabytes);
            Collect(others[name], folder, others);
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == "$ref" && Document.Text(field.Value) is { } reference ? [reference] : References(field.Value)),
        JsonArray elements => elements.SelectMany(References),
        _ => [],
    };
}
