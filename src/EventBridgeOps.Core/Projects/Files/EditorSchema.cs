using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Files;

/// <summary>The JSON Schema of a kind of file: what editors complete by is also what the reader checks by.</summary>
public sealed class EditorSchema
{
    private const int MostMistakes = 3;
    private readonly Lazy<EventSchema> _schema;

    private EditorSchema(string fileName)
    {
        FileName = fileName;
        _schema = new Lazy<EventSchema>(() => EventSchema.Parse(Text, FileName));
    }

    /// <summary>The schema of <c>ebproject.yaml</c>.</summary>
    public static EditorSchema Project { get; } = new("ebproject.schema.json");

    /// <summary>The schema of a rule.</summary>
    public static EditorSchema Rule { get; } = new("ebrule.schema.json");

    /// <summary>The schema of a file with tests of a rule.</summary>
    public static EditorSchema Tests { get; } = new("ebtests.schema.json");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EditorSchema> All { get; } = [Project, Rule, Tests];

    /// <summary>The name of the file.</summary>
    public string FileName { get; }

    /// <summary>The text of the schema.</summary>
    public string Text
    {
        get
        {
            using Stream stream = typeof(EditorSchema).Assembly.GetManifestResourceStream($"EventBridgeOps.Projects.Schemas.{FileName}")!;
            using StreamReader reader = new(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Finds what is wrong with a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="document">What was read from it.</param>
    public IReadOnlyList<ProjectFault> Check(ProjectText file, JsonObject document)
    {
        using JsonDocument detail = JsonDocument.Parse(Document.WriteUtf8(document), new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        if (_schema.Value.IsValid(detail.RootElement))
            return [];
        return [.. _schema.Value.Validate(detail.RootElement).Select(violation => Fault(file, document, violation))];
    }

    private ProjectFault Fault(ProjectText file, JsonObject document, SchemaViolation violation)
    {
        if (violation.Keyword is not ("false" or "additionalProperties"))
            return violation.SchemaPointer.Contains("/propertyNames/") ? file.Fault(violation.Pointer, ProjectFieldMessages.InvalidName(Last(violation.Pointer), violation.Reason)) : file.Fault(violation.Pointer, violation.Reason);
        string name = Last(violation.Pointer);
        string[] known = [.. Known(violation.SchemaPointer)];
        string[] free = [.. known.Where(key => !Has(document, violation.Pointer, key))];
        Message reason = Nearest(name, free) is { } meant ? ProjectFieldMessages.UnknownMeant(name, meant) : ProjectFieldMessages.Unknown(name, known);
        return file.FaultOfKey(violation.Pointer, reason);
    }

    // The properties that stand beside "additionalProperties": false.
    private IEnumerable<string> Known(string schemaPointer)
    {
        JsonElement at = _schema.Value.Root;
        JsonElement owner = at;
        foreach (string part in schemaPointer.Split('/').Skip(1))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part.Replace("~1", "/").Replace("~0", "~"), out JsonElement below))
                break;
            if (part == "additionalProperties")
                owner = at;
            at = below;
        }

        return owner.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject().Select(property => property.Name) : [];
    }

    private static bool Has(JsonObject document, string pointer, string key)
    {
        JsonNode? node = document;
        string[] parts = pointer.Split('/');
        foreach (string part in parts.Skip(1).Take(parts.Length - 2))
        {
            string name = part.Replace("~1", "/").Replace("~0", "~");
            node = node switch
            {
                JsonObject fields => fields[name],
                JsonArray elements when int.TryParse(name, out int index) && index < elements.Count => elements[index],
                _ => null,
            };
        }

        return node is JsonObject parent && parent.ContainsKey(key);
    }

    internal static string? Nearest(string typed, IEnumerable<string> names) => names
        .Select(name => (Name: name, Mistakes: name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1 : Spelling.Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(guess => guess.Mistakes <= Math.Min(MostMistakes, guess.Name.Length / 2))
        .OrderBy(guess => guess.Mistakes)
        .Select(guess => guess.Name)
        .FirstOrDefault();

    private static string Last(string pointer) => pointer.Substring(pointer.LastIndexOf('/') + 1).Replace("~1", "/").Replace("~0", "~");
}

