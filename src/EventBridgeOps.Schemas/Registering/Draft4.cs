using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Registering;

/// <summary>Converts a JSON Schema to draft 4 (https://json-schema.org/draft-04), keyword by keyword.</summary>
/// <remarks>
/// What has no equal is left out, so that the result accepts more. Under <c>not</c> it would accept less, so there the whole keyword is left out. Whether a definition
/// lost something is known only when it was converted, and definitions refer to each other, so the work is done again until no other one turns out to have lost something.
/// </remarks>
internal sealed partial class Draft4(EventSchema schema)
{
    private const string DraftUri = "http://json-schema.org/draft-04/schema#";

    private EventSchema Schema => schema;

    private readonly Dictionary<(Uri Document, string Pointer), string> _definitions = [];
    private readonly HashSet<(Uri Document, string Pointer)> _lost = [];
    private readonly Queue<(Uri Document, string Pointer)> _open = new();
    private List<RegistryNote> _notes = [];

    public (JsonObject Content, IReadOnlyList<RegistryNote> Notes) Convert()
    {
        while (true)
        {
            int lost = _lost.Count;
            JsonObject content = Once();
            if (_lost.Count == lost)
                return (content, [.. _notes.Distinct()]);
        }
    }

    private JsonObject Once()
    {
        _notes = [];
        _open.Clear();
        _definitions.Clear();
        foreach (string holder in new[] { "$defs", "definitions" })
        {
            foreach (JsonProperty definition in Members(schema.Root, holder))
                Name((schema.Uri, JsonPointers.Add("/" + holder, definition.Name)));
        }

        JsonObject content = new() { ["$schema"] = DraftUri };
        if (schema.Root.ValueKind is JsonValueKind.Object && schema.Root.TryGetProperty("$id", out JsonElement id) && id.ValueKind is JsonValueKind.String)
            content["id"] = id.GetString();
        Part root = Of((schema.Uri, ""));
        // Beside $ref, nothing else counts in draft 4.
        foreach (KeyValuePair<string, JsonNode?> field in root.Schema.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(root.Schema) } : root.Schema)
            content[field.Key] = field.Value?.DeepClone();
        JsonObject definitions = [];
        while (_open.Count > 0)
        {
            (Uri Document, string Pointer) place = _open.Dequeue();
            Part part = Of(place);
            if (part.HasLost)
                _lost.Add(place);
            definitions[_definitions[place]] = part.Schema;
        }

        if (root.HasLost)
            _lost.Add((schema.Uri, ""));
        if (definitions.Count > 0)
            content["definitions"] = definitions;
        return content;
    }

    /// <summary>A part that was converted.</summary>
    /// <param name="Schema">The schema.</param>
    /// <param name="HasLost">Whether it accepts more than before.</param>
    private sealed record Part(JsonObject Schema, bool HasLost);

    /// <summary>The reference to a place, which becomes a definition unless it is the whole.</summary>
    private string Name((Uri Document, string Pointer) place)
    {
        if (place == (schema.Uri, ""))
            return "#";
        if (!_definitions.TryGetValue(place, out string? name))
        {
            string wanted = place.Pointer.Length > 0 ? JsonPointers.Last(place.Pointer) : Uri.UnescapeDataString(place.Document.Segments[place.Document.Segments.Length - 1]);
            name = wanted = wanted.EndsWith(".json", StringComparison.Ordinal) ? wanted.Substring(0, wanted.Length - ".json".Length) : wanted;
            for (int number = 2; _definitions.ContainsValue(name); number++)
                name = FormattableString.Invariant($"{wanted}{number}");
            _definitions.Add(place, name);
            _open.Enqueue(place);
        }

        return "#/definitions/" + Uri.EscapeDataString(name.Replace("~", "~0").Replace("/", "~1"));
    }

    private Part Of((Uri Document, string Pointer) place)
    {
        JsonElement given = JsonPointers.Find(schema.Documents[place.Document], place.Pointer)!.Value;
        return given.ValueKind switch
        {
            JsonValueKind.False => new Part(new JsonObject { ["not"] = new JsonObject() }, false),
            JsonValueKind.Object => new Conversion(this, place, given).Convert(),
            _ => new Part([], false),
        };
    }

    private void Note((Uri Document, string Pointer) place, string keyword, Message message)
    {
        string pointer = JsonPointers.Add(place.Pointer, keyword);
        _notes.Add(new RegistryNote(place.Document == schema.Uri ? pointer : $"{Uri.UnescapeDataString(place.Document.AbsolutePath.TrimStart('/'))}#{pointer}", message));
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement given, string keyword) =>
        given.ValueKind is JsonValueKind.Object && given.TryGetProperty(keyword, out JsonElement members) && members.ValueKind is JsonValueKind.Object ? members.EnumerateObject() : default;
}
